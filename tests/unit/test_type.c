/* SPDX-License-Identifier: MIT
 * Types: compatibility, composites, conversions, layout, printing. What they
 * are is written in C and read by the parser; tests/same/types.sh asks the
 * compilers. */
#include "tests/unit/suite.h"

#include <stdio.h>
#include <string.h>

#include "gen/buf.h"
#include "gen/parse.h"
#include "tests/unit/util.h"

static const char prelude[] =
    "struct s { int a; char c; }; struct t; union u { int a; double d; };"
    "enum e { E = 1 }; enum n { N = -1 }; typedef int num; typedef num arr[3];"
    "typedef async int co(int); typedef int fn(int); struct k { char c; "
    "struct { int x; union { long y; char z; }; }; int flex[]; }; ";

/* The types `a` and `b`, type names, behind the prelude. */
struct pair {
    struct unit u;
    char text[1024];
    const struct type *a, *b;
};

static const struct type *type_of(const struct unit *u, const char *name)
{
    for (uint32_t i = 0; i < u->decls.n; i++) {
        if (strcmp(u->decls.v[i]->name->s, name) == 0)
            return u->decls.v[i]->type;
    }
    ck_abort_msg("%s is not declared", name);
    return NULL;
}

static void read_pair(struct pair *p, const char *a, const char *b)
{
    snprintf(p->text, sizeof p->text,
             "%stypedef __typeof__(%s) A; typedef __typeof__(%s) B;", prelude,
             a, b);
    lex_text(&p->u, p->text);
    parse(&p->u);
    ck_assert_msg(!p->u.errors && !p->u.unread, "%s, %s", a, b);
    p->a = type_of(&p->u, "A");
    p->b = type_of(&p->u, "B");
}

static void check_print(const struct type *ty, const char *want,
                        void (*print)(struct buf *, const struct type *,
                                      const char *))
{
    struct buf b = {0};
    print(&b, ty, "");
    ck_assert_str_eq(b.p ? b.p : "", want);
    buf_free(&b);
}

START_TEST(compatibility)
{
    static const struct {
        const char *a, *b;
        bool want;
    } rows[] = {
        {"int", "int", true},
        {"int", "num", true},
        {"int", "const int", false},
        {"const num", "int const", true},
        {"int", "long", false},
        {"char", "signed char", false},
        {"long", "long long", false},
        {"enum e", "unsigned", true},
        {"enum e", "int", false},
        {"enum n", "int", true},
        {"enum e", "enum n", false},
        {"int *", "const int *", false},
        {"int *", "num *", true},
        {"int *const", "int *", false},
        {"void *", "int *", false},
        {"struct s", "struct s", true},
        {"struct s *", "struct t *", false},
        {"int[3]", "int[3]", true},
        {"int[3]", "arr", true},
        {"int[3]", "int[4]", false},
        {"int[]", "int[4]", true},
        {"const int[3]", "const arr", true},
        {"int(int)", "int(int)", true},
        {"int(int)", "int(const int)", true},
        {"int(int)", "int(int, ...)", false},
        {"int(int)", "int(int, int)", false},
        {"int(int)", "int()", true},
        {"int(float)", "int()", false},
        {"int(char)", "int()", false},
        {"int(int, ...)", "int()", false},
        {"int()", "int()", true},
        {"int()", "void()", false},
        {"int(int[3])", "int(int *)", true},
        {"int(fn)", "int(fn *)", true},
        {"fn *", "co *", false},
        {"co *", "async int (*)(int)", true},
        {"co *", "async long (*)(int)", false},
        {"async_generator(int) (*)(int)", "co *", false},
        {"aw_task(int)", "aw_task(num)", true},
        {"aw_task(int)", "aw_task(long)", false},
        {"aw_task(int)", "aw_queue(int)", false},
        {"_Complex double", "_Complex double", true},
        {"_Complex double", "_Complex float", false},
        {"_Atomic int", "int", false},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        struct pair p;
        read_pair(&p, rows[i].a, rows[i].b);
        ck_assert_msg(type_compatible(p.a, p.b) == rows[i].want, "%s, %s",
                      rows[i].a, rows[i].b);
        ck_assert_msg(type_compatible(p.b, p.a) == rows[i].want, "%s, %s",
                      rows[i].b, rows[i].a);
        unit_free(&p.u);
    }
}
END_TEST

