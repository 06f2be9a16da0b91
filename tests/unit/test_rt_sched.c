/* SPDX-License-Identifier: MIT
 * Rules 2: scheduling, as exact traces. */
/* clang-format off */
#include "tests/unit/suite.h"

#include "tests/unit/rt.h"

/* --- 2.1 ----------------------------------------------------------------- */

FRAME(fifo, struct aw_task *h[3]; int i;)
{
    static const struct work w[3] = {{.name = "A", .ms = 10},
                                     {.name = "B", .ms = 10},
                                     {.name = "C", .ms = 5}};
    BEGIN(fifo);
    for (my->i = 0; my->i < 3; my->i++)
        my->h[my->i] = rt_spawn(w[my->i]);
    rt_log("made");
    for (my->i = 0; my->i < 3; my->i++) {
        JOIN(my->h[my->i]);
        awi_unjoin(my->h[my->i]);
        aw_task_release(my->h[my->i]);
        rt_log("joined %d", my->i);
    }
    END;
}

START_TEST(ready_tasks_and_equal_deadlines_are_fifo)
{
    rt_reset();
    ck_assert_int_eq(RUN(fifo, .ret = 0), 0);
    EXPECT("0 made, 0 A+, 0 B+, 0 C+, 5 C., 10 A., 10 B., 10 joined 0, "
           "10 joined 1, 10 joined 2");
}
END_TEST

FRAME(spinner, const char *name; int n; int64_t ms;)
{
    BEGIN(spinner);
    for (; my->n > 0; my->n--) {
        rt_log("%s%d", my->name, my->n);
        SLEEP(my->ms);
    }
    END;
}

