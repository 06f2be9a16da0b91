/* SPDX-License-Identifier: MIT
 * What the rules accept, and where they point; tests/errors shows the text
 * of each message. */
#include "tests/unit/suite.h"

#include <stdlib.h>

#include "gen/buf.h"
#include "tests/unit/body.h"

/* A body of f (see body_prelude); the messages, with columns in the body. */
static const struct {
    const char *text, *errors;
} cases[] = {
    {"await g(1);", ""},
    {"return await g(1);", ""},
    {"return i;", ""},
    {"g(1);", "missing-await 1"},
    {"(void)g(1);", "missing-await 7"},
    {"plain(g(1));", "missing-await 7"},
    {"await (g(1));", ""},
    {"await ((g(1)));", ""},
    {"await (i, g(1));", "missing-await 11"},
    {"g(1) + g(2);", "missing-await 1, missing-await 8"},
    {"aw_create_task(g(1));", ""},
    {"i = aw_run(u = g(1));", ""},
    {"await aw_gather(g(1), i = g(2), t);", ""},
    {"aw_gather(g(1));", "missing-await 1"},
    {"await (i ? g(1) : g(2));", "coroutine-choice 8"},
    {"await (i ? g : g)(1);", ""},
    {"await i;", "not-coroutine 7"},
    {"await plain(1);", "not-coroutine 7"},
    {"await nothing_of_this_name;", "undeclared 7"},
    {"int x = nobody + nobody2 * nobody;",
     "undeclared 9, undeclared 18, undeclared 28"},
    {"int x = nobody; x = x + 1; *x; q->none->none;",
     "undeclared 9, type 29, type 35"},
    {"i = fp == g;", ""},
    {"fp = g;", ""},
    {"fp = 0;", ""},
    {"fp = plain;", "async-mix 6"},
    {"void *x = (void *)g;", ""},
    {"const int x = 1; int y = x;", ""},
    {"const int x = 1; x = 2;", "const-write 18"},
    {"const struct s x; x.n->x = 1; x.x = 1;", "const-write 31"},
    {"const struct s x; x.a[1] = 1;", "const-write 19"},
    {"const int *x = &i; *x = 1; x++;", "const-write 20"},
    {"asm(\"\" : \"=r\"(*(const int *)p));", "const-write 15"},
    {"return;", "return-value 1"},
    {"throw 0;", "throw-zero 7"},
    {"throw 1 - 1;", "throw-zero 7"},
    {"throw i;", ""},
    {"throw B;", ""},
    {"throw -4096;", ""},
    {"throw d;", "throw-type 7"},
    {"try { } catch (1) { } catch (2) { } catch (int e) { }", ""},
    {"try { } catch (1, 1) { }", ""},
    {"try { } catch (1) { } catch (1) { }", "catch-again 30"},
    {"try { } catch (int e) { } catch (1) { }", "catch-again 34"},
    {"try { } catch (int e) { } catch (-4096) { }", ""},
    {"try { } catch (i) { }", "catch-constant 16"},
    {"try { } catch (1) { i = aw_caught(); }", ""},
    {"i = aw_caught();", "caught-outside 5"},
    {"defer { defer none(); }", ""},
    {"if (i) defer none();", "defer-place 8"},
    {"while (i) { defer { if (i) break; } }", "jump-out 28"},
    {"while (i) { defer none(); break; }", ""},
    {"defer { while (i) break; }", ""},
    {"defer { return 1; }", "jump-out 9"},
    {"try { return 1; } finally { }", ""},
    {"try { } finally { return 1; }", "jump-out 19"},
    {"goto l; try { l:; } finally { }", "jump-into 1"},
    {"try { goto l; } finally { } l:;", ""},
    {"goto l; defer none(); l:;", "jump-past 1"},
    {"l:; defer none(); goto l;", ""},
    {"defer none(); l:; goto l;", ""},
    {"{ defer none(); goto l; } l:;", ""},
    {"aw_group (x) { goto l; } l:;", ""},
    {"goto l; aw_group (x) { l:; }", "jump-into 1"},
    {"switch (i) { case 1: { defer none(); } case 2:; }", ""},
    {"switch (i) { case 1:; defer none(); case 2:; }", "jump-past 37"},
    {"goto *&&l; l:;", ""},
    {"&&l; try { l:; } finally { }", "label-address 12"},
    {"int h(int a) { return await g(a); } h(1);", "outside-async 23"},
    {"int h(int a) { return a; } h(1);", ""},
    {"void h(void) { return; } h();", ""},
    {"yield 1;", NULL},
    {"static int x = await g(1);", "await-constant 16"},
    {"int x[await g(1)];", ""},
    {"case 1:;", "stray-break 1"},
    {"int __attribute__((cleanup(none))) x; goto l; l:;", ""},
    {"aw_group (x) { int y; aw_group_spawn(x, y = g(1)); }",
     "group-binding 41"},
    {"aw_group (x) { aw_group_spawn(x, i = g(1)); }", ""},
    {"aw_group (x) { int *y = &i; aw_group_spawn(x, *y = g(1)); }", ""},
};

