/* SPDX-License-Identifier: MIT
 * Rules 5: wait_for, race, shield, as exact traces. */
/* clang-format off */
#include "tests/unit/suite.h"

#include "tests/unit/rt.h"

/* --- wait_for ------------------------------------------------------------ */

/* The way a function would await aw_wait_for_ms(worker, ms). */
FRAME(waits, struct work w; int64_t ms; struct awi_wait_for f; struct kid k;
      int x; struct awi_gather *held;)
{
    BEGIN(waits);
    my->held = NULL;
    awi_wait_for_init(&my->f, my->ms);
    awi_hold_in(&my->f.g, &my->held);
    rt_add(&my->f.g, &my->k, my->w, &my->x);
    WAIT_FOR(my->f);
    rt_log("wait_for %d: %d", r, my->x);
    my->ret = r;
    DRAIN;
    rt_log("left");
    r = r ? r : my->ret;
    END;
}

/* Runs a function as a task and cancels it at some times. */
struct script {
    const struct aw_desc *d;
    const struct aw_frame *f;
    int64_t at[3];
    bool early;     /* the sleep is armed before the function begins */
};

FRAME(scripted, struct script s; struct aw_task *h; int i;)
{
    BEGIN(scripted);
    rt_watch();
    my->h = rt_start(my->s.d, my->s.f);
    for (my->i = 0; my->i < 3 && !my->s.early; my->i++)
        SLEEP(0);
    for (my->i = 0; my->s.at[my->i]; my->i++) {
        SLEEP(my->s.at[my->i] - aw_now_ms());
        rt_log("cancel %d", aw_cancel(my->h));
    }
    JOIN(my->h);
    rt_log("joined %d", r);
    awi_unjoin(my->h);
    aw_task_release(my->h);
    r = 0;
    END;
}

#define SCRIPT(function, fields, ...) \
    do { \
        struct awf_##function frame_ = fields; \
        rt_reset(); \
        ck_assert_int_eq(RUN(scripted, .s = {&awfd_##function, &frame_.aw, \
                                             __VA_ARGS__}), 0); \
    } while (0)
#define FIELDS(...) {__VA_ARGS__}

static const char *timed_out(const char *fmt)
{
    static char text[400];
    snprintf(text, sizeof text, fmt, ETIMEDOUT, ETIMEDOUT, ETIMEDOUT);
    return text;
}

static void waits(struct work w, int64_t ms, int64_t first, int64_t second,
                  const char *trace)
{
    SCRIPT(waits, FIELDS(.w = w, .ms = ms), .at = {first, second});
    EXPECT(trace);
}

START_TEST(in_time_the_value_or_the_error)
{
    waits((struct work){.name = "A", .ms = 10, .value = 5}, 50, 0, 0,
          "0 A+, 10 A., 10 wait_for 0: 5, 10 left, 10 joined 0");
    waits((struct work){.name = "A", .ms = 10, .error = 7}, 50, 0, 0,
          "0 A+, 10 A throws, 10 wait_for 7: 0, 10 left, 10 joined 7");
}
END_TEST

START_TEST(an_overrun_awaits_the_cleanup_then_throws)
{
    waits((struct work){.name = "A", .ms = 99, .cleanup = 20}, 50, 0, 0,
          timed_out("0 A+, 50 A!, 70 A~, 70 wait_for %d: 0, 70 left, "
                    "70 joined %d"));
    waits((struct work){.name = "A", .ms = 99, .swallow = true, .value = 3},
          50, 0, 0,
          timed_out("0 A+, 50 A!, 50 A~, 50 wait_for %d: 0, 50 left, "
                    "50 joined %d"));
    waits((struct work){.name = "A", .ms = 99, .late = 8}, 50, 0, 0,
          timed_out("0 A+, 50 A!, 50 A~, 50 lost 8, 50 wait_for %d: 0, "
                    "50 left, 50 joined %d"));
}
END_TEST

START_TEST(equal_deadlines_are_an_overrun)
{
    waits((struct work){.name = "A", .ms = 50}, 50, 0, 0,
          timed_out("0 A+, 50 A!, 50 A~, 50 wait_for %d: 0, 50 left, "
                    "50 joined %d"));
}
END_TEST

START_TEST(without_time_it_runs_to_its_first_suspension)
{
    waits((struct work){.name = "A", .ms = -1, .value = 4}, 0, 0, 0,
          "0 A+, 0 A., 0 wait_for 0: 4, 0 left, 0 joined 0");
    waits((struct work){.name = "A", .ms = 0}, -3, 0, 0,
          timed_out("0 A+, 0 A!, 0 A~, 0 wait_for %d: 0, 0 left, "
                    "0 joined %d"));
}
END_TEST

