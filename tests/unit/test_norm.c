/* SPDX-License-Identifier: MIT
 * Statements in normal form: their shapes, what is copied, the states. */
#include "tests/unit/suite.h"

#include <stdlib.h>

#include "tests/unit/body.h"

static const char *kind_name(unsigned kind)
{
    static const char *const names[] = {
        [N_EXPR] = "expr",       [N_SET] = "set",         [N_AWAIT] = "await",
        [N_DECL] = "decl",       [N_RAW] = "raw",         [N_BLOCK] = "block",
        [N_IF] = "if",           [N_FOREVER] = "forever", [N_WHILE] = "while",
        [N_DO] = "do",           [N_FOR] = "for",         [N_SWITCH] = "switch",
        [N_CASE] = "case",       [N_LABEL] = "label",     [N_GOTO] = "goto",
        [N_JUMP] = "jump",       [N_RETURN] = "return",   [N_RESULT] = "result",
        [N_FAIL] = "fail",       [N_CHECK] = "check",     [N_MAKE] = "make",
        [N_TAKE] = "take",       [N_DROP] = "drop",       [N_NOP] = "nop",
        [N_CLEANUP] = "cleanup", [N_THROWN] = "thrown",
    };
    return kind < LEN(names) && names[kind] ? names[kind] : "other";
}

static void put_shape(const struct nstmt *s, struct buf *b)
{
    const struct nstmt *part[3] = {s->init, s->s1, s->s2};
    if (b->n && b->p[b->n - 1] != '(')
        buf_putc(b, ' ');
    buf_puts(b, kind_name(s->kind));
    if (s->plain && s->orig) {
        buf_putc(b, '=');
        return;
    }
    if (!s->init && !s->s1 && !s->s2 && s->body.n == 0)
        return;
    buf_putc(b, '(');
    for (int i = 0; i < 3; i++)
        if (part[i])
            put_shape(part[i], b);
    for (uint32_t i = 0; i < s->body.n; i++)
        put_shape(s->body.v[i], b);
    buf_putc(b, ')');
}

static char *shape_of(const char *z)
{
    struct prepared p;
    struct buf b = {0};
    prepare_body(&p, z);
    put_shape(p.f->norm->body, &b);
    buf_putc(&b, '\0');
    prepared_free(&p);
    return b.p;
}

/* `=` is copied as written. */
static const struct {
    const char *text, *shape;
} cases[] = {
    {"await v();", "block(await)"},
    {"i++; await v();", "block(expr= await)"},
    {"if (i) { while (u) u--; } await v();", "block(if= await)"},
    {"while (i) await v();", "block(while(block(await)))"},
    {"while (await g(i)) u++;",
     "block(forever(block(await if(block(jump)) expr=)))"},
    {"do i++; while (await g(i));",
     "block(forever(block(expr= await if(block(jump)))))"},
    {"for (;;) await v();", "block(for(block block(await)))"},
    {"switch (i) { case 1: await v(); }", "block(switch(block(case= await)))"},
    {"l: await v(); goto l;", "block(case= await jump=)"},
    {"static int k; await g(k);", "block(raw= await)"},
    {"throw 5;", "block(set thrown fail)"},
};

START_TEST(statements_have_their_shape)
{
    char *got = shape_of(cases[_i].text);
    ck_assert_msg(strcmp(got, cases[_i].shape) == 0, "%s\n%s\nnot %s",
                  cases[_i].text, got, cases[_i].shape);
    free(got);
}
END_TEST

/* States are dense from 1, in the order of the text. */
START_TEST(states_are_numbered_in_order)
{
    struct prepared p;
    prepare_body(&p, "await g(1); if (await g(2)) await g(3);"
                     "else await v(); return await g(await g(4));");
    const struct norm *n = p.f->norm;
    ck_assert_uint_eq(n->awaits.n, 6);
    for (uint32_t i = 0; i < n->awaits.n; i++) {
        ck_assert_uint_eq(n->awaits.v[i]->state, i + 1);
        if (i > 0)
            ck_assert(n->awaits.v[i - 1]->at.from <= n->awaits.v[i]->at.from);
    }
    prepared_free(&p);
}
END_TEST

static void find_awaits(const struct nstmt *s, uint32_t *n)
{
    const struct nstmt *part[3] = {s->init, s->s1, s->s2};
    bool inside = s->kind == N_AWAIT;
    uint32_t before = *n;
    *n += inside;
    for (int i = 0; i < 3; i++)
        if (part[i])
            find_awaits(part[i], n);
    for (uint32_t i = 0; i < s->body.n; i++)
        find_awaits(s->body.v[i], n);
    ck_assert_int_eq(s->has_await, *n > before);
}

START_TEST(has_await_is_true_on_the_path_to_one)
{
    struct prepared p;
    uint32_t n = 0;
    prepare_body(&p, "if (i) { u = 1; } else { { await v(); } }"
                     "for (int k = 0; k < 3; k++) { u = await g(k); }"
                     "switch (i) { default: while (u) { u--; } }");
    find_awaits(p.f->norm->body, &n);
    ck_assert_uint_eq(n, p.f->norm->awaits.n);
    prepared_free(&p);
}
END_TEST

START_TEST(a_jump_target_moves_with_its_loop)
{
    char *got = shape_of("for (; i; i++) { if (u) continue; await v(); }");
    ck_assert_str_eq(got, "block(for(block block(if= await)))");
    free(got);
    struct prepared p;
    prepare_body(&p, "for (; i; i += await g(1)) { if (u) continue; u++; }");
    struct buf b = {0};
    norm_dump(&p.u, p.f->norm, &b);
    buf_putc(&b, '\0');
    /* the step awaits, so it stands in the body: continue goes before it */
    const char *jump = strstr(b.p, "goto awf_c1\n");
    ck_assert_ptr_nonnull(jump);
    const char *label = strstr(jump, "label awf_c1\n");
    ck_assert_ptr_nonnull(label);
    ck_assert_ptr_nonnull(strstr(label, "await[1]"));
    ck_assert_ptr_null(strstr(b.p, "continue"));
    buf_free(&b);
    prepared_free(&p);
}
END_TEST

Suite *suite_norm(void)
{
    Suite *s = suite_create("norm");
    TCase *t = tcase_create("norm");
    tcase_add_loop_test(t, statements_have_their_shape, 0, LEN(cases));
    tcase_add_test(t, states_are_numbered_in_order);
    tcase_add_test(t, has_await_is_true_on_the_path_to_one);
    tcase_add_test(t, a_jump_target_moves_with_its_loop);
    suite_add_tcase(s, t);
    return s;
}
