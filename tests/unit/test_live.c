/* SPDX-License-Identifier: MIT
 * What is needed after each suspension point, and what may have no value. */
#include "tests/unit/suite.h"

#include <stdlib.h>

#include "tests/unit/body.h"

static const struct {
    const char *text;
    uint32_t state;
    const char *live;
} cases[] = {
    {"await v(); return 0;", 1, ""},
    {"await v(); return i;", 1, "i"},
    {"await v(); i = 1; return i;", 1, ""},
    {"await g(i); return u;", 1, "u"},
    {"int k = i; await v(); return k;", 1, "k"},
    {"int k = i; i = await g(k); return i;", 1, ""},
    {"int k = 1; await v(); if (i) k = 2; return k;", 1, "i k"},
    {"int k = 1; await v(); if (i) k = 2; else k = 3; return k;", 1, "i"},
    /* around a loop */
    {"while (i) { await v(); i--; }", 1, "i"},
    {"for (int k = 0; k < i; k++) await v();", 1, "i k"},
    {"for (;;) { int k = i; await v(); plain(k); }", 1, "i k"},
    {"for (;;) { int k = i; plain(k); await v(); }", 1, "i"},
    /* each has its own */
    {"await v(); plain(i); await v(); plain((int)u);", 1, "i u"},
    {"await v(); plain(i); await v(); plain((int)u);", 2, "u"},
    /* the way out of an error needs values too */
    {"int k = i; try { await v(); } catch (int e) { return k; }", 1, "k"},
    {"goto b; a: return i; b: await v(); goto a;", 1, "i"},
    {"switch (i) { case 1: await v(); case 2: return (int)u; }", 1, "u"},
};

START_TEST(what_is_read_later_is_live)
{
    struct prepared p;
    prepare_body(&p, cases[_i].text);
    const struct live *l = p.f->live;
    live_verify(&p.u, l);
    char *got = prepared_names(&p, l->at[cases[_i].state]);
    ck_assert_msg(strcmp(got, cases[_i].live) == 0, "%s at %u: '%s', not '%s'",
                  cases[_i].text, cases[_i].state, got, cases[_i].live);
    free(got);
    prepared_free(&p);
}
END_TEST

static const struct {
    const char *text, *local;
    bool unset;
} unset[] = {
    {"int k; await v(); k = 1; return k;", "k", true},
    {"int k = 1; await v(); return k;", "k", false},
    {"int k; if (i) k = 1; await v(); return k;", "k", true},
    {"int k; if (i) k = 1; else k = 2; await v(); return k;", "k", false},
    {"await v(); return i;", "i", false},
    {"struct s w; w.x = 1; await v(); return w.x;", "w", true},
};

START_TEST(what_no_path_has_set_may_be_unset)
{
    struct prepared p;
    prepare_body(&p, unset[_i].text);
    uint32_t k = prepared_local(&p, unset[_i].local);
    ck_assert_msg(bits_has(p.f->live->unset[1], k) == unset[_i].unset, "%s",
                  unset[_i].text);
    prepared_free(&p);
}
END_TEST

/* More locals than a machine word has bits. */
START_TEST(sets_have_any_width)
{
    struct prepared p;
    struct buf z = {0};
    for (int i = 0; i < 200; i++)
        buf_printf(&z, "int k%d = plain(%d);", i, i);
    buf_puts(&z, "await v();");
    for (int i = 0; i < 200; i += 2)
        buf_printf(&z, "plain(k%d);", i);
    buf_putc(&z, '\0');
    prepare_body(&p, z.p);
    ck_assert_uint_eq(bits_count(p.f->live->at[1]), 100);
    ck_assert(bits_has(p.f->live->at[1], prepared_local(&p, "k198")));
    ck_assert(!bits_has(p.f->live->at[1], prepared_local(&p, "k199")));
    prepared_free(&p);
    buf_free(&z);
}
END_TEST

Suite *suite_live(void)
{
    Suite *s = suite_create("live");
    TCase *t = tcase_create("live");
    tcase_add_loop_test(t, what_is_read_later_is_live, 0, LEN(cases));
    tcase_add_loop_test(t, what_no_path_has_set_may_be_unset, 0, LEN(unset));
    tcase_add_test(t, sets_have_any_width);
    suite_add_tcase(s, t);
    return s;
}
