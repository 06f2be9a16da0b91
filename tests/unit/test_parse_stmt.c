/* SPDX-License-Identifier: MIT
 * Shapes of statements, and what is known of them. */
#include "tests/unit/suite.h"

#include <stdlib.h>

#include "gen/buf.h"
#include "gen/parse.h"
#include "tests/unit/body.h"

static const struct {
    const char *text, *dump;
} cases[] = {
    {";", "null\n"},
    {"{}", "block\n"},
    {"if (i) u; else if (u) ; else i;",
     "if i:int\n  expr u:unsigned int\nelse\n  if u:unsigned int\n"
     "    null\n  else\n    expr i:int\n"},
    {"if (i) if (u) ; else i;",
     "if i:int\n  if u:unsigned int\n    null\n  else\n    expr i:int\n"},
    {"while (i) break;", "while i:int\n  break\n"},
    {"do continue; while (i);", "do i:int\n  continue\n"},
    {"for (;;) ;", "for -\n  null\n  null\n"},
    {"for (int k = 1; k; k++) { k; }",
     "for k:int (post++ k:int):int\n  decl [int k = 1:int]\n  block\n"
     "    expr k:int\n"},
    {"switch (i) { case 1: case 2 ... 3: u; default:; }",
     "switch i:int\n  block\n    case 1:int\n      case 2:int 3:int\n"
     "        expr u:unsigned int\n    default\n      null\n"},
    {"switch (i) case 1: do { case 2: u; } while (i);",
     "switch i:int\n  case 1:int\n    do i:int\n      block\n"
     "        case 2:int\n          expr u:unsigned int\n"},
    {"l: goto l;", "label l\n  goto l\n"},
    {"l: int k = 1; l2:",
     "label l\n  decl [int k = 1:int]\nlabel l2\n  null\n"},
    {"T: T T2; T2: ;", "label T\n  decl [T T2]\nlabel T2\n  null\n"},
    {"l: __attribute__((unused)) i; goto *&&l;",
     "label l\n  expr i:int\ngoto * (label l):void *\n"},
    {"return i;", "return i:int\n"},
    {"__label__ a, b; a: b: ;", "__label__\nlabel a\n  label b\n    null\n"},
    {"asm volatile(\"nop\");", "asm\n"},
    {"asm(\"\" : [o] \"=r\"(i), \"+m\"(u) : \"i\"(1) : \"cc\", \"memory\");",
     "asm i:int u:unsigned int 1:int\n"},
    {"asm goto(\"\" :::: l); l:;", "asm\nlabel l\n  null\n"},
    {"asm(\"\" :: \"r\"(i));", "asm i:int\n"},
    {"__attribute__((fallthrough));", "null\n"},
    {"[[fallthrough]];", "null\n"},
    {"[[likely]] i;", "expr i:int\n"},
    {"[[maybe_unused]] int k;", "decl [int k]\n"},
    {"_Static_assert(1, \"\");", "static_assert"},
    {"T * x; { int T = 2; T * i; }",
     "decl [T *x]\nblock\n  decl [int T = 2:int]\n"
     "  expr (* T:int i:int):int\n"},
    {"int h(int a) { return a; } h(1);",
     "func [int h(int)]\n  block\n    return a:int\n"
     "expr (call h:int (int) 1:int):int\n"},
    {"struct s; enum { K }; K;", NULL},
    /* the dialect */
    {"throw 5;", "throw 5:int\n"},
    {"defer none();", "defer\n  expr (call none:void (void)):void\n"},
    {"try i; ", NULL},
    {"try { i; } catch (1, A + 2) { u; } catch (int e) { e; } finally { d; }",
     "try\n  block\n    expr i:int\n  catch 1:int "
     "(+ A:int=0 2:int):int=2\n    block\n      expr u:unsigned int\n"
     "  catch [int e]\n    block\n      expr e:int\nfinally\n  block\n"
     "    expr d:double\n"},
    {"try { } finally { } int try = 1; try = 2;",
     "try\n  block\nfinally\n  block\ndecl [int try = 1:int]\n"
     "expr (= try:int 2:int):int\n"},
    {"aw_group (x, .limit = 4) { aw_group_spawn(x, v()); }",
     "aw_group x [aw_group_ref x] 4:int\n  block\n    expr (form "
     "aw_group_spawn x:aw_group_ref (call v:async void (void)):coro(void))"
     ":void\n"},
    {"aw_timeout_ms (5) { i; }",
     "aw_timeout_ms 5:int\n  block\n    expr i:int\n"},
    {"aw_for (int x, gen(1)) { x; continue; }",
     "aw_for [int x] (call gen:async_generator(int) (int) 1:int):coro(int)\n"
     "  block\n    expr x:int\n    continue\n"},
};

START_TEST(a_statement_has_its_shape)
{
    if (!cases[_i].dump)
        return;
    char *dump = dump_body(cases[_i].text);
    if (!strchr(cases[_i].dump, '\n'))
        dump[strlen(cases[_i].dump)] = '\0';
    ck_assert_str_eq(dump, cases[_i].dump);
    free(dump);
}
END_TEST

/* The last statement of a body: a(wait), r(eturn), l(abel) in it. */
static const struct {
    const char *text, *flags;
} flags[] = {
    {"i;", ""},
    {"await v();", "a"},
    {"if (i) { await v(); }", "a"},
    {"sizeof(i);", ""},
    {"int k = await g(1);", "a"},
    {"for (int k = await g(1);;) ;", "a"},
    {"for (;; await v()) ;", "a"},
    {"return 1;", "r"},
    {"{ if (i) return 1; }", "r"},
    {"({ if (i) return 1; });", "ar"}, /* has to be taken apart */
    {"i = ({ 1; });", ""},
    {"l:;", "l"},
    {"{ { l:; } }", "l"},
    {"switch (i) { case 1:; }", "l"},
    {"int h(int a) { return a; }", "r"},
    {"aw_group (x) { }", "a"},
    {"aw_for (int x, gen(1)) { }", "a"},
    {"aw_timeout_ms (1) { }", ""},
    {"try { i; } catch (1) { await v(); }", "a"},
    {"defer { await v(); }", "a"},
};

