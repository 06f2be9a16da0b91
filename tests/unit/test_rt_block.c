/* SPDX-License-Identifier: MIT
 * Rules 5: timeout blocks and groups, as exact traces. */
/* clang-format off */
#include "tests/unit/suite.h"

#include "tests/unit/rt.h"

static const char *with(const char *fmt, int error)
{
    static char text[600];
    snprintf(text, sizeof text, fmt, error, error, error);
    return text;
}

/* Runs a function as a task, cancels it at some times. */
FRAME(scripted, const struct aw_desc *d; const struct aw_frame *f;
      int64_t at[3]; struct aw_task *h; int i;)
{
    BEGIN(scripted);
    rt_watch();
    my->h = rt_start(my->d, my->f);
    SLEEP(0);
    for (; my->at[my->i]; my->i++) {
        SLEEP(my->at[my->i] - aw_now_ms());
        rt_log("cancel %d", aw_cancel(my->h));
    }
    JOIN(my->h);
    rt_log("joined %d", r);
    awi_unjoin(my->h);
    aw_task_release(my->h);
    r = 0;
    END;
}

#define SCRIPT(function, first, second, ...) \
    do { \
        struct awf_##function frame_ = {__VA_ARGS__}; \
        rt_reset(); \
        ck_assert_int_eq(RUN(scripted, .d = &awfd_##function, \
                             .f = &frame_.aw, .at = {first, second}), 0); \
    } while (0)

/* --- timeout ------------------------------------------------------------- */

/* timeout (outer) { timeout (inner) { worker } } */
FRAME(timeouts, int64_t outer, inner; struct work w; struct awf_worker c;
      struct awi_timeout o, i;)
{
    BEGIN(timeouts);
    awi_timeout_begin(t, &my->o, my->outer);
    awi_timeout_begin(t, &my->i, my->inner);
    my->c.aw.state = 0;
    my->c.w = my->w;
    CALL(my->c.aw, awfr_worker, awfd_worker);
    rt_log("body %d", r);
    r = awi_timeout_end(t, &my->i, r);
    rt_log("inner %d", r);
    r = awi_timeout_end(t, &my->o, r);
    rt_log("outer %d own %d", r, awi_own(t));
    END;
}

START_TEST(expiry_becomes_a_timeout_at_the_end_of_its_block)
{
    SCRIPT(timeouts, 0, 0, .outer = 90, .inner = 50, .w = {.name = "A",
           .ms = 99, .cleanup = 10});
    EXPECT(with("0 A+, 50 A!, 60 A~, 60 body -4096, 60 inner %d, "
                "60 outer %d own 0, 60 joined %d", ETIMEDOUT));
    SCRIPT(timeouts, 0, 0, .outer = 50, .inner = 90, .w = {.name = "A",
           .ms = 99});
    EXPECT(with("0 A+, 50 A!, 50 A~, 50 body -4096, 50 inner -4096, "
                "50 outer %d own 0, 50 joined %d", ETIMEDOUT));
}
END_TEST

START_TEST(both_blocks_of_a_nest_may_expire)
{
    SCRIPT(timeouts, 0, 0, .outer = 50, .inner = 50, .w = {.name = "A",
           .ms = 99});
    EXPECT(with("0 A+, 50 A!, 50 A~, 50 body -4096, 50 inner -4096, "
                "50 outer %d own 0, 50 joined %d", ETIMEDOUT));
}
END_TEST

START_TEST(in_time_nothing_happens_and_it_is_disarmed)
{
    SCRIPT(timeouts, 0, 0, .outer = 50, .inner = 50, .w = {.name = "A",
           .ms = 20});
    EXPECT("0 A+, 20 A., 20 body 0, 20 inner 0, 20 outer 0 own 0, "
           "20 joined 0");
}
END_TEST

START_TEST(a_foreign_error_wins)
{
    SCRIPT(timeouts, 0, 0, .outer = 90, .inner = 50, .w = {.name = "A",
           .ms = 99, .late = 8});
    EXPECT("0 A+, 50 A!, 50 A~, 50 body 8, 50 inner 8, 50 outer 8 own 0, "
           "50 joined 8");
}
END_TEST

START_TEST(a_foreign_cancellation_wins)
{
    SCRIPT(timeouts, 55, 0, .outer = 90, .inner = 50, .w = {.name = "A",
           .ms = 99, .cleanup = 20});
    EXPECT("0 A+, 50 A!, 55 cancel 1, 55 A!!, 55 A~, 55 body -4096, "
           "55 inner -4096, 55 outer -4096 own 1, 55 joined -4096");
}
END_TEST

START_TEST(a_body_that_swallows_it_ends_normally)
{
    SCRIPT(timeouts, 0, 0, .outer = 90, .inner = 50, .w = {.name = "A",
           .ms = 99, .swallow = true});
    EXPECT("0 A+, 50 A!, 50 A~, 50 body 0, 50 inner 0, 50 outer 0 own 0, "
           "50 joined 0");
}
END_TEST

