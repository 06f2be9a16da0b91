/* SPDX-License-Identifier: MIT
 * Declarations, by table: what is read, how it is cut into pieces, what is
 * edited, what is reported. */
#include "tests/unit/suite.h"

#include <stdlib.h>

#include "gen/buf.h"
#include "gen/lex.h"
#include "gen/parse.h"
#include "tests/unit/util.h"

struct row {
    const char *in, *want;
};

static void parse_text(struct unit *u, const char *z)
{
    lex_text(u, z);
    parse(u);
}

/* ---- what is declared ---------------------------------------------------- */

static void say_decl(struct buf *b, const struct decl *d)
{
    static const char *const kinds[] = {"var", "func", "typedef", "const",
                                        "builtin"};
    buf_printf(b, "%s%s ", b->n ? "; " : "", kinds[d->kind]);
    type_describe(b, d->type, d->name->s);
    if (d->kind == DECL_ENUMCONST && d->has_value)
        buf_printf(b, " = %lld", (long long)d->value);
}

static void say_decls(struct buf *b, const struct unit *u)
{
    for (uint32_t i = 0; i < u->decls.n; i++)
        say_decl(b, u->decls.v[i]);
    if (u->unread)
        buf_printf(b, "%sunread", b->n ? "; " : "");
}

static void check_rows(const struct row *rows, size_t n,
                       void (*say)(struct buf *, const struct unit *))
{
    for (size_t i = 0; i < n; i++) {
        struct unit u;
        struct buf b = {0};
        parse_text(&u, rows[i].in);
        say(&b, &u);
        ck_assert_msg(strcmp(b.p ? b.p : "", rows[i].want) == 0,
                      "%s\n  gives %s\n  not   %s", rows[i].in, b.p ? b.p : "",
                      rows[i].want);
        buf_free(&b);
        unit_free(&u);
    }
}

START_TEST(specifiers)
{
    static const struct row rows[] = {
        {"int a;", "var int a"},
        {"long unsigned int long a;", "var unsigned long long a"},
        {"short signed a; char signed b; char c; unsigned char d;",
         "var short a; var signed char b; var char c; var unsigned char d"},
        {"double long a; _Complex b; float _Complex c; _Complex long double d;",
         "var long double a; var _Complex double b; var _Complex float c; "
         "var _Complex long double d"},
        {"unsigned a, b; signed c; long long long d;",
         "var unsigned int a; var unsigned int b; var int c; "
         "var long long d"},
        {"__int128 a; unsigned __int128 b; __int128_t c;",
         "var __int128 a; var unsigned __int128 b; var __int128_t c"},
        {"_Float128 a; _Float64x c; _Decimal64 d; _Float16 e;",
         "var _Float128 a; var _Float64x c; var _Decimal64 d; var _Float16 e"},
        {"__float128 a; _Float128 b; double c;",
         "var __float128 a; var __float128 b; var double c"},
        {"const int a; int const volatile b; volatile const int c;",
         "var const int a; var const volatile int b; "
         "var const volatile int c"},
        {"_Atomic int a; _Atomic(int *) b; int _Atomic c; _Atomic(int) *d;",
         "var _Atomic int a; var int *_Atomic b; var _Atomic int c; "
         "var _Atomic int *d"},
        {"static a; extern b(); c; *d;",
         "var int a; func int b(); var int c; var int *d"},
        {"int typedef a; a b; const a c; a *d;",
         "typedef int a; var a b; var const a c; var a *d"},
        {"static inline _Noreturn void f(void); _Thread_local int a;",
         "func void f(void); var int a"},
        {"extern __thread int a; register int b asm(\"r12\");",
         "var int a; var int b"},
        {"_Alignas(16) char a; char _Alignas(double) b; _Alignas(8) int c;",
         "var char a; var char b; var int c"},
        {"__extension__ long long a; __extension__ typedef int b;",
         "var long long a; typedef int b"},
        {"typeof(int *) a; __typeof__(a) *b; typeof(*a + 1L) c;",
         "var int *a; var int **b; var long c"},
        {"int a; typeof(&a) b; typeof(sizeof a) c; typeof(\"x\") d;",
         "var int a; var int *b; var unsigned long c; var char d[2]"},
        {"__auto_type a = 1.5f; __auto_type b = &a;",
         "var float a; var float *b"},
        {"__builtin_va_list a; typedef __builtin_va_list va; va b;",
         "var __builtin_va_list a; typedef __builtin_va_list va; var va b"},
        {"bool a;", "var bool a"},
        {"typedef char bool; bool a; int (*f)(bool);",
         "typedef char bool; var bool a; var int (*f)(bool)"},
        {"int *_Nonnull a; void f(int *_Nullable x);",
         "var int *a; func void f(int *)"},
        {"int __seg_gs *a; void (^b)(int);", "var int *a; var void (*b)(int)"},
        {"unknown a;", "unread"},
        {"unknown f(void); int b;", "var int b; unread"},
    };
    check_rows(rows, LEN(rows), say_decls);
}
END_TEST

