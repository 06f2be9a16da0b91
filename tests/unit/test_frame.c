/* SPDX-License-Identifier: MIT
 * Where objects live, what is saved when, and what shares bytes. */
#include "tests/unit/suite.h"

#include <stdlib.h>

#include "tests/unit/body.h"

static const struct {
    const char *text, *local;
    enum residence where;
} cases[] = {
    {"int k = i; plain(k); await v();", "k", RES_LOCAL},
    {"int k = i; await v(); plain(k);", "k", RES_SAVED},
    {"int k = i; int *r = &k; await v(); plain(*r);", "k", RES_FRAME},
    {"int k = i; int *r = &k; await v(); plain(*r);", "r", RES_SAVED},
    {"int a[3] = {1}; await v(); plain(a[0]);", "a", RES_FRAME},
    {"volatile int k = i; await v(); plain(k);", "k", RES_FRAME},
    {"await v(); return i;", "i", RES_SAVED},
    {"plain(i); await v();", "i", RES_LOCAL},
};

START_TEST(objects_live_where_they_must)
{
    struct prepared p;
    prepare_body(&p, cases[_i].text);
    frame_verify(&p.u, p.f->frame);
    uint32_t k = prepared_local(&p, cases[_i].local);
    ck_assert_msg(p.f->frame->where[k] == cases[_i].where, "%s: %s is %d",
                  cases[_i].text, cases[_i].local, p.f->frame->where[k]);
    prepared_free(&p);
}
END_TEST

/* state, what is written before it and what is read back after it */
static const struct {
    const char *text;
    uint32_t state;
    const char *save, *reload;
} saves[] = {
    {"int k = i; await v(); plain(k);", 1, "k", "k"},
    {"int k = i; await v(); plain(k); await v(); plain(k);", 1, "k", "k"},
    /* the first may have ended at once, with nothing saved */
    {"int k = i; await v(); plain(k); await v(); plain(k);", 2, "k", "k"},
    {"int k = i; await v(); k++; await v(); plain(k);", 2, "k", "k"},
    /* a parameter came in the frame */
    {"await v(); plain(i);", 1, "", "i"},
    {"i = 2; await v(); plain(i);", 1, "i", "i"},
    {"await v(); plain(1);", 1, "", ""},
    {"for (int k = 0; k < 3; k++) await v();", 1, "k", "k"},
};

START_TEST(only_what_is_live_and_new_is_saved)
{
    struct prepared p;
    prepare_body(&p, saves[_i].text);
    const struct frame *f = p.f->frame;
    char *save = prepared_names(&p, f->save[saves[_i].state]);
    char *reload = prepared_names(&p, f->reload[saves[_i].state]);
    ck_assert_msg(strcmp(save, saves[_i].save) == 0, "%s saves '%s'",
                  saves[_i].text, save);
    ck_assert_msg(strcmp(reload, saves[_i].reload) == 0, "%s reloads '%s'",
                  saves[_i].text, reload);
    free(save);
    free(reload);
    prepared_free(&p);
}
END_TEST

/* How deep in unions the slot called `name` is; -1 when not below r. */
static int depth_of(const struct frame_region *r, const char *name)
{
    for (uint32_t i = 0; i < r->slots.n; i++)
        if (strcmp(r->slots.v[i].name, name) == 0)
            return 0;
    for (uint32_t i = 0; i < r->parts.n; i++) {
        int d = depth_of(r->parts.v[i], name);
        if (d >= 0)
            return d + 1;
    }
    return -1;
}

/* The part of r that has it. */
static const struct frame_region *part_with(const struct frame_region *r,
                                            const char *name)
{
    for (uint32_t i = 0; i < r->parts.n; i++)
        if (depth_of(r->parts.v[i], name) >= 0)
            return r->parts.v[i];
    ck_abort_msg("no %s", name);
}

/* The smallest region that has both. */
static const struct frame_region *common(const struct frame_region *r,
                                         const char *a, const char *b)
{
    for (uint32_t i = 0; i < r->parts.n; i++)
        if (depth_of(r->parts.v[i], a) >= 0 && depth_of(r->parts.v[i], b) >= 0)
            return common(r->parts.v[i], a, b);
    return r;
}

START_TEST(blocks_side_by_side_share_bytes)
{
    struct prepared p;
    prepare_body(&p, "{ char a[99]; plain(a[0]); await v(); plain(a[1]); }"
                     "{ char b[99]; plain(b[0]); await v(); plain(b[1]); }");
    const struct frame_region *r = common(p.f->frame->root, "a", "b");
    ck_assert_ptr_ne(part_with(r, "a"), part_with(r, "b"));
    prepared_free(&p);
}
END_TEST

START_TEST(blocks_inside_do_not)
{
    struct prepared p;
    prepare_body(&p, "char a[99]; plain(a[0]); { char b[99]; plain(b[0]);"
                     "await v(); plain(b[1]); } plain(a[1]);");
    const struct frame_region *r = common(p.f->frame->root, "a", "b");
    ck_assert_int_eq(depth_of(r, "a"), 0);
    ck_assert_int_ge(depth_of(r, "b"), 0);
    prepared_free(&p);
}
END_TEST

Suite *suite_frame(void)
{
    Suite *s = suite_create("frame");
    TCase *t = tcase_create("frame");
    tcase_add_loop_test(t, objects_live_where_they_must, 0, LEN(cases));
    tcase_add_loop_test(t, only_what_is_live_and_new_is_saved, 0, LEN(saves));
    tcase_add_test(t, blocks_side_by_side_share_bytes);
    tcase_add_test(t, blocks_inside_do_not);
    suite_add_tcase(s, t);
    return s;
}
