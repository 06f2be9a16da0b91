/* SPDX-License-Identifier: MIT
 * What holds of all generated code: an entry for each suspension point, what
 * is saved and read back, no word of the dialect, plain text untouched. */
#include "tests/unit/suite.h"

#include <stdio.h>
#include <stdlib.h>

#include "gen/parse.h"
#include "tests/unit/body.h"
#include "tests/unit/util.h"

/* The output for body z, without #line. */
static char *lowered(const char *z, bool poison, uint32_t *states)
{
    struct unit u;
    struct buf text = {0}, out = {0};
    struct code code;
    buf_printf(&text, "%s{%s}", body_prelude, z);
    parse_text(&u, text.p);
    struct program *p = lower_prepare(&u);
    ck_assert_msg(u.errors == 0, "%s", z);
    *states = p->of.v[0]->norm->awaits.n;
    code_init(&code, &u.arena);
    lower_unit(p, &code, &(struct lower_options){.poison = poison});
    ck_assert_msg(u.errors == 0, "%s", z);
    struct out_options o = {.name = "out.c", .no_line = true};
    out_print(&u, &code, &o, &out);
    buf_putc(&out, '\0');
    unit_free(&u);
    buf_free(&text);
    return out.p;
}

static uint32_t count(const char *s, const char *what)
{
    uint32_t n = 0;
    for (; (s = strstr(s, what)); s += strlen(what))
        n++;
    return n;
}

static const char *const bodies[] = {
    "return 1;",
    "await v();",
    "i = await g(await g(i)) + await g(2); return i;",
    "while (await g(i)) { if (u) continue; i--; }",
    "switch (i) { case 1: await v(); break; default: await g(2); }",
    "l: await v(); if (i--) goto l;",
    "try { await v(); } catch (int e) { await g(e); } finally { await v(); }",
    "defer none(); await v(); throw 5;",
    "for (int k = 0; k < 3; k++) { defer plain(k); await g(k); }",
    "aw_for (int x, gen(1)) { if (x) break; await g(x); }",
    "struct s w = {.x = await g(1)}; await v(); return w.x;",
    "const char *n = __func__; await v(); return n[0];",
};

START_TEST(every_state_has_one_way_in)
{
    uint32_t n;
    char *c = lowered(bodies[_i], false, &n);
    for (uint32_t k = 1; k <= n; k++) {
        char text[40];
        snprintf(text, sizeof text, "case %u: goto awf_%u;", k, k);
        ck_assert_msg(count(c, text) == 1, "%s in\n%s", text, c);
        snprintf(text, sizeof text, "aw.state = %u;", k);
        ck_assert_msg(count(c, text) == 1, "%s in\n%s", text, c);
        snprintf(text, sizeof text, "awf_%u:", k);
        ck_assert_msg(count(c, text) == 1, "%s in\n%s", text, c);
    }
    free(c);
}
END_TEST

START_TEST(no_word_of_the_dialect_is_left)
{
    static const char *const words[] = {"async", "await ",   "try {", "defer ",
                                        "throw", "finally ", "catch", "aw_for"};
    uint32_t n;
    char *c = lowered(bodies[_i], false, &n);
    for (size_t k = 0; k < LEN(words); k++)
        ck_assert_msg(!strstr(c, words[k]), "%s in\n%s", words[k], c);
    ck_assert_uint_eq(count(c, "{"), count(c, "}"));
    ck_assert_uint_eq(count(c, "("), count(c, ")"));
    free(c);
}
END_TEST

START_TEST(poison_only_adds)
{
    uint32_t n;
    char *c = lowered(bodies[_i], false, &n);
    char *poisoned = lowered(bodies[_i], true, &n);
    if (n)
        ck_assert_uint_gt(strlen(poisoned), strlen(c));
    else
        ck_assert_str_eq(poisoned, c);
    free(poisoned);
    free(c);
}
END_TEST

static const struct {
    const char *text, *has, *lacks;
} cases[] = {
    {"int k = i; await v(); return k;", "awf->k = k;",
     "i = awf->i;\n        }"},
    {"int k = i; await v(); return k;", "k = awf->k;", "awf->u"},
    {"int k = i; plain(k); await v();", NULL, "awf->k"},
    {"int a[3] = {1}; await v(); return a[0];", "awf->a[0]", "awf->a = "},
    {"i = await g(1); return i;", "_args", NULL},
    {"return 7;", "awf->ret = 7;", "switch"},
};