START_TEST(declarators)
{
    static const struct row rows[] = {
        {"int *a[3], (*b)[3], *(*c)[3];",
         "var int *a[3]; var int (*b)[3]; var int *(*c)[3]"},
        {"int (a), (*(b)), ((c[2]));", "var int a; var int *b; var int c[2]"},
        {"int (*f(int a, char *b))(double);",
         "func int (*f(int, char *))(double)"},
        {"void (*signal(int sig, void (*func)(int)))(int);",
         "func void (*signal(int, void (*)(int)))(int)"},
        {"int f(), g(void), h(int, ...), i(int [3], int (int));",
         "func int f(); func int g(void); func int h(int, ...); "
         "func int i(int *, int (*)(int))"},
        {"int f(const char [const restrict static 3], char s[static 2]);",
         "func int f(const char *const __restrict, char *)"},
        {"void f(int n, int a[n][n], int (*b)[*], int c[*][2 * n]);",
         "func void f(int, int (*)[n], int (*)[*], int (*)[2 * n])"},
        {"void f(int n, __typeof__(n) *m);", "func void f(int, int *)"},
        {"typedef int t; void f(t), g(t t), h(int t), i(t (t)), j(t (*)(t));",
         "typedef int t; func void f(t); func void g(t); func void h(int); "
         "func void i(t (*)(t)); func void j(t (*)(t))"},
        {"typedef int t; void f(int (t), int (t[2]), int (*t));",
         "typedef int t; func void f(int (*)(t), int (*)(t *), int *)"},
        {"typedef int a[2]; const a b; void f(a);",
         "typedef int a[2]; var const a b; func void f(int *)"},
        {"typedef int f(int); f g, *h; f *k(f);",
         "typedef int f(int); func f g; var f *h; func f *k(f *)"},
        {"int a[2][3], b[], *c[];",
         "var int a[2][3]; var int b[]; var int *c[]"},
        {"int *const *volatile a;", "var int *const *volatile a"},
        {"int *__attribute__((aligned(8))) *a;", "var int **a"},
        {"int (__attribute__((unused)) *a)(void);", "var int (*a)(void)"},
        {"int f(__attribute__((unused)) int a, int b __attribute__((unused)));",
         "func int f(int, int)"},
        {"int a __asm__(\"b\") __attribute__((used)) = 1, c;",
         "var int a; var int c"},
        {"int a(int) __asm(\"x\" \"y\") __attribute__((__nothrow__ , "
         "__leaf__)) __attribute__((nonnull(1)));",
         "func int a(int)"},
        {"[[nodiscard]] int f [[gnu::pure]] (int a [[maybe_unused]]);",
         "func int f(int)"},
        {"int f(int a, int b) { return 0; } int g;",
         "func int f(int, int); var int g"},
        {"f(a, b) char *a; { return 0; } int g;", "func int f(); var int g"},
        {"int f(x, y) int x, *y; {} int g();", "func int f(); func int g()"},
        {"struct s *f(struct s *p) { return p; }",
         "func struct s *f(struct s *)"},
        {"int a = 1, b[] = {1, 2, 3}, c[] = {[9] = 1}, d;",
         "var int a; var int b[3]; var int c[10]; var int d"},
        {"char a[] = \"abc\", b[][2] = {{1}, {2}}, c[][2] = {1, 2, 3};",
         "var char a[4]; var char b[2][2]; var char c[2][2]"},
    };
    check_rows(rows, LEN(rows), say_decls);
}
END_TEST

