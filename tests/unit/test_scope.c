/* SPDX-License-Identifier: MIT */
#include "tests/unit/suite.h"

#include "gen/scope.h"
#include "tests/unit/util.h"

static struct atom *name(struct unit *u, const char *z)
{
    return atoms_get(&u->atoms, z, strlen(z));
}

static struct decl *bind(struct unit *u, const char *z, enum decl_kind kind)
{
    struct decl *d = ARENA_NEW(&u->arena, struct decl);
    d->kind = (uint8_t)kind;
    d->name = name(u, z);
    scope_bind(&u->scopes, d);
    return d;
}

static struct tag *bind_tag(struct unit *u, const char *z)
{
    struct tag *t = ARENA_NEW(&u->arena, struct tag);
    t->name = name(u, z);
    scope_bind_tag(&u->scopes, t);
    return t;
}

START_TEST(names_come_back_when_scopes_close)
{
    struct unit u;
    lex_text(&u, "");
    struct decl *file = bind(&u, "x", DECL_VAR);
    scope_open(&u.scopes);
    ck_assert_ptr_null(scope_here(&u.scopes, file->name));
    ck_assert_ptr_eq(file->name->decl, file);
    struct decl *outer = bind(&u, "x", DECL_VAR);
    scope_open(&u.scopes);
    struct decl *inner = bind(&u, "x", DECL_VAR);
    struct decl *again = bind(&u, "x", DECL_VAR);
    ck_assert_ptr_eq(file->name->decl, again);
    ck_assert_ptr_eq(inner->shadowed, outer);
    ck_assert_ptr_eq(again->shadowed, NULL);
    ck_assert_uint_eq(inner->depth, 2);
    scope_close(&u.scopes);
    ck_assert_ptr_eq(file->name->decl, outer);
    ck_assert_ptr_eq(scope_here(&u.scopes, file->name), outer);
    scope_close(&u.scopes);
    ck_assert_ptr_eq(file->name->decl, file);
    ck_assert_uint_eq(u.scopes.depth, 0);
    unit_free(&u);
}
END_TEST

START_TEST(tags_are_a_name_space_of_their_own)
{
    struct unit u;
    lex_text(&u, "");
    struct decl *d = bind(&u, "x", DECL_VAR);
    struct tag *t = bind_tag(&u, "x");
    scope_open(&u.scopes);
    ck_assert_ptr_null(scope_tag_here(&u.scopes, d->name));
    struct tag *in = bind_tag(&u, "x");
    ck_assert_ptr_eq(scope_tag_here(&u.scopes, d->name), in);
    ck_assert_ptr_eq(d->name->decl, d);
    scope_close(&u.scopes);
    ck_assert_ptr_eq(d->name->tag, t);
    ck_assert_ptr_eq(scope_tag_here(&u.scopes, d->name), t);
    unit_free(&u);
}
END_TEST

START_TEST(a_name_knows_that_it_is_hidden)
{
    struct unit u;
    lex_text(&u, "");
    struct decl *file = bind(&u, "t", DECL_TYPEDEF);
    struct decl *other = bind(&u, "v", DECL_VAR);
    scope_open(&u.scopes);
    ck_assert(!file->hidden);
    bind(&u, "t", DECL_VAR);
    ck_assert(file->hidden);
    ck_assert(!other->hidden);
    bind(&u, "v", DECL_VAR);
    ck_assert(other->hidden);
    scope_close(&u.scopes);
    unit_free(&u);
}
END_TEST

Suite *suite_scope(void)
{
    Suite *s = suite_create("scope");
    TCase *t = tcase_create("scope");
    tcase_add_test(t, names_come_back_when_scopes_close);
    tcase_add_test(t, tags_are_a_name_space_of_their_own);
    tcase_add_test(t, a_name_knows_that_it_is_hidden);
    suite_add_tcase(s, t);
    return s;
}