#define SPAWN(f, ...) \
    do { \
        struct aw_task *new_ = awi_task_new(&awfd_##f); \
        struct awf_##f *frame_ = (struct awf_##f *)awi_task_frame(new_); \
        struct awf_##f with_ = {.aw = frame_->aw, __VA_ARGS__}; \
        *frame_ = with_; \
        awi_task_start(new_); \
        aw_task_release(new_); \
    } while (0)

/* --- 2.1: one tick a turn, a timer re-armed in each never starves -------- */

FRAME(rearm, int i;)
{
    BEGIN(rearm);
    aw_sim_charge(1);
    SPAWN(spinner, .name = "a", .n = 3, .ms = 1);
    SPAWN(spinner, .name = "b", .n = 3, .ms = 0);
    SLEEP(4);
    rt_log("main");
    END;
}

START_TEST(rearming_does_not_starve)
{
    rt_reset();
    ck_assert_int_eq(RUN(rearm, .ret = 0), 0);
    EXPECT("1 a3, 1 b3, 2 b2, 2 a2, 3 b1, 3 a1, 4 main");
}
END_TEST

/* --- 2: a deep recursion goes on in its step, and ends no other turn ------ */

FRAME(diver, int depth; struct aw_frame *box;)
{
    BEGIN(diver);
    if (my->depth > 0) {
        my->box = awi_box_new(&my->aw, &awfd_diver);
        ((struct awf_diver *)my->box)->depth = my->depth - 1;
        r = awi_box_call(my->box, t, 0);
        if (awi_waits(r)) {
            my->aw.state = 1;
            return r;
        case 1:;
        }
        awi_box_free(my->box, &awfd_diver);
        return r;
    }
    rt_log("bottom");
    END;
}

FRAME(dives, bool last;)
{
    BEGIN(dives);
    aw_sim_charge(1);
    if (!my->last)
        SPAWN(diver, .depth = 200);
    SPAWN(spinner, .name = "b", .n = 3, .ms = 0);
    if (my->last)
        SPAWN(diver, .depth = 200);
    SLEEP(4);
    rt_log("main");
    END;
}

START_TEST(a_deep_recursion_is_one_step)
{
    rt_reset();
    ck_assert_int_eq(RUN(dives, .last = false), 0);
    EXPECT("1 bottom, 1 b3, 2 b2, 3 b1, 4 main");
    rt_reset();
    ck_assert_int_eq(RUN(dives, .last = true), 0);
    EXPECT("1 b3, 1 bottom, 2 b2, 3 b1, 4 main");
}
END_TEST

/* --- 2.2 ----------------------------------------------------------------- */

FRAME(inner, int x;)
{
    BEGIN(inner);
    rt_log("inner %d", my->x);
    SLEEP(0);
    rt_log("inner goes on");
    my->ret = my->x + 1;
    END;
}

FRAME(calls, struct awf_inner c;)
{
    BEGIN(calls);
    SPAWN(spinner, .name = "s", .n = 1);
    my->c.x = 6;
    my->c.aw.state = 0;
    rt_log("before");
    CALL(my->c.aw, awfr_inner, awfd_inner);
    rt_log("got %d", my->c.ret);
    END;
}

START_TEST(an_await_runs_at_once_as_a_call)
{
    rt_reset();
    ck_assert_int_eq(RUN(calls, .ret = 0), 0);
    EXPECT("0 before, 0 inner 6, 0 s1, 0 inner goes on, 0 got 7");
}
END_TEST

FRAME(fan, struct awi_gather g; struct kid k[3]; int x[3];)
{
    static const struct work w[3] = {{.name = "A", .ms = 10, .value = 1},
                                     {.name = "B", .ms = 30, .value = 2},
                                     {.name = "C", .ms = 20, .value = 3}};
    BEGIN(fan);
    SPAWN(spinner, .name = "s", .n = 1);
    awi_gather_init(&my->g);
    for (int i = 0; i < 3; i++)
        rt_add(&my->g, &my->k[i], w[i], &my->x[i]);
    rt_log("go");
    GATHER(my->g);
    rt_log("got %d %d %d", my->x[0], my->x[1], my->x[2]);
    END;
}

START_TEST(children_are_queued_in_argument_order)
{
    rt_reset();
    ck_assert_int_eq(RUN(fan, .ret = 0), 0);
    EXPECT("0 go, 0 s1, 0 A+, 0 B+, 0 C+, 10 A., 20 C., 30 B., 30 got 1 2 3");
}
END_TEST

/* --- 2.3 ----------------------------------------------------------------- */

FRAME(done, struct aw_task *h; struct awi_gather g; struct awi_handle a, b;
      struct kid k[2]; int x, y;)
{
    BEGIN(done);
    my->h = rt_spawn((struct work){.name = "A", .ms = -1, .value = 5});
    SLEEP(0);
    SPAWN(spinner, .name = "s", .n = 1);
    JOIN(my->h);
    rt_log("joined %d", *(const int *)awi_result(my->h, _Alignof(int)));
    awi_unjoin(my->h);
    awi_gather_init(&my->g);
    GATHER(my->g);
    rt_log("nothing");
    awi_gather_init(&my->g);
    rt_add_task(&my->g, &my->a, my->h, &my->x);
    rt_add_task(&my->g, &my->b, my->h, &my->y);
    GATHER(my->g);
    rt_log("gathered %d %d", my->x, my->y);
    awi_race_init(&my->g);
    rt_add(&my->g, &my->k[0], (struct work){.name = "never"}, NULL);
    rt_add_task(&my->g, &my->b, my->h, &my->y);
    RACE(my->g);
    rt_log("winner %d", my->g.ret);
    aw_task_release(my->h);
    END;
}

START_TEST(what_has_ended_does_not_yield)
{
    rt_reset();
    ck_assert_int_eq(RUN(done, .ret = 0), 0);
    EXPECT("0 A+, 0 A., 0 joined 5, 0 nothing, 0 gathered 5 5, 0 winner 1");
}
END_TEST

/* --- 2.4 ----------------------------------------------------------------- */

FRAME(waiter, const char *name; struct aw_task *on;)
{
    BEGIN(waiter);
    JOIN(my->on);
    rt_log("%s %d", my->name, r);
    awi_unjoin(my->on);
    r = 0;
    END;
}

FRAME(waiters, struct aw_task *h; struct awi_gather g; struct kid k[2];)
{
    BEGIN(waiters);
    my->h = rt_spawn((struct work){.name = "A", .ms = 10, .error = 7});
    SPAWN(waiter, .name = "w1", .on = my->h);
    SPAWN(waiter, .name = "w2", .on = my->h);
    SPAWN(waiter, .name = "w3", .on = my->h);
    SPAWN(spinner, .name = "s", .n = 2, .ms = 10);
    awi_gather_init(&my->g);
    rt_add(&my->g, &my->k[0], (struct work){.name = "B", .ms = 10}, NULL);
    rt_add(&my->g, &my->k[1], (struct work){.name = "C", .ms = 5}, NULL);
    GATHER(my->g);
    rt_log("gathered");
    aw_task_release(my->h);
    END;
}

START_TEST(waiters_are_woken_in_the_step_of_the_end_in_order)
{
    rt_reset();
    ck_assert_int_eq(RUN(waiters, .ret = 0), 0);
    EXPECT("0 A+, 0 s2, 0 B+, 0 C+, 5 C., 10 A throws, 10 s1, 10 B., 10 w1 7, "
           "10 w2 7, 10 w3 7, 10 gathered");
}
END_TEST

/* --- 2.5 ----------------------------------------------------------------- */

FRAME(robin, int i;)
{
    BEGIN(robin);
    SPAWN(spinner, .name = "a", .n = 3, .ms = 0);
    SPAWN(spinner, .name = "b", .n = 3, .ms = -5);
    for (my->i = 0; my->i < 4; my->i++)
        SLEEP(0);
    rt_log("main");
    END;
}

START_TEST(sleeping_zero_goes_round)
{
    rt_reset();
    ck_assert_int_eq(RUN(robin, .ret = 0), 0);
    EXPECT("0 a3, 0 b3, 0 a2, 0 b2, 0 a1, 0 b1, 0 main");
}
END_TEST

/* --- the sleep as a frame ------------------------------------------------ */

FRAME(framed, struct awf_aw_sleep_ms s; struct awi_gather g;
      struct { struct awi_child k; struct awf_aw_sleep_ms f; } c;)
{
    BEGIN(framed);
    my->s.aw.state = 0;
    my->s.ms = 5;
    CALL(my->s.aw, awfr_aw_sleep_ms, awfd_aw_sleep_ms);
    rt_log("slept");
    awi_gather_init(&my->g);
    my->c.f.ms = 10;
    awi_gather_add(&my->g, &my->c.k, &my->c.f.aw, &awfd_aw_sleep_ms, NULL);
    GATHER(my->g);
    rt_log("gathered");
    END;
}

START_TEST(sleep_is_an_async_function_too)
{
    rt_reset();
    ck_assert_int_eq(RUN(framed, .ret = 0), 0);
    EXPECT("5 slept, 15 gathered");
}
END_TEST

Suite *suite_rt_sched(void)
{
    Suite *s = suite_create("rt_sched");
    TCase *c = tcase_create("rules 2");
    tcase_add_test(c, ready_tasks_and_equal_deadlines_are_fifo);
    tcase_add_test(c, rearming_does_not_starve);
    tcase_add_test(c, a_deep_recursion_is_one_step);
    tcase_add_test(c, an_await_runs_at_once_as_a_call);
    tcase_add_test(c, children_are_queued_in_argument_order);
    tcase_add_test(c, what_has_ended_does_not_yield);
    tcase_add_test(c, waiters_are_woken_in_the_step_of_the_end_in_order);
    tcase_add_test(c, sleeping_zero_goes_round);
    tcase_add_test(c, sleep_is_an_async_function_too);
    suite_add_tcase(s, c);
    return s;
}