START_TEST(composites)
{
    static const struct {
        const char *a, *b, *want;
    } rows[] = {
        {"int[]", "int[3]", "int [3]"},
        {"int[3]", "int[]", "int [3]"},
        {"int (*)[]", "int (*)[2]", "int (*)[2]"},
        {"int()", "int(num)", "int (num)"},
        {"int(num)", "int()", "int (num)"},
        {"int(int (*)[])", "int(int (*)[5])", "int (int (*)[5])"},
        {"num", "int", "num"},
        {"int[][3]", "int[2][3]", "int [2][3]"},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        struct pair p;
        read_pair(&p, rows[i].a, rows[i].b);
        check_print(type_composite(&p.u.types, p.a, p.b), rows[i].want,
                    type_print);
        unit_free(&p.u);
    }
}
END_TEST

START_TEST(values_lose_what_objects_have)
{
    static const struct {
        const char *of, *promoted, *decayed;
    } rows[] = {
        {"char", "int", "char"},
        {"const unsigned short", "int", "unsigned short"},
        {"unsigned", "unsigned int", "unsigned int"},
        {"_Bool", "int", "_Bool"},
        {"enum e", "unsigned int", "enum e"},
        {"enum n", "int", "enum n"},
        {"const volatile long", "long", "long"},
        {"const float", "float", "float"},
        {"arr", "arr", "num *"},
        {"const arr", "arr", "const num *"},
        {"fn", "fn", "fn *"},
        {"int *const", "int *", "int *"},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        struct pair p;
        read_pair(&p, rows[i].of, "int");
        check_print(type_promote(&p.u.types, type_of(&p.u, "A")),
                    rows[i].promoted, type_print);
        check_print(type_decay(&p.u.types, type_of(&p.u, "A")), rows[i].decayed,
                    type_print);
        unit_free(&p.u);
    }
}
END_TEST

START_TEST(questions)
{
    static const struct {
        const char *type;
        /* integer, arithmetic, scalar, aggregate, complete, mentions async */
        const char *want;
    } rows[] = {
        {"int", "IAS-C-"},
        {"enum e", "IAS-C-"},
        {"double", "-AS-C-"},
        {"_Complex int", "-AS-C-"},
        {"int *", "--S-C-"},
        {"aw_task(int)", "--S-CM"},
        {"aw_queue(int)", "----CM"},
        {"struct s", "---AC-"},
        {"struct t", "---A--"},
        {"int[]", "---A--"},
        {"int[2]", "---AC-"},
        {"struct t[2]", "---A--"},
        {"void", "------"},
        {"fn", "------"},
        {"co", "-----M"},
        {"co *[2]", "---ACM"},
        {"void(co *)", "-----M"},
        {"fn *", "--S-C-"},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        struct pair p;
        read_pair(&p, rows[i].type, "int");
        const struct type *ty = p.a;
        char got[7] = {
            type_is_integer(ty) ? 'I' : '-',
            type_is_arith(ty) ? 'A' : '-',
            type_is_scalar(ty) ? 'S' : '-',
            type_is_aggregate(ty) ? 'A' : '-',
            type_is_complete_object(ty) ? 'C' : '-',
            type_mentions_async(ty) ? 'M' : '-',
        };
        ck_assert_msg(strcmp(got, rows[i].want) == 0, "%s: %s", rows[i].type,
                      got);
        unit_free(&p.u);
    }
}
END_TEST

START_TEST(members_are_found_through_anonymous_ones)
{
    struct pair p;
    read_pair(&p, "struct k", "union u");
    static const struct {
        const char *name, *type;
        int64_t offset;
    } rows[] = {
        {"c", "char", 0}, {"x", "int", 0},        {"y", "long", 0},
        {"z", "char", 0}, {"flex", "int []", 24},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        const struct member *m = type_member(
            p.a, atoms_get(&p.u.atoms, rows[i].name, strlen(rows[i].name)));
        ck_assert_ptr_nonnull(m);
        check_print(m->type, rows[i].type, type_print);
        ck_assert_int_eq(m->offset, rows[i].offset);
    }
    ck_assert_ptr_null(type_member(p.a, atoms_get(&p.u.atoms, "none", 4)));
    ck_assert_ptr_null(type_member(type_basic(&p.u.types, TY_INT),
                                   atoms_get(&p.u.atoms, "c", 1)));
    ck_assert_int_eq(type_sizeof(p.a), 24);
    ck_assert_int_eq(type_alignof(p.a), 8);
    ck_assert_int_eq(type_sizeof(p.b), 8);
    unit_free(&p.u);
}
END_TEST