START_TEST(tags)
{
    static const struct row rows[] = {
        {"struct s; struct s *a; struct s { int x; } b;",
         "var struct s *a; var struct s b"},
        {"struct { int x; } a, *b; typedef struct { int y; } t; t c;",
         "var __typeof__(a) a; var __typeof__(a) *b; typedef t t; var t c"},
        {"typedef struct s s; struct s { s *next; }; s a;",
         "typedef struct s s; var s a"},
        {"typedef struct { int x; } *p; p a;",
         "typedef __typeof__((*(p *)0)[0]) *p; var p a"},
        {"union u { int i; float f; } a; int s = sizeof(union u);",
         "var union u a; var int s"},
        {"enum { A, B = 5, C, D = -1, E };",
         "const int A = 0; const int B = 5; const int C = 6; "
         "const int D = -1; const int E = 0"},
        {"enum e { A = 1 << 4 | 1, B = A * 2, C = sizeof(int), D = 'a', };",
         "const int A = 17; const int B = 34; const int C = 4; "
         "const int D = 97"},
        {"enum e { A = 0x80000000, B = 1 };",
         "const enum e A = 2147483648; const int B = 1"},
        {"enum __attribute__((packed)) e { A __attribute__((unused)) = 1 };"
         "char s[sizeof(enum e)];",
         "const int A = 1; var char s[1]"},
        {"enum e : unsigned char { A = 3 }; char s[sizeof(enum e)];",
         "const enum e A = 3; var char s[1]"},
        {"enum e; enum e *a; enum e { A };", "var enum e *a; const int A = 0"},
        {"struct s { int a : 3; int : 0; int b : 4, c; };"
         "char s[sizeof(struct s)];",
         "var char s[12]"},
        {"struct s { char c; int i; } __attribute__((packed));"
         "char s[sizeof(struct s)];",
         "var char s[5]"},
        {"struct __attribute__((aligned(32))) s { char c; };"
         "char s[sizeof(struct s)];",
         "var char s[32]"},
        {"\n#pragma pack(push, 1)\nstruct s { char c; int i; };\n"
         "#pragma pack(pop)\nstruct t { char c; int i; };"
         "char s[sizeof(struct s)], t[sizeof(struct t)];",
         "var char s[5]; var char t[8]"},
        {"struct s { int n; struct { int x, y; }; union { int u; }; "
         "int flex[]; }; __typeof__(((struct s *)0)->y) a;"
         "char s[sizeof(struct s)];",
         "var int a; var char s[16]"},
        {"struct s { ; int a;; _Static_assert(1, \"\"); int b; };"
         "char s[sizeof(struct s)];",
         "var char s[8]"},
        {"struct s { struct { int x; } in, many[2]; } a;"
         "__typeof__(a.in) b; __typeof__(a.many[0]) c;",
         "var struct s a; var __typeof__(((struct s *)0)->in) b; "
         "var __typeof__(((struct s *)0)->in) c"},
        {"void f(struct s { int x; } *p);", "func void f(struct s *)"},
        {"struct s { int (*f)(struct s *); enum { X, Y } e; };",
         "const int X = 0; const int Y = 1"},
    };
    check_rows(rows, LEN(rows), say_decls);
}
END_TEST

START_TEST(attributes_with_a_meaning)
{
    static const struct row rows[] = {
        {"typedef int v __attribute__((vector_size(16))); char s[sizeof(v)];",
         "typedef __attribute__((vector_size(4 * sizeof(int)))) int v; "
         "var char s[16]"},
        {"typedef int m __attribute__((mode(DI))); unsigned n "
         "__attribute__((__mode__(__QI__)));",
         "typedef long m; var unsigned char n"},
        {"typedef int a __attribute__((aligned(32)));"
         "struct s { char c; a x; }; char s[sizeof(struct s)];",
         "typedef int a; var char s[64]"},
        {"typedef _Complex float c __attribute__((mode(DC)));",
         "typedef _Complex double c"},
    };
    check_rows(rows, LEN(rows), say_decls);
}
END_TEST

