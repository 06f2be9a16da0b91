/* SPDX-License-Identifier: MIT
 * Shapes and types of expressions; tests/typing has gcc judge the types. */
#include "tests/unit/suite.h"

#include <stdlib.h>

#include "gen/buf.h"
#include "gen/parse.h"
#include "tests/unit/body.h"

/* A statement and the line that its dump is. */
static const struct {
    const char *text, *line;
} cases[] = {
    /* precedence and associativity */
    {"1 + i * 2;", "(+ 1:int (* i:int 2:int):int):int"},
    {"i - u - d;", "(- (- i:int u:unsigned int):unsigned int d:double):double"},
    {"i = u = 1;", "(= i:int (= u:unsigned int 1:int):unsigned int):int"},
    {"i ? u : i ? 1 : 2;",
     "(?: i:int u:unsigned int (?: i:int 1:int 2:int):int):unsigned int"},
    {"i ?: u;", "(?: i:int - u:unsigned int):unsigned int"},
    {"i, u;", "(, i:int u:unsigned int):unsigned int"},
    {"i << 1 < 2 == 3;", "(== (< (<< i:int 1:int):int 2:int):int 3:int):int"},
    {"i & 1 | 2 ^ 3 && 4;",
     "(&& (| (& i:int 1:int):int (^ 2:int 3:int):int=1):int 4:int):int"},
    {"-i * !u;", "(* (- i:int):int (! u:unsigned int):int):int"},
    {"- -i;", "(- (- i:int):int):int"},
    {"*p++;", "(* (post++ p:char *):char *):char"},
    {"++*p;", "(++ (* p:char *):char):char"},
    {"&q->n->x;", "(& (-> x (-> n q:struct s *):struct s *):int):int *"},
    {"s.a[1];", "(index (. a s:struct s):char [4] 1:int):char"},
    {"(i);", "(paren i:int):int"},
    {"plain(i)(1);", NULL},
    /* casts against parentheses */
    {"(T)i;", "(cast <T> i:int):T"},
    {"(T)-i;", "(cast <T> (- i:int):int):T"},
    {"(i) - i;", "(- (paren i:int):int i:int):int"},
    {"(char)i + 1;", "(+ (cast <char> i:int):char 1:int):int"},
    {"sizeof(T);", "(sizeof <T>):unsigned long=4"},
    {"sizeof(i) + 1;",
     "(+ (sizeof (paren i:int):int):unsigned long=4 1:int):unsigned long=5"},
    {"sizeof(T){1};",
     "(sizeof (literal <T> (init [T] 1:int):T):T):unsigned long=4"},
    {"(T){1}++;", "(post++ (literal <T> (init [T] 1:int):T):T):T"},
    {"_Alignof(double);", "(_Alignof <double>):unsigned long=8"},
    /* literals */
    {"'a' + 0x7f;", "(+ 'a':int=97 0x7f:int):int=224"},
    {"\"a\" \"b\";", "\"a\" \"b\":char [3]"},
    {"1.5f * 2;", "(* 1.5f:float 2:int):float"},
    /* bit-fields */
    {"s.b + 1;", "(+ (. b s:struct s):unsigned int 1:int):int"},
    {"-(s.b = 2);",
     "(- (paren (= (. b s:struct s):unsigned int 2:int):int):int):int"},
    /* special forms of GNU C and C11 */
    {"__builtin_offsetof(struct s, a[1]);",
     "(builtin __builtin_offsetof <struct s> 1:int):unsigned long=6"},
    {"__builtin_choose_expr(0, i, p);",
     "(builtin __builtin_choose_expr 0:int i:int p:char *):char *"},
    {"_Generic(i, char: p, default: u);",
     "(generic i:int p:char * u:unsigned int):unsigned int"},
    {"({ i; u; });", NULL},
    {"&&l; l:;", "(label l):void *"},
    {"__extension__ i;", "(__extension__ i:int):int"},
    {"unknown(1);", "(call unknown:int () 1:int):int"},
    {"__builtin_bswap64(i);", NULL},
    {"__func__;", "__func__:const char [2]"},
    /* the dialect */
    {"await g(1);", "(await (call g:async int (int) 1:int):coro(int)):int"},
    {"await g(1) + 1;", "(+ (await (call g:async int (int) 1:int):coro(int))"
                        ":int 1:int):int"},
    {"-await t;", "(- (await t:aw_task(int)):int):int"},
    {"await (t);", "(await (paren t:aw_task(int)):aw_task(int)):int"},
    {"await fp(2);",
     "(await (call fp:async int (*)(int) 2:int):coro(int)):int"},
    {"await (*fp)(2);", NULL},
    {"await (i ? g : fp)(2);", NULL},
    {"_Await v();", "(await (call v:async void (void)):coro(void)):void"},
    {"await aw_gather(i = t, v());",
     "(await (coro aw_gather (= i:int t:aw_task(int)):coro(int) "
     "(call v:async void (void)):coro(void)):coro(void)):void"},
    {"await aw_wait_for_ms(t, i + 1);",
     "(await (coro aw_wait_for_ms t:aw_task(int) (+ i:int 1:int):int)"
     ":coro(int)):int"},
    {"await aw_race(v(), t);",
     "(await (coro aw_race (call v:async void (void)):coro(void) "
     "t:aw_task(int)):coro(int)):int"},
    {"await aw_try(aw_shield(t));",
     "(await (coro aw_try (coro aw_shield t:aw_task(int)):coro(int))"
     ":coro(int)):int"},
    {"t = aw_create_task(g(1));",
     "(= t:aw_task(int) (form aw_create_task (call g:async int (int) 1:int)"
     ":coro(int)):aw_task(int)):aw_task(int)"},
    {"aw_run(i = g(1));", NULL},
    {"aw_done(t) && aw_cancel(t);",
     "(&& (form aw_done t:aw_task(int)):_Bool (form aw_cancel "
     "t:aw_task(int)):_Bool):int"},
};