START_TEST(sizes_that_nobody_knows)
{
    static const char *const types[] = {
        "struct t",
        "int[]",
        "struct t[3]",
        "struct { struct t x; }",
        "char[0x4000000000000000][8]",
    };
    for (size_t i = 0; i < LEN(types); i++) {
        struct pair p;
        read_pair(&p, types[i], "int");
        ck_assert_int_eq(type_sizeof(p.a), -1);
        unit_free(&p.u);
    }
}
END_TEST

/* As C sees the dialect's types, and as people do. */
START_TEST(printing)
{
    static const struct {
        const char *type, *c, *people;
    } rows[] = {
        {"aw_task(int)", "struct aw_task *", "aw_task(int)"},
        {"const aw_task(int)", "struct aw_task *const", "const aw_task(int)"},
        {"aw_task(int) *[2]", "struct aw_task **[2]", "aw_task(int) *[2]"},
        {"aw_queue(char *)", "struct aw_queue", "aw_queue(char *)"},
        {"async int (*)(int)", "const struct aw_desc *", "async int (*)(int)"},
        {"async int (*(*)[2])(int)", "const struct aw_desc *(*)[2]",
         "async int (*(*)[2])(int)"},
        {"co *(*)(co)", "co *(*)(co *)", "co *(*)(co *)"},
        {"async_generator(long) (*)(void)", "const struct aw_desc *",
         "async_generator(long) (*)(void)"},
        {"int (*(*)(void))[3]", "int (*(*)(void))[3]", "int (*(*)(void))[3]"},
        {"const num *const *", "const num *const *", "const num *const *"},
        {"const arr", "const arr", "const arr"},
        {"volatile struct s", "volatile struct s", "volatile struct s"},
        {"int(int, ...)", "int (int, ...)", "int (int, ...)"},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        struct pair p;
        read_pair(&p, rows[i].type, "int");
        check_print(p.a, rows[i].c, type_print);
        check_print(p.a, rows[i].people, type_describe);
        unit_free(&p.u);
    }
}
END_TEST

START_TEST(names_in_declarations)
{
    struct unit u;
    struct buf b = {0};
    lex_text(&u, "int (*f(char *s))[3], *p, a[2]; async void (*cb)(int);"
                 "const char *const q; aw_task(int) t, v[2];");
    parse(&u);
    for (uint32_t i = 0; i < u.decls.n; i++) {
        type_print(&b, u.decls.v[i]->type, "x");
        buf_puts(&b, "; ");
    }
    ck_assert_str_eq(b.p, "int (*x(char *))[3]; int *x; int x[2]; "
                          "const struct aw_desc *x; const char *const x; "
                          "struct aw_task *x; struct aw_task *x[2]; ");
    buf_free(&b);
    unit_free(&u);
}
END_TEST

/* A local name may hide a typedef where a type is printed. */
START_TEST(hidden_typedefs_are_not_used)
{
    struct unit u;
    struct buf b = {0};
    lex_text(&u, "typedef long hidden, seen; hidden a; seen s;"
                 "int f(void) { int hidden = 1; return await; }");
    parse(&u);
    type_print(&b, type_of(&u, "a"), "x");
    buf_puts(&b, "; ");
    type_print(&b, type_of(&u, "s"), "x");
    ck_assert_str_eq(b.p, "long x; seen x");
    buf_free(&b);
    unit_free(&u);
}
END_TEST

START_TEST(qualifiers_of_arrays_are_their_elements)
{
    struct pair p;
    read_pair(&p, "arr", "int");
    struct types *t = &p.u.types;
    const struct type *c = type_qualified(t, p.a, Q_CONST);
    ck_assert_uint_eq(c->base->quals, Q_CONST);
    check_print(c, "const arr", type_print);
    ck_assert_uint_eq(type_unqual(t, c)->base->quals, 0);
    ck_assert_ptr_eq(type_qualified(t, c, Q_CONST), c);
    ck_assert_ptr_eq(type_ptr(t, c), type_ptr(t, c));
    unit_free(&p.u);
}
END_TEST

Suite *suite_type(void)
{
    Suite *s = suite_create("type");
    TCase *t = tcase_create("type");
    tcase_add_test(t, compatibility);
    tcase_add_test(t, composites);
    tcase_add_test(t, values_lose_what_objects_have);
    tcase_add_test(t, questions);
    tcase_add_test(t, members_are_found_through_anonymous_ones);
    tcase_add_test(t, sizes_that_nobody_knows);
    tcase_add_test(t, printing);
    tcase_add_test(t, names_in_declarations);
    tcase_add_test(t, hidden_typedefs_are_not_used);
    tcase_add_test(t, qualifiers_of_arrays_are_their_elements);
    suite_add_tcase(s, t);
    return s;
}
