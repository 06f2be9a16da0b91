/* SPDX-License-Identifier: MIT */
#include "tests/unit/suite.h"

#include <stdio.h>
#include <string.h>

#include "gen/str.h"

START_TEST(strings_compare_by_content)
{
    struct str empty = {0}, ab = {"abc", 2}, ab2 = {"ab", 2}, nul = {"a\0b", 3};
    ck_assert(str_eq(empty, (struct str){"x", 0}));
    ck_assert(str_eq(ab, ab2));
    ck_assert(!str_eq(ab, (struct str){"ac", 2}));
    ck_assert(!str_eq(ab, (struct str){"abc", 3}));
    ck_assert(str_is(ab, "ab"));
    ck_assert(!str_is(ab, "abc"));
    ck_assert(!str_is(nul, "a"));
    ck_assert(str_is(empty, ""));
    ck_assert_uint_eq(str_z("hello").n, 5);
    ck_assert_str_eq(str_z("hello").p, "hello");
}
END_TEST

START_TEST(equal_identifiers_are_one_atom)
{
    struct arena a;
    struct atoms t;
    arena_init(&a, NULL, NULL);
    atoms_init(&t, &a);
    char text[] = "foo foobar foo";
    struct atom *foo = atoms_get(&t, text, 3);
    ck_assert_ptr_ne(foo, atoms_get(&t, text + 4, 6));
    ck_assert_ptr_eq(foo, atoms_get(&t, text + 11, 3));
    ck_assert_ptr_eq(foo, atoms_z(&t, "foo"));
    ck_assert_ptr_ne(foo, atoms_get(&t, "Foo", 3));
    memset(text, 'x', sizeof text - 1);
    ck_assert_str_eq(foo->s, "foo");
    ck_assert_uint_eq(foo->n, 3);
    ck_assert(!foo->kw && !foo->word && !foo->decl && !foo->tag);
    ck_assert_str_eq(atoms_get(&t, "", 0)->s, "");
    ck_assert_ptr_ne(atoms_get(&t, "a\0b", 3), atoms_get(&t, "a\0c", 3));
    arena_free(&a);
}
END_TEST

START_TEST(many_atoms_are_found_again)
{
    enum { MANY = 50000 };
    static struct atom *all[MANY];
    struct arena a;
    struct atoms t;
    char name[32];
    arena_init(&a, NULL, NULL);
    atoms_init(&t, &a);
    for (int i = 0; i < MANY; i++) {
        int n = snprintf(name, sizeof name, "name_%d", i);
        all[i] = atoms_get(&t, name, (size_t)n);
    }
    ck_assert_uint_eq(t.n, MANY);
    ck_assert_uint_eq(t.nbucket & (t.nbucket - 1), 0);
    for (int i = 0; i < MANY; i++) {
        int n = snprintf(name, sizeof name, "name_%d", i);
        ck_assert_ptr_eq(all[i], atoms_get(&t, name, (size_t)n));
        ck_assert_str_eq(all[i]->s, name);
    }
    ck_assert_uint_eq(t.n, MANY);
    arena_free(&a);
}
END_TEST

static bool not_y(const struct atom *a)
{
    return a->s[0] != 'y';
}

START_TEST(a_misspelt_name_has_a_neighbour)
{
    static const struct {
        const char *name, *nearest;
    } cases[] = {
        {"awiat", "await"},   {"awat", "await"},    {"aawait", "await"},
        {"awaitt", "await"},  {"awxyt", NULL},      {"aw", NULL},
        {"gther", "gather"},  {"gahtre", "gather"}, {"gather", NULL},
        {"coutn1", "count1"}, {"count9", "count1"}, {"ycount", "count1"},
        {"abx", "abc"},       {"unlike_all", NULL},
    };
    static const char *const all[] = {"await",  "gather",  "count2",
                                      "count1", "ycount1", "abc"};
    struct arena a;
    struct atoms t;
    arena_init(&a, NULL, NULL);
    atoms_init(&t, &a);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        atoms_z(&t, all[i]);
    struct atom *near = atoms_nearest(&t, atoms_z(&t, cases[_i].name), not_y);
    if (cases[_i].nearest) {
        ck_assert_ptr_nonnull(near);
        ck_assert_str_eq(near->s, cases[_i].nearest);
    } else {
        ck_assert_ptr_null(near);
    }
    arena_free(&a);
}
END_TEST

Suite *suite_str(void)
{
    Suite *s = suite_create("str");
    TCase *t = tcase_create("str");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, strings_compare_by_content);
    tcase_add_test(t, equal_identifiers_are_one_atom);
    tcase_add_test(t, many_atoms_are_found_again);
    tcase_add_loop_test(t, a_misspelt_name_has_a_neighbour, 0, 14);
    suite_add_tcase(s, t);
    return s;
}
