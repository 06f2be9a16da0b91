/* SPDX-License-Identifier: MIT
 * Rules 3: tasks and cancellation, as exact traces. */
/* clang-format off */
#include "tests/unit/suite.h"

#include "tests/unit/rt.h"

/* --- cancellation of one task -------------------------------------------- */

FRAME(cancel_one, struct aw_task *h; struct work w; int64_t at;)
{
    BEGIN(cancel_one);
    rt_watch();
    my->h = rt_spawn(my->w);
    if (my->at >= 0)
        SLEEP(my->at);
    rt_log("asked %d", aw_cancel(my->h));
    JOIN(my->h);
    rt_log("joined %d", r);
    rt_log("asked %d done %d", aw_cancel(my->h), aw_done(my->h));
    awi_unjoin(my->h);
    aw_task_release(my->h);
    r = 0;
    END;
}

static void cancel_one(struct work w, int64_t at, const char *trace)
{
    rt_reset();
    ck_assert_int_eq(RUN(cancel_one, .w = w, .at = at), 0);
    EXPECT(trace);
}

START_TEST(cancelling_ends_the_await_on_the_tasks_own_turn)
{
    cancel_one((struct work){.name = "A", .ms = 100}, 50,
               "0 A+, 50 asked 1, 50 A!, 50 A~, 50 joined -4096, "
               "50 asked 0 done 1");
}
END_TEST

START_TEST(a_body_not_entered_never_runs)
{
    cancel_one((struct work){.name = "A", .ms = 100}, -1,
               "0 asked 1, 0 joined -4096, 0 asked 0 done 1");
}
END_TEST

START_TEST(cancel_wins_over_completion_in_the_same_step)
{
    cancel_one((struct work){.name = "A", .ms = 50}, 50,
               "0 A+, 50 asked 1, 50 A!, 50 A~, 50 joined -4096, "
               "50 asked 0 done 1");
}
END_TEST

START_TEST(a_cancellation_may_be_swallowed)
{
    cancel_one((struct work){.name = "A", .ms = 100, .swallow = true}, 50,
               "0 A+, 50 asked 1, 50 A!, 50 A~, 50 joined 0, "
               "50 asked 0 done 1");
}
END_TEST

START_TEST(an_error_in_cleanup_replaces_the_cancellation)
{
    cancel_one((struct work){.name = "A", .ms = 100, .late = 9}, 50,
               "0 A+, 50 asked 1, 50 A!, 50 A~, 50 joined 9, "
               "50 asked 0 done 1");
}
END_TEST

FRAME(twice, struct aw_task *h;)
{
    BEGIN(twice);
    my->h = rt_spawn((struct work){.name = "A", .ms = 100, .cleanup = 50});
    SLEEP(10);
    rt_log("asked %d %d", aw_cancel(my->h), aw_cancel(my->h));
    SLEEP(20);
    rt_log("asked %d", aw_cancel(my->h));
    JOIN(my->h);
    rt_log("joined %d", r);
    awi_unjoin(my->h);
    aw_task_release(my->h);
    r = 0;
    END;
}

START_TEST(asked_again_during_cleanup_it_is_delivered_again)
{
    rt_reset();
    ck_assert_int_eq(RUN(twice, .ret = 0), 0);
    EXPECT("0 A+, 10 asked 1 1, 10 A!, 30 asked 1, 30 A!!, 30 A~, "
           "30 joined -4096");
}
END_TEST

/* --- chains -------------------------------------------------------------- */

FRAME(link, const char *name; struct aw_task *on;)
{
    BEGIN(link);
    JOIN(my->on);
    rt_log("%s %d own %d", my->name, r, awi_own(t));
    awi_unjoin(my->on);
    END;
}

FRAME(chain, struct aw_task *a, *b, *c; bool swallow;)
{
    BEGIN(chain);
    rt_watch();
    my->a = rt_spawn((struct work){.name = "A", .ms = 100,
                                   .swallow = my->swallow});
    my->b = START(link, .name = "B", .on = my->a);
    my->c = START(link, .name = "C", .on = my->b);
    SLEEP(10);
    rt_log("asked %d", aw_cancel(my->c));
    SLEEP(0);
    SLEEP(0);
    rt_log("main");
    SLEEP(10);
    aw_task_release(my->a);
    aw_task_release(my->b);
    aw_task_release(my->c);
    END;
}