/* "missing-await 2:31" of the second line becomes "missing-await 30". */
static void check_errors(const char *text, const char *want)
{
    struct buf unit = {0}, list = {0};
    buf_printf(&unit, "%s{%s}", body_prelude, text);
    char *errors = errors_of(unit.p);
    for (char *e = strtok(errors, ","); e; e = strtok(NULL, ",")) {
        char *place = strrchr(e, ' '), *col = strchr(place, ':') + 1;
        e += *e == ' ';
        buf_printf(&list, "%s%.*s %ld", list.n ? ", " : "", (int)(place - e), e,
                   strtol(col, NULL, 10) - 1);
    }
    ck_assert_msg(strcmp(list.n ? list.p : "", want) == 0, "%s\n got: %s", text,
                  list.n ? list.p : "nothing");
    free(errors);
    buf_free(&unit);
    buf_free(&list);
}

START_TEST(a_rule_is_kept)
{
    if (cases[_i].errors)
        check_errors(cases[_i].text, cases[_i].errors);
}
END_TEST

/* Whole units. */
static const struct {
    const char *text, *errors;
} units[] = {
    {"int f(int await) { return await; }", ""},
    {"int try, throw; int f(void) { return try * throw; }", ""},
    {"int f(void) { int defer = 1; defer++; return defer; }", ""},
    {"int f(void) { await(1); throw; return yield; }",
     "undeclared 1:25, undeclared 1:39"},
    {"async int g(void); int f(void) { return await g(); }",
     "outside-async 1:41"},
    {"async int g(void); int f(void) { g(); return 0; }", "missing-await 1:34"},
    {"async int g(void); int f(void) { int r; return aw_run(r = g()); }", ""},
    {"void await(int); async void f(void) { await(1); }", ""},
    {"async void f(void) { } async void g(void) { return await f(); }", ""},
    {"async void f(void) { return 1; }", "return-value 1:22"},
    {"async_generator(int) f(void) { yield 1; return; }", ""},
    {"async_generator(int) f(void) { return 1; }", "return-generator 1:32"},
    {"async_generator(int) f(void) { defer { yield 1; } }",
     "yield-cleanup 1:40"},
    {"async void f(void) { yield 1; }", "outside-generator 1:22"},
    {"async void f(void) { int yield = 1; yield++; }", ""},
    {"int f(void) { const int c = 1; return c; }", ""},
    {"async void f(void) { ) }", "syntax 1:22"},
    {"async void f(void) { ]; g(; { } }", NULL},
};

START_TEST(a_unit_is_judged)
{
    if (!units[_i].errors)
        return;
    char *errors = errors_of(units[_i].text);
    ck_assert_msg(strcmp(errors, units[_i].errors) == 0, "%s\n got: %s",
                  units[_i].text, errors);
    free(errors);
}
END_TEST

Suite *suite_sema(void)
{
    Suite *s = suite_create("sema");
    TCase *t = tcase_create("sema");
    tcase_add_loop_test(t, a_rule_is_kept, 0, LEN(cases));
    tcase_add_loop_test(t, a_unit_is_judged, 0, LEN(units));
    suite_add_tcase(s, t);
    return s;
}