START_TEST(a_statement_knows_what_is_in_it)
{
    struct unit u;
    struct buf text = {0};
    char letters[4] = {0}, *l = letters;
    buf_printf(&text, "%s{%s}", body_prelude, flags[_i].text);
    parse_text(&u, text.p);
    ck_assert_uint_eq(u.errors, 0);
    const struct stmt *body = u.funcs.v[0]->body;
    const struct stmt *s = body->body[body->nbody - 1];
    if (s->has_await)
        *l++ = 'a';
    if (s->has_return)
        *l++ = 'r';
    if (s->has_label)
        *l++ = 'l';
    ck_assert_msg(strcmp(letters, flags[_i].flags) == 0, "%s: '%s'",
                  flags[_i].text, letters);
    unit_free(&u);
    buf_free(&text);
}
END_TEST

/* The statement of kind `kind` inside s, by depth. */
static const struct stmt *find(const struct stmt *s, enum stmt_kind kind)
{
    if (!s || s->kind == kind)
        return s;
    const struct stmt *found = find(s->s1, kind);
    for (uint32_t i = 0; !found && i < s->nbody; i++)
        found = find(s->body[i], kind);
    return found;
}

START_TEST(jumps_know_their_targets)
{
    struct unit u;
    struct buf text = {0};
    buf_printf(&text,
               "%s{while (i) { aw_timeout_ms (1) { switch (u) { case 1:"
               " break; default: continue; } } }}",
               body_prelude);
    parse_text(&u, text.p);
    ck_assert_uint_eq(u.errors, 0);
    const struct stmt *body = u.funcs.v[0]->body;
    const struct stmt *loop = find(body, STMT_WHILE);
    const struct stmt *choice = find(body, STMT_SWITCH);
    ck_assert_ptr_eq(find(body, STMT_CONTINUE)->target, loop);
    ck_assert_ptr_eq(find(body, STMT_BREAK)->target, choice);
    ck_assert_ptr_eq(find(body, STMT_CASE)->target, choice);
    ck_assert_ptr_eq(find(body, STMT_DEFAULT)->target, choice);
    unit_free(&u);
    buf_free(&text);
}
END_TEST

START_TEST(names_are_listed_in_order)
{
    struct unit u;
    struct buf text = {0};
    static const char *const want[] = {"i",     "u", "plain", "i",
                                       "plain", "k", "u"};
    buf_printf(&text,
               "%s{ sizeof(i + u); ({ plain(i); }); int k = plain(0);"
               " int m[k]; u; }",
               body_prelude);
    parse_text(&u, text.p);
    ck_assert_uint_eq(u.errors, 0);
    const struct func *f = u.funcs.v[0];
    ck_assert_uint_eq(f->idents.n, LEN(want));
    for (uint32_t i = 0; i < LEN(want); i++)
        ck_assert_str_eq(f->idents.v[i]->name->s, want[i]);
    unit_free(&u);
    buf_free(&text);
}
END_TEST

/* Nesting of any kind ends in a message, not in a crash; how deep is fine is
 * deeper than people write. */
static const struct {
    const char *before, *repeated, *between, *closing, *after;
} nests[] = {
    {"", "(", "1", ")", ";"},
    {"", "{", "", "}", ""},
    {"", "if (1) ", ";", "", ""},
    {"int x = ", "-  ", "1", "", ";"},
    {"", "(int)", "1", "", ";"},
    {"int x = ", "{", "1", "}", ";"},
    {"", "({", "1;", "})", ";"},
    {"", "1 ? 1 : ", "1", "", ";"},
    {"", "defer ", ";", "", ""},
    {"int x; ", "x = ", "1", "", ";"},
    {"", "__typeof__(", "int", ")", " y;"},
};

static char *nested(int i, int depth)
{
    struct buf b = {0};
    buf_printf(&b, "async int f(void) { %s", nests[i].before);
    for (int k = 0; k < depth; k++)
        buf_puts(&b, nests[i].repeated);
    buf_puts(&b, nests[i].between);
    for (int k = 0; k < depth; k++)
        buf_puts(&b, nests[i].closing);
    buf_printf(&b, "%s return 0; }", nests[i].after);
    return b.p;
}

START_TEST(nesting_is_limited)
{
    char *deep = nested(_i, 20000), *fine = nested(_i, 200);
    char *errors = errors_of(deep);
    ck_assert_msg(strncmp(errors, "too-deep", 8) == 0, "%s", errors);
    free(errors);
    errors = errors_of(fine);
    ck_assert_msg(!strstr(errors, "too-deep"), "%s", errors);
    free(errors);
    free(deep);
    free(fine);
}
END_TEST

Suite *suite_parse_stmt(void)
{
    Suite *s = suite_create("parse_stmt");
    TCase *t = tcase_create("parse_stmt");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, a_statement_has_its_shape, 0, LEN(cases));
    tcase_add_loop_test(t, a_statement_knows_what_is_in_it, 0, LEN(flags));
    tcase_add_test(t, jumps_know_their_targets);
    tcase_add_test(t, names_are_listed_in_order);
    tcase_add_loop_test(t, nesting_is_limited, 0, LEN(nests));
    suite_add_tcase(s, t);
    return s;
}