/* ---- redeclarations ------------------------------------------------------ */

START_TEST(declarations_of_one_thing_are_merged)
{
    static const struct row rows[] = {
        {"extern int a[]; int a[3]; extern int a[];", "var int a[3]"},
        {"int f(); int f(int a); int f();", "func int f(int)"},
        {"typedef int t; typedef int t; t a;", "typedef int t; var t a"},
        {"int (*f)(int (*)[]); extern int (*f)(int (*)[3]);",
         "var int (*f)(int (*)[3])"},
        {"int f(void); int f(void) { return 1; }", "func int f(void)"},
        {"struct s { int x; }; struct s a, a;", "var struct s a"},
    };
    check_rows(rows, LEN(rows), say_decls);
}
END_TEST

/* ---- pieces -------------------------------------------------------------- */

static void say_pieces(struct buf *b, const struct unit *u)
{
    static const char *const kinds[] = {"pass", "func", "proto"};
    for (uint32_t i = 0; i < u->pieces.n; i++) {
        const struct piece *p = &u->pieces.v[i];
        buf_printf(b, "%s%s", b->n ? " " : "", kinds[p->kind]);
        if (p->kind == PIECE_FUNC)
            buf_printf(b, ":%s", p->func->decl->name->s);
        for (uint32_t k = 0; k < p->ndecls; k++)
            buf_printf(b, ":%s", p->decls[k]->name->s);
    }
    for (uint32_t i = 0; i < u->diags.n; i++)
        buf_printf(b, " [%s]", diag_name(u->diags.v[i]->id));
}

START_TEST(units_are_cut_into_pieces)
{
    static const struct row rows[] = {
        {"", "pass"},
        {"int a; int f(void) { return a; } ; asm(\"nop\");", "pass"},
        {"async int f(void); int b;", "proto:f pass"},
        {"int a; async int f(void) { return 1; } int b;", "pass func:f pass"},
        {"static async void f(void), g(int); async void f(void) {}",
         "proto:f:g func:f pass"},
        {"int f(int await) { return await; }", "func:f pass"},
        {"int yield(void); int f(int a) { return yield(); }", "pass"},
        {"async int f(void); int g(void) { return f != 0; }",
         "proto:f func:g pass"},
        {"typedef async int fn(int); fn f; fn *p;", "pass proto:f pass"},
        {"int async; int f(void) { return async; }", "pass"},
        {"typedef int async; async a; async *f(async);", "pass"},
        {"struct s { int async; struct s *x; } async; int g(void) { "
         "return async.async; }",
         "pass"},
        {"_Async int f(void); static _Async int g(int a) { return a; }",
         "proto:f func:g pass"},
        {"int _Async f(void);", "proto:f pass"},
        {"int f(void) { aw_thing(); return x.async_y; }", "pass"},
        {"async int f() { return 1; } int g;", "func:f pass"},
        {"int f(a) int a; { return await a; }",
         "func:f pass [outside-async] [not-coroutine]"},
        {"async_generator(int) f(int n) { yield n; }", "func:f pass"},
        {"int broken( { } int f(void) { }", "pass"},
        {"} int a;", "pass"},
        {"int f(void) { if (1) { ", "pass"},
        {"int x y; async int f(void) { return 0; }", "pass func:f pass"},
        {"int x async int f(void) { return 0; }", "pass [syntax]"},
    };
    check_rows(rows, LEN(rows), say_pieces);
}
END_TEST

/* ---- edits --------------------------------------------------------------- */

static void say_edited(struct buf *b, const struct unit *u)
{
    const char *text = u->src.text.p;
    uint32_t at = 0;
    for (uint32_t i = 0; i < u->edits.n; i++) {
        const struct edit *e = &u->edits.v[i];
        const struct token *last = &u->toks.v[e->at.to - 1];
        uint32_t from = u->toks.v[e->at.from].off;
        buf_put(b, text + at, from - at);
        buf_puts(b, e->text);
        at = last->off + last->len;
    }
    buf_puts(b, text + at);
    if (u->errors)
        buf_printf(b, " [%u errors]", u->errors);
}