START_TEST(without_time_it_expires_at_the_first_suspension)
{
    SCRIPT(timeouts, 0, 0, .outer = 90, .inner = 0, .w = {.name = "A",
           .ms = 9});
    EXPECT(with("0 A+, 0 A!, 0 A~, 0 body -4096, 0 inner %d, 0 outer %d own "
                "0, 0 joined %d", ETIMEDOUT));
    SCRIPT(timeouts, 0, 0, .outer = 90, .inner = -5, .w = {.name = "A",
           .ms = -1});
    EXPECT("0 A+, 0 A., 0 body 0, 0 inner 0, 0 outer 0 own 0, 0 joined 0");
}
END_TEST

/* --- group --------------------------------------------------------------- */

/* aw_group (g) { spawn ...; await the body's worker } */
FRAME(groups, const struct work *w; int n; uint32_t limit; struct work body;
      struct awi_group g; struct awf_worker c; int x[4]; int i;)
{
    BEGIN(groups);
    awi_group_begin(t, &my->g, my->limit);
    for (my->i = 0; my->i < my->n; my->i++) {
        struct aw_task *kid = awi_group_spawn(&my->g, &awfd_worker,
                                              &my->x[my->i]);
        if (kid)
            ((struct awf_worker *)awi_task_frame(kid))->w = my->w[my->i];
        else
            rt_log("no spawn");
    }
    my->c.aw.state = 0;
    my->c.w = my->body;
    if (my->body.name)
        CALL(my->c.aw, awfr_worker, awfd_worker);
    GROUP_END(my->g, r);
    rt_log("group %d: %d %d %d", r, my->x[0], my->x[1], my->x[2]);
    END;
}

START_TEST(a_group_waits_for_all)
{
    SCRIPT(groups, 0, 0, .w = (const struct work[]){
               {.name = "A", .ms = 30, .value = 1},
               {.name = "B", .ms = 10, .value = 2},
               {.name = "C", .ms = 20, .value = 3}}, .n = 3);
    EXPECT("0 A+, 0 B+, 0 C+, 10 B., 20 C., 30 A., 30 group 0: 1 2 3, "
           "30 joined 0");
}
END_TEST

START_TEST(an_empty_group_does_not_yield)
{
    SCRIPT(groups, 0, 0, .n = 0);
    EXPECT("0 group 0: 0 0 0, 0 joined 0");
}
END_TEST

static const struct work failing[] = {
    {.name = "A", .ms = 99, .cleanup = 10},
    {.name = "B", .ms = 20, .error = 7},
    {.name = "C", .ms = 99, .late = 8}};

START_TEST(the_first_error_cancels_siblings_then_the_body)
{
    SCRIPT(groups, 0, 0, .w = failing, .n = 3, .body = {.name = "body",
           .ms = 99});
    EXPECT("0 body+, 0 A+, 0 B+, 0 C+, 20 B throws, 20 A!, 20 C!, 20 C~, "
           "20 lost 8, 20 body!, 20 body~, 30 A~, 30 group 7: 0 0 0, "
           "30 joined 7");
}
END_TEST

START_TEST(an_error_when_the_body_has_ended)
{
    SCRIPT(groups, 0, 0, .w = failing, .n = 3);
    EXPECT("0 A+, 0 B+, 0 C+, 20 B throws, 20 A!, 20 C!, 20 C~, 20 lost 8, "
           "30 A~, 30 group 7: 0 0 0, 30 joined 7");
}
END_TEST

START_TEST(an_error_of_the_body_cancels_the_children)
{
    SCRIPT(groups, 0, 0, .w = failing, .n = 1, .body = {.name = "body",
           .ms = 5, .error = 9});
    EXPECT("0 body+, 0 A+, 5 body throws, 5 A!, 15 A~, 15 group 9: 0 0 0, "
           "15 joined 9");
}
END_TEST

START_TEST(a_late_error_of_the_body_is_reported)
{
    SCRIPT(groups, 0, 0, .w = failing, .n = 2, .body = {.name = "body",
           .ms = 99, .late = 9});
    EXPECT("0 body+, 0 A+, 0 B+, 20 B throws, 20 A!, 20 body!, 20 body~, "
           "20 lost 9, 30 A~, 30 group 7: 0 0 0, 30 joined 7");
}
END_TEST

START_TEST(cancelled_from_outside_all_are_cancelled_and_awaited)
{
    SCRIPT(groups, 5, 8, .w = failing, .n = 1, .body = {.name = "body",
           .ms = 99});
    EXPECT("0 body+, 0 A+, 5 cancel 1, 5 body!, 5 body~, 5 A!, 8 cancel 1, "
           "8 A!!, 8 A~, 8 group -4096: 0 0 0, 8 joined -4096");
    SCRIPT(groups, 5, 0, .w = failing, .n = 3);
    EXPECT("0 A+, 0 B+, 0 C+, 5 cancel 1, 5 A!, 5 B!, 5 B~, 5 C!, 5 C~, "
           "5 lost 8, 15 A~, 15 group -4096: 0 0 0, 15 joined -4096");
}
END_TEST

