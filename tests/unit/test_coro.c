/* SPDX-License-Identifier: MIT
 * What each coroutine expression is made of. */
#include "tests/unit/suite.h"

#include <stdlib.h>

#include "gen/coro.h"
#include "tests/unit/body.h"

/* The runtime's part of <aw.h> as far as these tests need it. */
static const char declarations[] =
    "struct aw_task; struct aw_frame { int state; };"
    "async void aw_sleep_ms(long long ms);"
    "int awi_sleep_ms(struct aw_task *, long long);"
    "async int ext(int);"
    "static async int leaf(int i) { await aw_sleep_ms(i); return i; }"
    "static async int direct(int i) { return i; }"
    "static async int rec(int i) { await aw_sleep_ms(1);"
    " return i ? await rec(i - 1) : 0; }"
    "async void f(int i, aw_task(int) t, async int (*fp)(int)) {";

/* The operand of the await in the first statement of f. */
static struct expr *operand_in(struct prepared *p, const char *z)
{
    *p = (struct prepared){0};
    buf_printf(&p->text, "%s %s }", declarations, z);
    parse_text(&p->u, p->text.p);
    ck_assert_msg(p->u.errors == 0, "%s", z);
    struct program *all = lower_prepare(&p->u);
    ck_assert_msg(p->u.errors == 0, "%s", z);
    for (uint32_t i = 0; i < p->u.funcs.n; i++)
        if (strcmp(p->u.funcs.v[i]->decl->name->s, "f") == 0)
            p->f = all->of.v[i];
    struct expr *e = p->f->func->body->body[0]->e;
    ck_assert_int_eq(e->kind, EX_AWAIT);
    return e->a;
}

static const struct {
    const char *text;
    enum coro_kind awaited, child;
    bool storage;
} cases[] = {
    {"await leaf(1);", CORO_CALL, CORO_CALL, true},
    {"await (leaf(1));", CORO_CALL, CORO_CALL, true},
    {"await aw_sleep_ms(1);", CORO_LEAF, CORO_BOXED, false},
    {"await ext(1);", CORO_BOXED, CORO_BOXED, true},
    {"await fp(1);", CORO_BOXED, CORO_BOXED, true},
    {"await t;", CORO_JOIN, CORO_JOIN, true},
    {"await aw_gather(leaf(1), leaf(2));", CORO_FORM, CORO_FORM, true},
    {"await aw_try(leaf(1));", CORO_FORM, CORO_FORM, true},
};

START_TEST(kinds)
{
    struct prepared p;
    struct expr *e = operand_in(&p, cases[_i].text);
    const struct func *in = p.f->func;
    ck_assert_int_eq(coro_kind(&p.u, in, e, CORO_AWAITED), cases[_i].awaited);
    ck_assert_int_eq(coro_kind(&p.u, in, e, CORO_CHILD), cases[_i].child);
    ck_assert_int_eq(coro_has_storage(&p.u, in, e), cases[_i].storage);
    prepared_free(&p);
}
END_TEST

/* Recursion is boxed from inside the cycle and embedded from outside. */
START_TEST(only_edges_of_a_cycle_are_boxed)
{
    struct prepared p;
    struct expr *e = operand_in(&p, "await rec(1);");
    const struct func *rec = coro_callee(e)->func;
    ck_assert_uint_ne(rec->cycle, 0);
    ck_assert_int_eq(coro_kind(&p.u, rec, e, CORO_AWAITED), CORO_BOXED);
    ck_assert_int_eq(coro_kind(&p.u, p.f->func, e, CORO_AWAITED), CORO_CALL);
    prepared_free(&p);
}
END_TEST

START_TEST(what_never_suspends_is_direct)
{
    struct prepared p;
    ck_assert(coro_is_direct(operand_in(&p, "await direct(1);")));
    prepared_free(&p);
    ck_assert(!coro_is_direct(operand_in(&p, "await leaf(1);")));
    prepared_free(&p);
    ck_assert(!coro_is_direct(operand_in(&p, "await fp(1);")));
    prepared_free(&p);
}
END_TEST

START_TEST(callees_are_named_functions)
{
    struct prepared p;
    struct expr *e = operand_in(&p, "await leaf(1);");
    ck_assert_str_eq(coro_callee(e)->name->s, "leaf");
    ck_assert_ptr_null(coro_leaf(&p.u, coro_callee(e)));
    prepared_free(&p);
    ck_assert_ptr_null(coro_callee(operand_in(&p, "await fp(1);")));
    prepared_free(&p);
    e = operand_in(&p, "await aw_sleep_ms(1);");
    ck_assert_str_eq(coro_leaf(&p.u, coro_callee(e))->name->s, "awi_sleep_ms");
    prepared_free(&p);
}
END_TEST

START_TEST(bindings_are_taken_apart)
{
    struct prepared p;
    struct expr *lvalue;
    struct expr *e = operand_in(&p, "await aw_gather(i = leaf(1), leaf(2));");
    ck_assert_uint_eq(coro_children(e), 2);
    struct expr *c = coro_of(e->args[0], &lvalue);
    ck_assert_str_eq(coro_callee(c)->name->s, "leaf");
    ck_assert_ptr_nonnull(lvalue);
    ck_assert_str_eq(lvalue->decl->name->s, "i");
    c = coro_of(e->args[1], &lvalue);
    ck_assert_ptr_null(lvalue);
    ck_assert_ptr_eq(c, e->args[1]);
    prepared_free(&p);
}
END_TEST

static void count_callee(void *ctx, struct decl *f)
{
    uint32_t *n = ctx;
    *n += strcmp(f->name->s, "leaf") == 0;
}

START_TEST(storage_has_a_member_for_each_child)
{
    struct prepared p;
    struct buf b = {0};
    uint32_t calls = 0;
    struct expr *e = operand_in(&p, "await aw_gather(leaf(1), leaf(2), t);");
    coro_print_storage(&p.u, p.f->func, e, CORO_AWAITED, "c1", &b);
    buf_putc(&b, '\0');
    ck_assert_ptr_nonnull(strstr(b.p, "} k1;"));
    ck_assert_ptr_nonnull(strstr(b.p, "} k2;"));
    ck_assert_ptr_nonnull(strstr(b.p, "} c1;"));
    coro_calls(e, count_callee, &calls);
    ck_assert_uint_eq(calls, 2);
    coro_calls(NULL, count_callee, &calls);
    ck_assert_uint_eq(calls, 2);
    buf_free(&b);
    prepared_free(&p);
}
END_TEST

Suite *suite_coro(void)
{
    Suite *s = suite_create("coro");
    TCase *t = tcase_create("coro");
    tcase_add_loop_test(t, kinds, 0, LEN(cases));
    tcase_add_test(t, only_edges_of_a_cycle_are_boxed);
    tcase_add_test(t, what_never_suspends_is_direct);
    tcase_add_test(t, callees_are_named_functions);
    tcase_add_test(t, bindings_are_taken_apart);
    tcase_add_test(t, storage_has_a_member_for_each_child);
    suite_add_tcase(s, t);
    return s;
}