START_TEST(an_expression_has_shape_and_type)
{
    if (!cases[_i].line)
        return;
    char *dump = dump_body(cases[_i].text);
    struct buf want = {0};
    buf_printf(&want, "expr %s\n", cases[_i].line);
    dump[want.n < strlen(dump) ? want.n : strlen(dump)] = '\0';
    ck_assert_str_eq(dump, want.p);
    buf_free(&want);
    free(dump);
}
END_TEST

/* A declaration; what its initialiser's dump is. */
static const struct {
    const char *text, *line;
} inits[] = {
    {"int a[] = {1, 2};", "int a[2] = (init [int] 1:int [int] 2:int):int [2]"},
    {"int a[] = {[3] = 1};", "int a[4] = (init [3] = [int] 1:int):int [4]"},
    {"int a[] = {[1 ... 4] = 1, 2};",
     "int a[6] = (init [1 ... 4] = [int] 1:int [int] 2:int):int [6]"},
    {"int a[][2] = {1, 2, 3};",
     "int a[2][2] = (init [int] 1:int [int] 2:int [int] 3:int):int [2][2]"},
    {"char a[] = \"abc\";", "char a[4] = \"abc\":char [4]"},
    {"char a[] = {\"abc\"};",
     "char a[4] = (init [char []] \"abc\":char [4]):char [4]"},
    {"char a[2][4] = {\"x\", {\"y\"}};",
     "char a[2][4] = (init [char [4]] \"x\":char [2] "
     "(init [char [4]] \"y\":char [2]):char [4]):char [2][4]"},
    {"struct s a = {1, 2, {3}, q};",
     "struct s a = (init [int] 1:int [unsigned int] 2:int "
     "(init [char] 3:int):char [4] [struct s *] q:struct s *):struct s"},
    {"struct s a = {.a = \"x\", q, .x = 2, 3};",
     "struct s a = (init .a = [char [4]] \"x\":char [2] [struct s *] "
     "q:struct s * .x = [int] 2:int [unsigned int] 3:int):struct s"},
    {"struct s a = {1, 2, 3, 4, 5, 6, q};",
     "struct s a = (init [int] 1:int [unsigned int] 2:int [char] 3:int "
     "[char] 4:int [char] 5:int [char] 6:int [struct s *] q:struct s *)"
     ":struct s"},
    {"struct s a[2] = {s, [1].x = 4};",
     "struct s a[2] = (init [struct s] s:struct s [1].x = [int] 4:int)"
     ":struct s [2]"},
    {"struct { struct { int m, n; }; int k; } a = {.n = 1, 2};",
     "__typeof__(a) a = (init .n = [int] 1:int [int] 2:int)"
     ":__typeof__(a)"},
    {"struct s a = await aw_shield(aw_create_task(g(1))), b;", NULL},
    {"T a = {1};", "T a = (init [T] 1:int):T"},
    {"int a = await g(2);",
     "int a = (await (call g:async int (int) 2:int):coro(int)):int"},
    {"V a = {1, 2};", NULL},
};