START_TEST(it_goes_to_the_innermost_task_of_the_chain)
{
    rt_reset();
    ck_assert_int_eq(RUN(chain, .ret = 0), 0);
    EXPECT("0 A+, 10 asked 1, 10 A!, 10 A~, 10 B -4096 own 1, 10 main, "
           "10 C -4096 own 1");
}
END_TEST

START_TEST(inner_swallows_outer_goes_on)
{
    rt_reset();
    ck_assert_int_eq(RUN(chain, .swallow = true), 0);
    EXPECT("0 A+, 10 asked 1, 10 A!, 10 A~, 10 B 0 own 0, 10 main, "
           "10 C 0 own 0");
}
END_TEST

FRAME(several, struct aw_task *a, *b, *c;)
{
    BEGIN(several);
    my->a = rt_spawn((struct work){.name = "A", .ms = 100});
    my->b = START(link, .name = "B", .on = my->a);
    my->c = START(link, .name = "C", .on = my->a);
    SLEEP(10);
    aw_cancel(my->b);
    SLEEP(10);
    aw_task_release(my->a);
    aw_task_release(my->b);
    aw_task_release(my->c);
    END;
}

START_TEST(cancelling_one_of_several_waiters_cancels_it_for_all)
{
    rt_reset();
    ck_assert_int_eq(RUN(several, .ret = 0), 0);
    EXPECT("0 A+, 10 A!, 10 A~, 10 B -4096 own 1, 10 C -4096 own 0");
}
END_TEST

/* --- who may not be asked ------------------------------------------------ */

FRAME(asks, struct aw_task *above, *other;)
{
    BEGIN(asks);
    rt_log("self %d above %d other %d", aw_cancel(t), aw_cancel(my->above),
           aw_cancel(my->other));
    SLEEP(0);
    rt_log("again: above %d", aw_cancel(my->above));
    END;
}

struct asks_kid {
    struct awi_child k;
    struct awf_asks f;
};

/* main -> gather -> asks, and main -> gather -> handle B -> A -> ... */
FRAME(above, struct aw_task *h, *other; struct awi_gather g;
      struct asks_kid k; struct awi_handle n;)
{
    BEGIN(above);
    my->other = rt_spawn((struct work){.name = "O", .ms = 100});
    SLEEP(0);
    my->h = START(asks, .above = t, .other = my->other);
    awi_gather_init(&my->g);
    my->k.f.above = t;
    my->k.f.other = NULL;
    awi_gather_add(&my->g, &my->k.k, &my->k.f.aw, &awfd_asks, NULL);
    rt_add_task(&my->g, &my->n, my->h, NULL);
    GATHER(my->g);
    rt_log("gathered %d", r);
    aw_task_release(my->h);
    aw_task_release(my->other);
    END;
}

START_TEST(who_waits_for_the_running_task_cannot_be_asked)
{
    rt_reset();
    ck_assert_int_eq(RUN(above, .ret = 0), 0);
    EXPECT("0 O+, 0 self 0 above 0 other 1, 0 self 0 above 0 other 0, "
           "0 O!, 0 O~, 0 again: above 0, 0 again: above 0, 0 gathered 0");
}
END_TEST

struct link_kid {
    struct awi_child k;
    struct awf_link f;
};

/* P gathers the child C, which joins Y, which joins P. */
FRAME(looped, struct aw_task *y; struct awi_gather g; struct link_kid c;)
{
    BEGIN(looped);
    my->y = START(link, .name = "Y", .on = t);
    my->c.f = (struct awf_link){.name = "C", .on = my->y};
    awi_gather_init(&my->g);
    awi_gather_add(&my->g, &my->c.k, &my->c.f.aw, &awfd_link, NULL);
    GATHER(my->g);
    rt_log("gathered %d", r);
    aw_task_release(my->y);
    END;
}

FRAME(looped_main, struct aw_task *p;)
{
    BEGIN(looped_main);
    my->p = START(looped, .ret = 0);
    SLEEP(5);
    rt_log("asked %d", aw_cancel(my->p));
    SLEEP(5);
    aw_task_release(my->p);
    END;
}

START_TEST(it_is_not_forwarded_to_who_waits_for_the_running_task)
{
    rt_reset();
    ck_assert_int_eq(RUN(looped_main, .ret = 0), 0);
    EXPECT("5 asked 1, 5 C -4096 own 1, 5 gathered -4096, 5 Y -4096 own 0");
}
END_TEST