START_TEST(cancelled_from_outside_the_child_is_held)
{
    waits((struct work){.name = "A", .ms = 99, .cleanup = 20}, 50, 10, 0,
          "0 A+, 10 cancel 1, 10 wait_for -4096: 0, 10 A!, 30 A~, 30 left, "
          "30 joined -4096");
}
END_TEST

START_TEST(cancelled_in_the_overrun_it_is_forwarded_and_wins)
{
    waits((struct work){.name = "A", .ms = 99, .cleanup = 20}, 50, 60, 0,
          "0 A+, 50 A!, 60 cancel 1, 60 A!!, 60 A~, 60 wait_for -4096: 0, "
          "60 left, 60 joined -4096");
}
END_TEST

START_TEST(cancel_wins_over_the_end_of_the_same_step)
{
    SCRIPT(waits, FIELDS(.w = {.name = "A", .ms = 20, .value = 5}, .ms = 50),
           .at = {20}, .early = true);
    EXPECT("0 A+, 20 cancel 1, 20 A., 20 wait_for -4096: 5, 20 left, "
           "20 joined -4096");
    SCRIPT(waits, FIELDS(.w = {.name = "A", .ms = 20, .error = 7}, .ms = 50),
           .at = {20});
    EXPECT("0 A+, 20 A throws, 20 cancel 1, 20 lost 7, "
           "20 wait_for -4096: 0, 20 left, 20 joined -4096");
}
END_TEST

/* gather as the child of wait_for: both are cancelled, both clean up */
FRAME(waits_gather, struct awi_wait_for f; struct { struct awi_child k;
      struct awi_gather g; struct kid a, b; } in; struct awi_gather *held;)
{
    BEGIN(waits_gather);
    my->held = NULL;
    awi_gather_init(&my->in.g);
    awi_hold_in(&my->in.g, &my->held);
    rt_add(&my->in.g, &my->in.a,
           (struct work){.name = "a", .ms = 99, .cleanup = 10}, NULL);
    rt_add(&my->in.g, &my->in.b, (struct work){.name = "b", .ms = 99}, NULL);
    awi_wait_for_init(&my->f, 50);
    awi_hold_in(&my->f.g, &my->held);
    awi_gather_add(&my->f.g, &my->in.k, &my->in.g.aw, &awi_gather_desc, NULL);
    WAIT_FOR(my->f);
    rt_log("wait_for %d", r);
    DRAIN;
    END;
}

START_TEST(wait_for_of_a_gather)
{
    SCRIPT(waits_gather, FIELDS(.ret = 0), .at = {0});
    EXPECT(timed_out("0 a+, 0 b+, 50 a!, 50 b!, 50 b~, 60 a~, "
                     "60 wait_for %d, 60 joined 0"));
}
END_TEST

FRAME(waits_task, struct aw_task *on; struct awi_wait_for f;
      struct awi_handle n; int x; int64_t ms; struct awi_gather *held;)
{
    BEGIN(waits_task);
    my->held = NULL;
    awi_wait_for_init(&my->f, my->ms);
    awi_hold_in(&my->f.g, &my->held);
    rt_add_task(&my->f.g, &my->n, my->on, &my->x);
    WAIT_FOR(my->f);
    rt_log("wait_for %d: %d", r, my->x);
    DRAIN;
    END;
}

FRAME(task_waits, struct aw_task *a; struct awf_waits_task f; int64_t ms, at;)
{
    BEGIN(task_waits);
    my->a = rt_spawn((struct work){.name = "A", .ms = 30, .value = 6});
    SLEEP(my->at);
    my->f.aw.state = 0;
    my->f.on = my->a;
    my->f.ms = my->ms;
    CALL(my->f.aw, awfr_waits_task, awfd_waits_task);
    aw_task_release(my->a);
    END;
}

START_TEST(wait_for_of_a_task)
{
    rt_reset();
    ck_assert_int_eq(RUN(task_waits, .ms = 50, .at = 10), 0);
    EXPECT("0 A+, 30 A., 30 wait_for 0: 6");
    rt_reset();
    ck_assert_int_eq(RUN(task_waits, .ms = 10, .at = 10), 0);
    EXPECT(timed_out("0 A+, 20 A!, 20 A~, 20 wait_for %d: 0"));
    rt_reset();
    ck_assert_int_eq(RUN(task_waits, .ms = 0, .at = 40), 0);
    EXPECT("0 A+, 30 A., 40 wait_for 0: 6");
}
END_TEST