START_TEST(types_of_the_dialect_become_c)
{
    static const struct row rows[] = {
        {"aw_task(int) t;", "struct aw_task * t;"},
        {"static aw_task(const char *) t[3];", "static struct aw_task * t[3];"},
        {"aw_task(int) a, b;", "__typeof__(struct aw_task *) a, b;"},
        {"aw_task(int) const a;", "__typeof__(struct aw_task *) const a;"},
        {"struct s { aw_task(int) a, b; aw_queue(int) q; };",
         "struct s { __typeof__(struct aw_task *) a, b; struct aw_queue q; "
         "};"},
        {"aw_task(int) f(aw_task(aw_task(void)) t, int (*)(aw_task(int)));",
         "struct aw_task * f(struct aw_task * t, int (*)(struct aw_task *));"},
        {"int s = sizeof(aw_task(int));", "int s = sizeof(struct aw_task *);"},
        {"void f(void) { aw_task(int) t = 0; (aw_task(int) *)0; }",
         "void f(void) { struct aw_task * t = 0; (struct aw_task * *)0; }"},
        {"int aw_task; int f(int x) { return aw_task + (x); }",
         "int aw_task; int f(int x) { return aw_task + (x); }"},
        {"async int (*p)(int);", "const struct aw_desc (*p);"},
        {"static async const char *(*p[3])(char *s, int), *q;",
         "static const struct aw_desc (*p[3]), *q; [1 errors]"},
        {"extern async const char **(*const p[3])(char *s, int);",
         "extern const struct aw_desc (*const p[3]);"},
        {"struct s { async int (*cb)(struct s *, aw_task(int)); int x; };",
         "struct s { const struct aw_desc (*cb); int x; };"},
        {"typedef async int fn(int); fn *a; void f(fn g, fn *h, const fn);",
         "typedef const struct aw_desc fn; fn *a; "
         "void f(fn * g, fn *h, const fn *);"},
        {"void on(async int cb(int), async void (*)(void));",
         "void on(const struct aw_desc * cb, const struct aw_desc (*));"},
        {"async int (*pick(int n))(char);",
         "const struct aw_desc (*pick(int n));"},
        {"void *p = (async int (*)(int))0;",
         "void *p = (const struct aw_desc (*))0;"},
        {"static async int f(int); async int (*t[])(int) = { f, &f, 0 };",
         "static async int f(int); const struct aw_desc (*t[]) = "
         "{ &awfd_f, &awfd_f, 0 };"},
        {"async int f(int); struct { async int (*f)(int); } s = { .f = f };",
         "async int f(int); struct { const struct aw_desc (*f); } s = "
         "{ .f = &awfd_f };"},
    };
    check_rows(rows, LEN(rows), say_edited);
}
END_TEST

/* ---- messages ------------------------------------------------------------ */

static void say_messages(struct buf *b, const struct unit *u)
{
    for (uint32_t i = 0; i < u->diags.n; i++) {
        const struct diag_item *d = u->diags.v[i];
        buf_printf(b, "%s%s@%u", b->n ? " " : "", diag_name(d->id),
                   unit_loc(u, d->at.from).col);
    }
}

START_TEST(rules_for_async_are_checked)
{
    static const struct row rows[] = {
        {"async int f(int a, ...);", "async-variadic@11"},
        {"async int f(__builtin_va_list ap);", "async-va-list@13"},
        {"typedef __builtin_va_list v; async int f(int a, v ap);",
         "async-va-list@49"},
        {"async int f(a) int a; { return a; }", "async-oldstyle@12"},
        {"_Noreturn async void f(void);", "async-noreturn@22"},
        {"async void f(void) __attribute__((noreturn));", "async-noreturn@12"},
        {"async void f(void) __attribute__((constructor));",
         "async-noreturn@12"},
        {"async int x;", "async-object@1"},
        {"async struct s { int x; };", "async-nothing@1"},
        {"async struct s { int x; } f(void);", "async-tag@7"},
        {"struct s { async int x; };", "async-object@12"},
        {"async int (*p), q(void);", "async-object@1 async-mixed@17"},
        {"typedef async int t;", "async-object@9"},
        {"async int f(void), x;", "async-object@1 async-mixed@11"},
        {"typedef async int t(void); t f, *p;", "async-mixed@30"},
        {"int f(int); async int f(int);", "async-mismatch@23"},
        {"async int f(int); int f(int a) { return a; }", "async-mismatch@23"},
        {"async struct s f(void) { }", "async-return@16"},
        {"async int f(void) { async int g(void); return 0; }",
         "async-nested@31"},
        {"int f(void) { async int g(void) { return 1; } return 0; }",
         "async-nested@25"},
    };
    check_rows(rows, LEN(rows), say_messages);
}
END_TEST

