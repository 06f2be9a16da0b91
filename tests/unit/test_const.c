/* SPDX-License-Identifier: MIT
 * Constant expressions: their values, which ones stay unknown, which ones
 * make an array a VLA. */
#include "tests/unit/suite.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "gen/buf.h"
#include "gen/const.h"
#include "gen/parse.h"
#include "tests/unit/util.h"

static const char prelude[] =
    "struct s { char c; int i[4]; long l; }; struct incomplete; int v;"
    "enum { A = 3, B = 0x100000000, U = sizeof(struct unknown_size) };";

/* The value of an enumerator with this initialiser; "?" when not known. */
static void check_value(const char *expr, const char *want)
{
    struct unit u;
    char text[1024], got[32] = "?";
    snprintf(text, sizeof text, "%s enum { X = %s };", prelude, expr);
    lex_text(&u, text);
    parse(&u);
    const struct decl *d = VEC_LAST(&u.decls);
    ck_assert_str_eq(d->name->s, "X");
    if (d->has_value)
        snprintf(got, sizeof got, "%" PRId64, d->value);
    ck_assert_msg(strcmp(got, want) == 0, "%s is %s, not %s", expr, got, want);
    unit_free(&u);
}

START_TEST(values)
{
    static const struct {
        const char *expr, *want;
    } rows[] = {
        {"1 + 2 * 3", "7"},
        {"(1 + 2) * 3 - -4", "13"},
        {"7 / 2 % 2", "1"},
        {"-7 / 2", "-3"},
        {"-7 % 3", "-1"},
        {"1 << 4 | 1", "17"},
        {"0xff & ~0xf", "240"},
        {"6 ^ 3", "5"},
        {"!0 + !5", "1"},
        {"-1 < 0", "1"},
        {"-1 < 0u", "0"},
        {"-1 < 0ul", "0"},
        {"-1L < 1u", "1"},
        {"(unsigned char)-1 > 0", "1"},
        {"0u - 1 > 0", "1"},
        {"~0u", "4294967295"},
        {"-1u", "4294967295"},
        {"0u - 1 == 4294967295", "1"},
        {"(char)300", "44"},
        {"(signed char)200", "-56"},
        {"(unsigned short)-1", "65535"},
        {"(_Bool)5", "1"},
        {"(int)4294967295", "-1"},
        {"4294967295u + 1", "0"},
        {"0xffffffffffffffff == -1", "1"},
        {"0xffffffffffffffff > 0", "1"},
        {"0xffffffffffffffff / 2", "9223372036854775807"},
        {"1 ? 2 : 3", "2"},
        {"0 ? 1 / 0 : 3", "3"},
        {"A ?: 9", "3"},
        {"0 && 1 / 0", "0"},
        {"1 || 1 / 0", "1"},
        {"1 && 2", "1"},
        {"A * 2", "6"},
        {"B >> 31", "2"},
        {"'a' + 1", "98"},
        {"'\\xff'", "-1"},
        {"'ab'", "24930"},
        {"010 + 0x10 + 0b11", "27"},
        {"sizeof(int) * 8", "32"},
        {"sizeof(struct s)", "32"},
        {"sizeof(struct s[3])", "96"},
        {"sizeof v + sizeof(v)", "8"},
        {"sizeof \"abc\"", "4"},
        {"_Alignof(long)", "8"},
        {"__alignof__(struct s)", "8"},
        {"__builtin_offsetof(struct s, l)", "24"},
        {"__builtin_offsetof(struct s, i[2])", "12"},
        {"_Generic(1L, int: 1, long: 2, default: 3)", "2"},
        {"__builtin_choose_expr(1, 5, 6)", "5"},
        {"__builtin_types_compatible_p(int, int)", "1"},
        {"(sizeof(int) == 4) ? 10 : -10", "10"},
        {"__extension__ 5", "5"},
        {"1 << 31", "-2147483648"},
        {"(unsigned)1 << 31", "2147483648"},
        {"-8 >> 1", "-4"},
        {"(int)2.0 > 5 && 0", "0"},
        {"2147483647 + 1", "?"},
        {"1 / 0", "?"},
        {"1 % 0", "?"},
        {"1 << 32", "?"},
        {"1 << -1", "?"},
        {"-9223372036854775807 - 2", "?"},
        {"sizeof(struct incomplete)", "?"},
        {"v", "?"},
        {"U", "?"},
        {"(__int128)1 << 100 > 0", "?"},
    };
    for (size_t i = 0; i < LEN(rows); i++)
        check_value(rows[i].expr, rows[i].want);
}
END_TEST

/* `char (*p)[SIZE]` in a prototype with an int n: the array is a VLA. */
START_TEST(form)
{
    static const struct {
        const char *size;
        bool vla;
    } rows[] = {
        {"3", false},
        {"n", true},
        {"n + 1", true},
        {"sizeof n", false},
        {"sizeof(struct incomplete)", false},
        {"sizeof(char[n])", true},
        {"sizeof(char (*)[n])", false},
        {"_Alignof(int)", false},
        {"A + U", false},
        {"1 ? 2 : n", false},
        {"(int)3.7", false},
        {"__builtin_constant_p(n)", false},
        {"v", true},
        {"(n, 3)", true},
        {"__builtin_strlen(\"abc\")", false},
        {"sizeof((struct s *)0)->i / sizeof(int)", false},
        {"-(1 / 0)", false},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        struct unit u;
        char text[1024];
        snprintf(text, sizeof text, "%s void f(int n, char (*p)[%s]);", prelude,
                 rows[i].size);
        lex_text(&u, text);
        parse(&u);
        const struct type *f = VEC_LAST(&u.decls)->type;
        ck_assert_uint_eq(f->nparams, 2);
        ck_assert_msg(f->params[1].type->vla == rows[i].vla, "%s",
                      rows[i].size);
        unit_free(&u);
    }
}
END_TEST

START_TEST(wrapping)
{
    struct unit u;
    lex_text(&u, "");
    static const struct {
        enum type_kind kind;
        int64_t v, want;
    } rows[] = {
        {TY_UCHAR, 257, 1},        {TY_SCHAR, 255, -1},
        {TY_BOOL, 256, 1},         {TY_SHORT, 0x8000, -32768},
        {TY_UINT, -1, 4294967295}, {TY_INT, 4294967295, -1},
        {TY_LONG, -5, -5},         {TY_ULONG, -5, -5},
        {TY_DOUBLE, 7, 7},
    };
    for (size_t i = 0; i < LEN(rows); i++)
        ck_assert_int_eq(
            const_wrap(type_basic(&u.types, rows[i].kind), rows[i].v),
            rows[i].want);
    unit_free(&u);
}
END_TEST

Suite *suite_const(void)
{
    Suite *s = suite_create("const");
    TCase *t = tcase_create("const");
    tcase_add_test(t, values);
    tcase_add_test(t, form);
    tcase_add_test(t, wrapping);
    suite_add_tcase(s, t);
    return s;
}