START_TEST(saves_what_is_needed)
{
    uint32_t n;
    char *c = lowered(cases[_i].text, false, &n);
    if (cases[_i].has)
        ck_assert_msg(strstr(c, cases[_i].has) != NULL, "no %s in\n%s",
                      cases[_i].has, c);
    if (cases[_i].lacks)
        ck_assert_msg(!strstr(c, cases[_i].lacks), "%s in\n%s", cases[_i].lacks,
                      c);
    free(c);
}
END_TEST

struct reading {
    struct lower *l;
    uint32_t reads, flushes;
    uint32_t after[4]; /* flushes, by function read */
};

static void count_flush(void *ctx)
{
    struct reading *r = ctx;
    r->flushes++;
}

static void body_was_read(void *ctx, struct func *f)
{
    struct reading *r = ctx;
    ck_assert_ptr_nonnull(f->body);
    if (lower_is_ready(r->l))
        lower_pieces(r->l);
    ck_assert_uint_lt(r->reads, LEN(r->after));
    r->after[r->reads++] = r->flushes;
}

/* What calls nothing that may come later is lowered at once and its tree is
 * gone; the others wait. */
START_TEST(functions_are_lowered_while_the_unit_is_read)
{
    static const uint32_t expected[] = {1, 2, 2, 4};
    struct unit u;
    struct code code;
    struct reading r = {0};
    struct lower_options o = {.flush = count_flush, .ctx = &r};
    lex_text(&u, "static async int a(int i) { return i; }"
                 "static async int b(int i) { return await a(i); }"
                 "static async int d(int i);"
                 "static async int c(int i) { return await d(i); }"
                 "static async int d(int i) { return await b(i); }");
    code_init(&code, &u.arena);
    r.l = lower_begin(lower_program(&u), &code, &o);
    u.body_read = body_was_read;
    u.body_ctx = &r;
    parse(&u);
    lower_end(r.l);
    ck_assert_uint_eq(u.errors, 0);
    ck_assert_uint_eq(r.reads, 4);
    for (uint32_t i = 0; i < LEN(expected); i++)
        ck_assert_uint_eq(r.after[i], expected[i]);
    for (uint32_t i = 0; i < u.funcs.n; i++) {
        ck_assert_ptr_null(u.funcs.v[i]->body);
        ck_assert_uint_eq(u.funcs.v[i]->tree.total, 0);
    }
    unit_free(&u);
}
END_TEST

/* A frame stands behind those it embeds, however the functions are ordered. */
START_TEST(frames_come_callees_first)
{
    struct unit u;
    struct buf out = {0};
    struct code code;
    parse_text(&u, "async void v(void); static async int b(int); "
                   "async int a(void) { return await b(1); }"
                   "static async int b(int i) { await v(); return i; }");
    struct program *p = lower_prepare(&u);
    code_init(&code, &u.arena);
    lower_unit(p, &code, &(struct lower_options){0});
    ck_assert_uint_eq(u.errors, 0);
    struct out_options o = {.name = "out.c", .no_line = true};
    out_print(&u, &code, &o, &out);
    buf_putc(&out, '\0');
    const char *a = strstr(out.p, "struct awf_a {");
    const char *b = strstr(out.p, "struct awf_b {");
    ck_assert(a && b && b < a);
    buf_free(&out);
    unit_free(&u);
}
END_TEST

Suite *suite_lower(void)
{
    Suite *s = suite_create("lower");
    TCase *t = tcase_create("lower");
    int n = LEN(bodies);
    tcase_add_loop_test(t, every_state_has_one_way_in, 0, n);
    tcase_add_loop_test(t, no_word_of_the_dialect_is_left, 0, n);
    tcase_add_loop_test(t, poison_only_adds, 0, n);
    tcase_add_loop_test(t, saves_what_is_needed, 0, LEN(cases));
    tcase_add_test(t, functions_are_lowered_while_the_unit_is_read);
    tcase_add_test(t, frames_come_callees_first);
    suite_add_tcase(s, t);
    return s;
}