/* ---- robustness ---------------------------------------------------------- */

static char *repeat(const char *before, const char *z, size_t n,
                    const char *after)
{
    struct buf b = {0};
    buf_puts(&b, before);
    for (size_t i = 0; i < n; i++)
        buf_puts(&b, z);
    buf_puts(&b, after);
    return b.p;
}

START_TEST(depth_is_limited)
{
    static const struct {
        const char *before, *z, *after;
    } rows[] = {
        {"int ", "(", "a;"},
        {"int a = sizeof(int ", "(", "));"},
        {"int ", "*", "a;"},
        {"int a", "[1]", ";"},
        {"int f", "(int a", ");"},
        {"", "struct {", ""},
        {"async int f(void) { return ", "(", "1); }"},
        {"async int f(void) ", "{", "}"},
        {"async int f(void) { ", "if (1) ", "; }"},
        {"int a[] = ", "{", "await };"},
        {"int a __attribute__((aligned(", "(", "1)));"},
        {"", "typeof(", "int) a;"},
        {"int f(void) { return await", "+ (int)", "1; }"},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        struct unit u;
        struct buf out = {0};
        char *s = repeat(rows[i].before, rows[i].z, 20000, rows[i].after);
        parse_text(&u, s);
        if (u.errors == 0 && u.decls.n)
            type_print(&out, u.decls.v[0]->type, "");
        buf_free(&out);
        unit_free(&u);
        free(s);
    }
}
END_TEST

/* Any tokens in any order: no crash, no hang, and pieces that tile. */
START_TEST(garbage_is_survived)
{
    static const char *const words[] = {
        "int",       "async",       "(",
        ")",         "{",           "}",
        "[",         "]",           ";",
        ",",         "*",           "=",
        "struct",    "enum",        "x",
        "typedef",   "static",      "typeof",
        "f",         ":",           "1",
        "aw_task(",  "...",         "_Static_assert",
        "await",     "union",       "&",
        "\"s\"",     "asm",         "__attribute__((",
        "const",     "_Async",      "yield",
        "[[",        "t",           "async_generator(",
        "aligned(",  "return",      "aw_gather(",
        "_Alignas(", "__auto_type",
    };
    uint64_t seed = 7;
    for (int round = 0; round < 3000; round++) {
        struct unit u;
        struct buf b = {0};
        for (uint32_t n = next_random(&seed) % 60; n; n--) {
            buf_puts(&b, words[next_random(&seed) % LEN(words)]);
            buf_putc(&b, ' ');
        }
        parse_text(&u, b.p ? b.p : "");
        tokidx at = 0;
        for (uint32_t i = 0; i < u.pieces.n; i++) {
            ck_assert_uint_eq(u.pieces.v[i].at.from, at);
            at = u.pieces.v[i].at.to;
        }
        ck_assert_uint_eq(at, u.toks.n);
        unit_free(&u);
        buf_free(&b);
    }
}
END_TEST

Suite *suite_parse_decl(void)
{
    Suite *s = suite_create("parse_decl");
    TCase *t = tcase_create("parse_decl");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, specifiers);
    tcase_add_test(t, declarators);
    tcase_add_test(t, tags);
    tcase_add_test(t, attributes_with_a_meaning);
    tcase_add_test(t, declarations_of_one_thing_are_merged);
    tcase_add_test(t, units_are_cut_into_pieces);
    tcase_add_test(t, types_of_the_dialect_become_c);
    tcase_add_test(t, rules_for_async_are_checked);
    tcase_add_test(t, depth_is_limited);
    tcase_add_test(t, garbage_is_survived);
    suite_add_tcase(s, t);
    return s;
}