START_TEST(an_element_knows_what_it_initialises)
{
    if (!inits[_i].line)
        return;
    char *dump = dump_body(inits[_i].text);
    struct buf want = {0};
    buf_printf(&want, "decl [%s]\n", inits[_i].line);
    ck_assert_str_eq(dump, want.p);
    buf_free(&want);
    free(dump);
}
END_TEST

/* ---- flags ------------------------------------------------------------- */

/* An expression statement, and the flags of its expression: a(wait),
 * c(all), e(ffects), l(value). */
static const struct {
    const char *text, *flags;
} flags[] = {
    {"i;", "l"},
    {"i + 1;", ""},
    {"i = 1;", "e"},
    {"i++;", "e"},
    {"plain(1);", "ce"},
    {"plain(1) + i;", "ce"},
    {"await t;", "ace"},
    {"i + await t;", "ace"},
    {"sizeof(i++);", ""},
    {"sizeof(plain(1));", ""},
    {"_Generic(i++, int: u);", "l"},
    {"({ i; });", "ce"},
    {"vol;", "el"},
    {"&vol;", ""},
    {"sizeof vol;", ""},
    {"vol = 1;", "e"},
    {"*vp;", "el"},
    {"vs.x;", "el"},
    {"&vs.x;", ""},
    {"q->x;", "l"},
    {"(i);", "l"},
    {"*p;", "l"},
    {"i ? plain(1) : 0;", "ce"},
    {"(T){plain(1)};", "cel"},
};

static void flag_letters(const struct expr *e, char *out)
{
    if (e->has_await)
        *out++ = 'a';
    if (e->has_call)
        *out++ = 'c';
    if (e->effects)
        *out++ = 'e';
    if (e->lvalue)
        *out++ = 'l';
    *out = '\0';
}

START_TEST(flags_say_what_evaluating_does)
{
    struct unit u;
    struct buf text = {0};
    char letters[5];
    buf_printf(&text, "%s{%s volatile int vol, *vp; volatile struct s vs; %s}",
               body_prelude, "", flags[_i].text);
    parse_text(&u, text.p);
    ck_assert_uint_eq(u.errors, 0);
    const struct stmt *body = u.funcs.v[0]->body;
    flag_letters(body->body[body->nbody - 1]->e, letters);
    ck_assert_msg(strcmp(letters, flags[_i].flags) == 0, "%s: '%s'",
                  flags[_i].text, letters);
    unit_free(&u);
    buf_free(&text);
}
END_TEST

/* A body that declares x, and whether x must stay at one address. */
static const struct {
    const char *text;
    bool taken;
} addresses[] = {
    {"int x; x = 1;", false},
    {"int x; &x;", true},
    {"int x; sizeof &x;", false},
    {"int x; __typeof__(&x) y;", false},
    {"int x[3]; x[0];", true},
    {"int x[3]; sizeof x;", false},
    {"struct s x; x.x = 1;", false},
    {"struct s x; &x.x;", true},
    {"struct s x; x.a[1];", true},
    {"struct s x; sizeof x.a;", false},
    {"struct s x; x.n->x;", false},
    {"struct s *x; &x->x;", false},
    {"int x; await aw_gather(x = g(1));", true},
    {"int x; x = await g(1);", false},
    {"int x; asm(\"\" : \"=r\"(x));", true},
    {"int x; asm(\"\" : : \"r\"(x));", true},
    {"int x; ({ x; });", false},
    {"int x; ({ &x; });", true},
    {"int x; _Generic(&x, default: 1);", false},
    {"_Complex double x; &__real__ x;", true},
};

START_TEST(an_address_taken_is_noticed)
{
    struct unit u;
    struct buf text = {0};
    buf_printf(&text, "%s{%s}", body_prelude, addresses[_i].text);
    parse_text(&u, text.p);
    ck_assert_uint_eq(u.errors, 0);
    const struct stmt *body = u.funcs.v[0]->body;
    ck_assert_msg(body->body[0]->decls[0]->addr_taken == addresses[_i].taken,
                  "%s", addresses[_i].text);
    unit_free(&u);
    buf_free(&text);
}
END_TEST

Suite *suite_parse_expr(void)
{
    Suite *s = suite_create("parse_expr");
    TCase *t = tcase_create("parse_expr");
    tcase_add_loop_test(t, an_expression_has_shape_and_type, 0, LEN(cases));
    tcase_add_loop_test(t, an_element_knows_what_it_initialises, 0, LEN(inits));
    tcase_add_loop_test(t, flags_say_what_evaluating_does, 0, LEN(flags));
    tcase_add_loop_test(t, an_address_taken_is_noticed, 0, LEN(addresses));
    suite_add_tcase(s, t);
    return s;
}