START_TEST(a_limit_starts_in_spawn_order)
{
    SCRIPT(groups, 0, 0, .limit = 2, .w = (const struct work[]){
               {.name = "A", .ms = 30}, {.name = "B", .ms = 10},
               {.name = "C", .ms = 30}, {.name = "D", .ms = 5}}, .n = 4);
    EXPECT("0 A+, 0 B+, 10 B., 10 C+, 30 A., 30 D+, 35 D., 40 C., "
           "40 group 0: 0 0 0, 40 joined 0");
}
END_TEST

START_TEST(a_limit_and_a_failure_what_waits_never_begins)
{
    SCRIPT(groups, 0, 0, .limit = 2, .w = (const struct work[]){
               {.name = "A", .ms = 30}, {.name = "B", .ms = 10, .error = 7},
               {.name = "C", .ms = 30}, {.name = "D", .ms = 5}}, .n = 4);
    EXPECT("0 A+, 0 B+, 10 B throws, 10 A!, 10 A~, 10 group 7: 0 0 0, "
           "10 joined 7");
}
END_TEST

/* a child cancelled by another: its handle is its own aw_current_task() */
static struct aw_task *stolen;

FRAME(robbed, int x;)
{
    BEGIN(robbed);
    stolen = aw_current_task();
    SLEEP(99);
    rt_log("robbed %d", r);
    END;
}

FRAME(ignoring, struct awi_group g; struct aw_task *kid;)
{
    BEGIN(ignoring);
    awi_group_begin(t, &my->g, 0);
    awi_group_spawn(&my->g, &awfd_robbed, NULL);
    my->kid = awi_group_spawn(&my->g, &awfd_worker, NULL);
    ((struct awf_worker *)awi_task_frame(my->kid))->w =
        (struct work){.name = "B", .ms = 20};
    SLEEP(5);
    rt_log("asked %d", aw_cancel(stolen));
    GROUP_END(my->g, r);
    rt_log("group %d", r);
    END;
}

START_TEST(a_child_cancelled_by_others_is_ignored)
{
    SCRIPT(ignoring, 0, 0, .ret = 0);
    EXPECT("0 B+, 5 asked 1, 5 robbed -4096, 20 B., 20 group 0, 20 joined 0");
}
END_TEST

/* --- no memory ----------------------------------------------------------- */

static int allocations_left;

static void *scarce(void *ctx, size_t size)
{
    (void)ctx;
    return allocations_left-- > 0 ? malloc(size) : NULL;
}

static void give_back(void *ctx, void *p, size_t size)
{
    (void)ctx;
    (void)size;
    free(p);
}

START_TEST(a_spawn_without_memory_fails_the_group)
{
    static const aw_allocator few = {scarce, give_back, NULL};
    aw_set_allocator(&few);
    allocations_left = 2;
    SCRIPT(groups, 0, 0, .w = failing, .n = 3, .body = {.name = "body",
           .ms = 99});
    EXPECT(with("0 no spawn, 0 no spawn, 0 body+, 0 body!, 0 body~, "
                "0 group %d: 0 0 0, 0 joined %d", ENOMEM));
    allocations_left = 2;
    SCRIPT(groups, 0, 0, .w = failing, .n = 2);
    EXPECT(with("0 no spawn, 0 group %d: 0 0 0, 0 joined %d", ENOMEM));
    aw_set_allocator(NULL);
}
END_TEST

Suite *suite_rt_block(void)
{
    Suite *s = suite_create("rt_block");
    TCase *c = tcase_create("timeout");
    tcase_add_test(c, expiry_becomes_a_timeout_at_the_end_of_its_block);
    tcase_add_test(c, both_blocks_of_a_nest_may_expire);
    tcase_add_test(c, in_time_nothing_happens_and_it_is_disarmed);
    tcase_add_test(c, a_foreign_error_wins);
    tcase_add_test(c, a_foreign_cancellation_wins);
    tcase_add_test(c, a_body_that_swallows_it_ends_normally);
    tcase_add_test(c, without_time_it_expires_at_the_first_suspension);
    suite_add_tcase(s, c);
    c = tcase_create("group");
    tcase_add_test(c, a_group_waits_for_all);
    tcase_add_test(c, an_empty_group_does_not_yield);
    tcase_add_test(c, the_first_error_cancels_siblings_then_the_body);
    tcase_add_test(c, an_error_when_the_body_has_ended);
    tcase_add_test(c, an_error_of_the_body_cancels_the_children);
    tcase_add_test(c, a_late_error_of_the_body_is_reported);
    tcase_add_test(c, cancelled_from_outside_all_are_cancelled_and_awaited);
    tcase_add_test(c, a_limit_starts_in_spawn_order);
    tcase_add_test(c, a_limit_and_a_failure_what_waits_never_begins);
    tcase_add_test(c, a_child_cancelled_by_others_is_ignored);
    tcase_add_test(c, a_spawn_without_memory_fails_the_group);
    suite_add_tcase(s, c);
    return s;
}