FRAME(narcissus, struct aw_task *self;)
{
    BEGIN(narcissus);
    JOIN(t);
    rt_log("joined %d", r);
    awi_unjoin(t);
    JOIN(NULL);
    rt_log("joined %d", r);
    awi_unjoin(NULL);
    r = 0;
    END;
}

START_TEST(awaiting_oneself_or_nothing_is_an_error)
{
    rt_reset();
    ck_assert_int_eq(RUN(narcissus, .ret = 0), 0);
    char text[40];
    snprintf(text, sizeof text, "0 joined %d, 0 joined %d", EDEADLK, ENOMEM);
    EXPECT(text);
}
END_TEST

FRAME(circle, struct aw_task **on;)
{
    BEGIN(circle);
    JOIN(*my->on);
    rt_log("%s %d", aw_task_name(t), r);
    awi_unjoin(*my->on);
    END;
}

FRAME(circles, struct aw_task *a, *b;)
{
    BEGIN(circles);
    my->a = START(circle, .on = &my->b);
    my->b = START(circle, .on = &my->a);
    aw_task_set_name(my->a, "a");
    aw_task_set_name(my->b, "b");
    SLEEP(0);
    rt_log("asked %d", aw_cancel(my->a));
    SLEEP(1);
    aw_task_release(my->a);
    aw_task_release(my->b);
    END;
}

START_TEST(tasks_that_wait_for_each_other_can_be_cancelled)
{
    rt_reset();
    ck_assert_int_eq(RUN(circles, .ret = 0), 0);
    EXPECT("0 asked 1, 0 a -4096, 0 b -4096");
}
END_TEST

/* --- errors nobody awaits ------------------------------------------------ */

FRAME(lost, struct aw_task *h, *late; int64_t wait;)
{
    BEGIN(lost);
    rt_watch();
    my->h = rt_spawn((struct work){.name = "A", .error = 7});
    my->late = START(link, .name = "late", .on = my->h);
    aw_cancel(my->late);
    aw_task_release(my->late);
    SLEEP(my->wait);
    rt_log("main");
    JOIN(my->h);
    rt_log("joined %d", r);
    awi_unjoin(my->h);
    aw_task_release(my->h);
    r = 0;
    END;
}

START_TEST(an_error_that_nobody_awaits_is_reported_a_later_await_gets_it)
{
    rt_reset();
    ck_assert_int_eq(RUN(lost, .wait = 5), 0);
    EXPECT("0 A+, 0 A throws, 0 lost 7, 5 main, 5 joined 7");
}
END_TEST

FRAME(in_time, struct aw_task *h;)
{
    BEGIN(in_time);
    rt_watch();
    my->h = rt_spawn((struct work){.name = "A", .error = 7, .ms = -1});
    SLEEP(0);
    JOIN(my->h);
    rt_log("joined %d", r);
    awi_unjoin(my->h);
    aw_task_release(my->h);
    SLEEP(5);
    END;
}

START_TEST(awaited_within_the_round_it_is_not_reported)
{
    rt_reset();
    ck_assert_int_eq(RUN(in_time, .ret = 0), 0);
    EXPECT("0 A+, 0 A throws, 0 joined 7");
}
END_TEST

/* --- names, identity, references ----------------------------------------- */

FRAME(names, struct aw_task *h; struct awf_worker sub;)
{
    BEGIN(names);
    ck_assert_ptr_eq(aw_current_task(), t);
    ck_assert_str_eq(aw_task_name(t), "names");
    my->h = rt_spawn((struct work){.name = "A"});
    ck_assert_str_eq(aw_task_name(my->h), "worker");
    aw_task_set_name(my->h, "first");
    aw_task_set_name(my->h, "second");
    ck_assert_str_eq(aw_task_name(my->h), "second");
    JOIN(aw_task_retain(my->h));
    ck_assert_str_eq(aw_task_name(my->h), "second");
    awi_unjoin(my->h);
    aw_task_release(my->h);
    aw_task_release(my->h);
    my->sub.aw.state = 0;
    my->sub.w = (struct work){.name = "sub"};
    CALL(my->sub.aw, awfr_worker, awfd_worker);
    ck_assert_str_eq(aw_task_name(t), "names");
    ck_assert_str_eq(aw_task_name(NULL), "");
    aw_task_release(NULL);
    ck_assert(aw_done(NULL) && !aw_cancel(NULL) && !aw_task_retain(NULL));
    END;
}

START_TEST(tasks_have_names_and_are_counted)
{
    rt_reset();
    ck_assert_ptr_null(aw_current_task());
    ck_assert_int_eq(RUN(names, .ret = 0), 0);
    ck_assert_ptr_null(aw_current_task());
}
END_TEST