/* --- race ---------------------------------------------------------------- */

FRAME(races, const struct work *w; int n; struct awi_gather g;
      struct kid k[3]; int x[3]; struct awi_gather *held;)
{
    BEGIN(races);
    my->held = NULL;
    awi_race_init(&my->g);
    awi_hold_in(&my->g, &my->held);
    for (int i = 0; i < my->n; i++)
        rt_add(&my->g, &my->k[i], my->w[i], &my->x[i]);
    RACE(my->g);
    rt_log("race %d: %d (%d %d %d)", r, my->g.ret, my->x[0], my->x[1],
           my->x[2]);
    DRAIN;
    END;
}

START_TEST(the_first_to_end_wins_losers_are_awaited)
{
    static const struct work w[] = {
        {.name = "A", .ms = 99, .cleanup = 10, .value = 1},
        {.name = "B", .ms = 20, .value = 2},
        {.name = "C", .ms = 99, .late = 9}};
    SCRIPT(races, FIELDS(.w = w, .n = 3), .at = {0});
    EXPECT("0 A+, 0 B+, 0 C+, 20 B., 20 A!, 20 C!, 20 C~, 20 lost 9, "
           "30 A~, 30 race 0: 1 (0 2 0), 30 joined 0");
}
END_TEST

START_TEST(the_first_may_be_an_error)
{
    static const struct work w[] = {
        {.name = "A", .ms = 99},
        {.name = "B", .ms = 20, .error = 7},
        {.name = "C", .ms = 20, .error = 8}};
    SCRIPT(races, FIELDS(.w = w, .n = 3), .at = {0});
    EXPECT("0 A+, 0 B+, 0 C+, 20 B throws, 20 C throws, 20 lost 8, 20 A!, "
           "20 A~, 20 race 7: 1 (0 0 0), 20 joined 0");
}
END_TEST

START_TEST(a_race_cancelled_waits_for_all)
{
    static const struct work w[] = {
        {.name = "A", .ms = 99, .cleanup = 10},
        {.name = "B", .ms = 99}};
    SCRIPT(races, FIELDS(.w = w, .n = 2), .at = {20, 25});
    EXPECT("0 A+, 0 B+, 20 cancel 1, 20 A!, 20 B!, 20 B~, 25 cancel 1, "
           "25 A!!, 25 A~, 25 race -4096: 0 (0 0 0), 25 joined 0");
}
END_TEST

FRAME(race_tasks, struct aw_task *a, *b; struct awi_gather g;
      struct awi_handle n[2]; struct kid k; int x[3];)
{
    BEGIN(race_tasks);
    rt_watch();
    my->a = rt_spawn((struct work){.name = "A", .ms = 99, .cleanup = 5});
    my->b = rt_spawn((struct work){.name = "B", .ms = 1, .value = 2});
    SLEEP(10);
    awi_race_init(&my->g);
    rt_add(&my->g, &my->k, (struct work){.name = "K"}, &my->x[0]);
    rt_add_task(&my->g, &my->n[0], my->a, &my->x[1]);
    rt_add_task(&my->g, &my->n[1], my->b, &my->x[2]);
    RACE(my->g);
    rt_log("race %d: %d (%d)", r, my->g.ret, my->x[2]);
    aw_task_release(my->a);
    aw_task_release(my->b);
    END;
}

START_TEST(won_before_it_begins_calls_never_run)
{
    rt_reset();
    ck_assert_int_eq(RUN(race_tasks, .ret = 0), 0);
    EXPECT("0 A+, 0 B+, 1 B., 10 A!, 15 A~, 15 race 0: 2 (2)");
}
END_TEST

/* --- shield -------------------------------------------------------------- */

FRAME(shields, struct work w; struct awi_gather g; struct kid k; int x;
      struct awi_gather *held;)
{
    BEGIN(shields);
    my->held = NULL;
    awi_shield_init(&my->g);
    awi_hold_in(&my->g, &my->held);
    rt_add(&my->g, &my->k, my->w, &my->x);
    SHIELD(my->g);
    rt_log("shield %d: %d", r, my->x);
    my->ret = r;
    DRAIN;
    rt_log("left");
    r = r ? r : my->ret;
    END;
}

START_TEST(a_shielded_call_is_not_cancelled_but_held)
{
    SCRIPT(shields, FIELDS(.w = {.name = "A", .ms = 30, .value = 5}),
           .at = {0});
    EXPECT("0 A+, 30 A., 30 shield 0: 5, 30 left, 30 joined 0");
    SCRIPT(shields, FIELDS(.w = {.name = "A", .ms = 30, .value = 5}),
           .at = {10});
    EXPECT("0 A+, 10 cancel 1, 10 shield -4096: 0, 30 A., 30 left, "
           "30 joined -4096");
    SCRIPT(shields, FIELDS(.w = {.name = "A", .ms = 30, .error = 7}),
           .at = {10, 20});
    EXPECT("0 A+, 10 cancel 1, 10 shield -4096: 0, 20 cancel 1, 20 A!, "
           "20 A~, 20 left, 20 joined -4096");
}
END_TEST

/* Main ends with the shielding task at its await, or in its own cleanup. */
FRAME(left_shielding, struct aw_task *h; bool asked;)
{
    BEGIN(left_shielding);
    my->h = START(shields, .w = {.name = "A", .ms = 1000, .cleanup = 5});
    SLEEP(10);
    if (my->asked)
        aw_cancel(my->h);
    aw_task_release(my->h);
    SLEEP(10);
    rt_log("main ends");
    END;
}

START_TEST(the_end_of_the_loop_cancels_what_is_shielded)
{
    rt_reset();
    ck_assert_int_eq(RUN(left_shielding, .asked = false), 0);
    EXPECT("0 A+, 20 main ends, 20 shield -4096: 0, 20 A!, 25 A~, 25 left");
    rt_reset();
    ck_assert_int_eq(RUN(left_shielding, .asked = true), 0);
    EXPECT("0 A+, 10 shield -4096: 0, 20 main ends, 20 A!, 25 A~, 25 left");
}
END_TEST

FRAME(shields_task, struct aw_task *on; struct awi_gather g;
      struct awi_handle n; int x; struct awi_gather *held;)
{
    BEGIN(shields_task);
    my->held = NULL;
    awi_shield_init(&my->g);
    awi_hold_in(&my->g, &my->held);
    rt_add_task(&my->g, &my->n, my->on, &my->x);
    SHIELD(my->g);
    rt_log("shield %d: %d", r, my->x);
    END;
}

FRAME(shielded, struct aw_task *a, *b, *c;)
{
    BEGIN(shielded);
    my->a = rt_spawn((struct work){.name = "A", .ms = 30, .value = 5});
    my->b = START(shields_task, .on = my->a);
    my->c = START(shields_task, .on = my->a);
    SLEEP(10);
    rt_log("cancel %d", aw_cancel(my->b));
    JOIN(my->c);
    awi_unjoin(my->c);
    aw_task_release(my->a);
    aw_task_release(my->b);
    aw_task_release(my->c);
    END;
}

START_TEST(a_shielded_task_goes_on)
{
    rt_reset();
    ck_assert_int_eq(RUN(shielded, .ret = 0), 0);
    EXPECT("0 A+, 10 cancel 1, 10 shield -4096: 0, 30 A., 30 shield 0: 5");
}
END_TEST

Suite *suite_rt_wait(void)
{
    Suite *s = suite_create("rt_wait");
    TCase *c = tcase_create("rules 5");
    tcase_add_test(c, in_time_the_value_or_the_error);
    tcase_add_test(c, an_overrun_awaits_the_cleanup_then_throws);
    tcase_add_test(c, equal_deadlines_are_an_overrun);
    tcase_add_test(c, without_time_it_runs_to_its_first_suspension);
    tcase_add_test(c, cancelled_from_outside_the_child_is_held);
    tcase_add_test(c, cancelled_in_the_overrun_it_is_forwarded_and_wins);
    tcase_add_test(c, cancel_wins_over_the_end_of_the_same_step);
    tcase_add_test(c, wait_for_of_a_gather);
    tcase_add_test(c, wait_for_of_a_task);
    tcase_add_test(c, the_first_to_end_wins_losers_are_awaited);
    tcase_add_test(c, the_first_may_be_an_error);
    tcase_add_test(c, a_race_cancelled_waits_for_all);
    tcase_add_test(c, won_before_it_begins_calls_never_run);
    tcase_add_test(c, a_shielded_call_is_not_cancelled_but_held);
    tcase_add_test(c, the_end_of_the_loop_cancels_what_is_shielded);
    tcase_add_test(c, a_shielded_task_goes_on);
    suite_add_tcase(s, c);
    return s;
}