/* --- try ----------------------------------------------------------------- */

FRAME(tries, struct awi_try y; struct awf_worker w; int x; int64_t ms;)
{
    BEGIN(tries);
    my->w.aw.state = 0;
    my->w.w = (struct work){.name = "A", .ms = my->ms, .error = 7};
    awi_try_init(&my->y, &my->w.aw, &awfd_worker, &my->x);
    CALL(my->y.aw, awi_try, awi_try_desc);
    rt_log("try %d -> %d", r, my->y.ret);
    my->w.aw.state = 0;
    my->w.w = (struct work){.name = "B", .ms = my->ms, .value = 5};
    awi_try_init(&my->y, &my->w.aw, &awfd_worker, &my->x);
    CALL(my->y.aw, awi_try, awi_try_desc);
    rt_log("try %d -> %d, %d", r, my->y.ret, my->x);
    END;
}

START_TEST(try_catches_errors_and_does_not_yield)
{
    rt_reset();
    ck_assert_int_eq(RUN(tries, .ms = -1), 0);
    EXPECT("0 A+, 0 A throws, 0 try 0 -> 7, 0 B+, 0 B., 0 try 0 -> 0, 5");
    rt_reset();
    ck_assert_int_eq(RUN(tries, .ms = 3), 0);
    EXPECT("0 A+, 3 A throws, 3 try 0 -> 7, 3 B+, 6 B., 6 try 0 -> 0, 5");
}
END_TEST

FRAME(try_task, struct awi_try y; struct awi_joined j; struct aw_task *on;
      const char *name;)
{
    BEGIN(try_task);
    awi_joined_init(&my->j, my->on);
    awi_try_init(&my->y, &my->j.aw, &awi_joined_desc, NULL);
    CALL(my->y.aw, awi_try, awi_try_desc);
    rt_log("%s: %d -> %d", my->name, r, r ? 0 : my->y.ret);
    END;
}

FRAME(own, struct aw_task *a, *b, *c;)
{
    BEGIN(own);
    my->a = rt_spawn((struct work){.name = "A", .ms = 100});
    my->b = START(try_task, .name = "B", .on = my->a);
    my->c = START(try_task, .name = "C", .on = my->a);
    SLEEP(10);
    aw_cancel(my->b);
    SLEEP(10);
    aw_task_release(my->a);
    aw_task_release(my->b);
    aw_task_release(my->c);
    END;
}

START_TEST(try_passes_on_the_tasks_own_cancellation)
{
    rt_reset();
    ck_assert_int_eq(RUN(own, .ret = 0), 0);
    EXPECT("0 A+, 10 A!, 10 A~, 10 B: -4096 -> 0, 10 C: 0 -> -4096");
}
END_TEST

Suite *suite_rt_task(void)
{
    Suite *s = suite_create("rt_task");
    TCase *c = tcase_create("rules 3");
    tcase_add_test(c, cancelling_ends_the_await_on_the_tasks_own_turn);
    tcase_add_test(c, a_body_not_entered_never_runs);
    tcase_add_test(c, cancel_wins_over_completion_in_the_same_step);
    tcase_add_test(c, a_cancellation_may_be_swallowed);
    tcase_add_test(c, an_error_in_cleanup_replaces_the_cancellation);
    tcase_add_test(c, asked_again_during_cleanup_it_is_delivered_again);
    tcase_add_test(c, it_goes_to_the_innermost_task_of_the_chain);
    tcase_add_test(c, inner_swallows_outer_goes_on);
    tcase_add_test(c, cancelling_one_of_several_waiters_cancels_it_for_all);
    tcase_add_test(c, who_waits_for_the_running_task_cannot_be_asked);
    tcase_add_test(c, it_is_not_forwarded_to_who_waits_for_the_running_task);
    tcase_add_test(c, awaiting_oneself_or_nothing_is_an_error);
    tcase_add_test(c, tasks_that_wait_for_each_other_can_be_cancelled);
    tcase_add_test(c,
        an_error_that_nobody_awaits_is_reported_a_later_await_gets_it);
    tcase_add_test(c, awaited_within_the_round_it_is_not_reported);
    tcase_add_test(c, tasks_have_names_and_are_counted);
    tcase_add_test(c, try_catches_errors_and_does_not_yield);
    tcase_add_test(c, try_passes_on_the_tasks_own_cancellation);
    suite_add_tcase(s, c);
    return s;
}
