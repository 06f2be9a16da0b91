/* SPDX-License-Identifier: MIT
 * Rules 4: gather on every path, as exact traces. */
/* clang-format off */
#include "tests/unit/suite.h"

#include "tests/unit/rt.h"

/* A gather of up to four workers, the way a function would write it: the
 * outcome is logged, the function is left when nothing is held any more. */
FRAME(fan, const char *name; const struct work *w; int n; struct awi_gather g;
      struct kid k[4]; int x[4]; struct awi_gather *held;)
{
    BEGIN(fan);
    my->held = NULL;
    awi_gather_init(&my->g);
    awi_hold_in(&my->g, &my->held);
    for (int i = 0; i < my->n; i++)
        rt_add(&my->g, &my->k[i], my->w[i], &my->x[i]);
    GATHER(my->g);
    rt_log("%s: %d", my->name, r);
    my->ret = r;
    DRAIN;
    rt_log("%s is left", my->name);
    r = r ? r : my->ret;
    END;
}

#define FAN(works) .name = "gather", .w = (works), \
    .n = (int)(sizeof(works) / sizeof *(works))

/* Runs it as a task and cancels that at some times. */
FRAME(fans, struct awf_fan f; struct aw_task *h; int64_t at[3]; int i;)
{
    BEGIN(fans);
    rt_watch();
    my->h = rt_start(&awfd_fan, &my->f.aw);
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

static void fan(const struct work *w, int n, int64_t first, int64_t second,
                const char *trace)
{
    rt_reset();
    ck_assert_int_eq(RUN(fans, .f = {.name = "gather", .w = w, .n = n},
                         .at = {first, second}), 0);
    EXPECT(trace);
}

#define LENGTH(w) ((int)(sizeof(w) / sizeof *(w)))

/* --- the table of section 4 ---------------------------------------------- */

START_TEST(a_failure_cancels_the_siblings_in_the_background)
{
    static const struct work w[] = {{.name = "A", .ms = 100},
                                    {.name = "B", .ms = 30, .error = 7},
                                    {.name = "C", .ms = 100}};
    fan(w, LENGTH(w), 0, 0,
        "0 A+, 0 B+, 0 C+, 30 B throws, 30 gather: 7, 30 A!, 30 A~, 30 C!, "
        "30 C~, 30 gather is left, 30 joined 7");
}
END_TEST

START_TEST(cancelled_it_waits_for_all_cleanup)
{
    static const struct work w[] = {{.name = "A", .ms = 100, .cleanup = 30},
                                    {.name = "B", .ms = 10},
                                    {.name = "C", .ms = 100}};
    fan(w, LENGTH(w), 50, 0,
        "0 A+, 0 B+, 0 C+, 10 B., 50 cancel 1, 50 A!, 50 C!, 50 C~, 80 A~, "
        "80 gather: -4096, 80 gather is left, 80 joined -4096");
}
END_TEST

struct fan_kid {
    struct awi_child k;
    struct awf_fan f;
};

/* gather(gather(a, b), c) where the inner one is a child directly */
FRAME(nested, struct awi_gather outer; struct { struct awi_child k;
      struct awi_gather g; struct kid a, b; } in; struct kid c;
      struct awi_gather *held;)
{
    BEGIN(nested);
    my->held = NULL;
    awi_gather_init(&my->in.g);
    awi_hold_in(&my->in.g, &my->held);
    rt_add(&my->in.g, &my->in.a,
           (struct work){.name = "a", .ms = 30, .error = 7}, NULL);
    rt_add(&my->in.g, &my->in.b,
           (struct work){.name = "b", .ms = 100, .cleanup = 20}, NULL);
    awi_gather_init(&my->outer);
    awi_hold_in(&my->outer, &my->held);
    awi_gather_add(&my->outer, &my->in.k, &my->in.g.aw, &awi_gather_desc,
                   NULL);
    rt_add(&my->outer, &my->c, (struct work){.name = "c", .ms = 100}, NULL);
    GATHER(my->outer);
    rt_log("outer %d", r);
    DRAIN;
    rt_log("left");
    END;
}

START_TEST(nested_the_inner_siblings_are_cancelled_first)
{
    rt_reset();
    ck_assert_int_eq(RUN(nested, .ret = 0), 0);
    EXPECT("0 c+, 0 a+, 0 b+, 30 a throws, 30 b!, 30 outer 7, 30 c!, 30 c~, "
           "50 b~, 50 left");
}
END_TEST

/* --- more failures ------------------------------------------------------- */

START_TEST(the_first_failure_in_time_is_thrown_others_are_reported)
{
    static const struct work w[] = {
        {.name = "A", .ms = 100, .late = 8},
        {.name = "B", .ms = 30, .error = 7},
        {.name = "C", .ms = 20, .error = 6},
        {.name = "D", .ms = 20, .error = 5}};
    fan(w, LENGTH(w), 0, 0,
        "0 A+, 0 B+, 0 C+, 0 D+, 20 C throws, 20 D throws, 20 lost 5, "
        "20 gather: 6, 20 A!, 20 A~, 20 lost 8, 20 B!, 20 B~, "
        "20 gather is left, 20 joined 6");
}
END_TEST

START_TEST(cancelled_errors_of_children_are_reported)
{
    static const struct work w[] = {
        {.name = "A", .ms = 100, .late = 8},
        {.name = "B", .ms = 100, .swallow = true}};
    fan(w, LENGTH(w), 50, 0,
        "0 A+, 0 B+, 50 cancel 1, 50 A!, 50 A~, 50 lost 8, 50 B!, 50 B~, "
        "50 gather: -4096, 50 gather is left, 50 joined -4096");
}
END_TEST

START_TEST(a_cancellation_overtakes_a_failure_of_the_same_step)
{
    static const struct work w[] = {{.name = "A", .ms = 50, .error = 7},
                                    {.name = "B", .ms = 60}};
    rt_reset();
    /* main's sleep was armed first: it runs before A, the gather after it */
    ck_assert_int_eq(RUN(fans, .f = {FAN(w)}, .at = {50}), 0);
    EXPECT("0 A+, 0 B+, 50 cancel 1, 50 A throws, 50 lost 7, 50 B!, 50 B~, "
           "50 gather: -4096, 50 gather is left, 50 joined -4096");
}
END_TEST

START_TEST(a_second_cancel_is_forwarded_again)
{
    static const struct work w[] = {{.name = "A", .ms = 100, .cleanup = 50},
                                    {.name = "B", .ms = 100, .cleanup = 10}};
    fan(w, LENGTH(w), 50, 70,
        "0 A+, 0 B+, 50 cancel 1, 50 A!, 50 B!, 60 B~, 70 cancel 1, 70 A!!, "
        "70 A~, 70 gather: -4096, 70 gather is left, 70 joined -4096");
}
END_TEST

START_TEST(the_wait_for_held_children_can_be_cancelled)
{
    static const struct work w[] = {{.name = "A", .ms = 100, .cleanup = 50},
                                    {.name = "B", .ms = 10, .error = 7}};
    fan(w, LENGTH(w), 30, 0,
        "0 A+, 0 B+, 10 B throws, 10 gather: 7, 10 A!, 30 cancel 1, 30 A!!, "
        "30 A~, 30 gather is left, 30 joined -4096");
}
END_TEST

START_TEST(children_not_begun_never_run)
{
    static const struct work w[] = {{.name = "A", .ms = -1, .error = 7},
                                    {.name = "B", .ms = -1, .error = 8},
                                    {.name = "C", .ms = 5}};
    fan(w, LENGTH(w), 0, 0,
        "0 A+, 0 A throws, 0 B+, 0 B throws, 0 lost 8, 0 C+, 0 gather: 7, "
        "0 C!, 0 C~, 0 gather is left, 0 joined 7");
}
END_TEST

/* --- without a list to hold children it waits ---------------------------- */

FRAME(unheld, struct awi_gather g; struct kid k[2];)
{
    BEGIN(unheld);
    awi_gather_init(&my->g);
    rt_add(&my->g, &my->k[0], (struct work){.name = "A", .ms = 9, .error = 7},
           NULL);
    rt_add(&my->g, &my->k[1], (struct work){.name = "B", .ms = 99,
                                            .cleanup = 20}, NULL);
    GATHER(my->g);
    rt_log("gather %d", r);
    r = 0;
    END;
}

START_TEST(without_a_list_it_waits_before_it_throws)
{
    rt_reset();
    ck_assert_int_eq(RUN(unheld, .ret = 0), 0);
    EXPECT("0 A+, 0 B+, 9 A throws, 9 B!, 29 B~, 29 gather 7");
}
END_TEST

/* --- in a loop: storage is reused when its children have ended ----------- */

FRAME(looped, struct awi_gather g; struct kid k[2]; struct awi_gather *held;
      int i;)
{
    BEGIN(looped);
    my->held = NULL;
    for (; my->i < 2; my->i++) {
        r = 0;
        my->aw.state = __LINE__ + 2;
        /* fall through */
    case __LINE__:
        r = awi_drain(t, &my->held, &my->g,
                      sizeof my->g + sizeof my->k, r);
        if (r)
            return r;
        rt_log("round %d", my->i);
        awi_gather_init(&my->g);
        awi_hold_in(&my->g, &my->held);
        rt_add(&my->g, &my->k[0],
               (struct work){.name = "A", .ms = 10, .error = 7}, NULL);
        rt_add(&my->g, &my->k[1],
               (struct work){.name = "B", .ms = 99, .cleanup = 5}, NULL);
        GATHER(my->g);
        rt_log("caught %d", r);
    }
    DRAIN;
    rt_log("left");
    END;
}

START_TEST(a_gather_in_a_loop_waits_for_its_own_storage)
{
    rt_reset();
    ck_assert_int_eq(RUN(looped, .ret = 0), 0);
    EXPECT("0 round 0, 0 A+, 0 B+, 10 A throws, 10 caught 7, 10 B!, 15 B~, "
           "15 round 1, 15 A+, 15 B+, 25 A throws, 25 caught 7, 25 B!, "
           "30 B~, 30 left");
}
END_TEST

/* --- handles ------------------------------------------------------------- */

FRAME(handles, struct aw_task *a, *b; struct awi_gather g;
      struct awi_handle n[3]; struct kid k; int x[4];
      struct awi_gather *held; struct work wa, wb;)
{
    BEGIN(handles);
    rt_watch();
    my->held = NULL;
    my->a = rt_spawn(my->wa);
    my->b = rt_spawn(my->wb);
    SLEEP(5);
    awi_gather_init(&my->g);
    awi_hold_in(&my->g, &my->held);
    rt_add_task(&my->g, &my->n[0], my->a, &my->x[0]);
    rt_add(&my->g, &my->k, (struct work){.name = "K", .ms = 10, .value = 3},
           &my->x[1]);
    rt_add_task(&my->g, &my->n[1], my->b, &my->x[2]);
    rt_add_task(&my->g, &my->n[2], my->a, &my->x[3]);
    GATHER(my->g);
    rt_log("gather %d: %d %d %d %d", r, my->x[0], my->x[1], my->x[2],
           my->x[3]);
    DRAIN;
    aw_task_release(my->a);
    aw_task_release(my->b);
    SLEEP(50);
    END;
}

static void handles(struct work a, struct work b, const char *trace)
{
    rt_reset();
    ck_assert_int_eq(RUN(handles, .wa = a, .wb = b), 0);
    EXPECT(trace);
}

START_TEST(tasks_and_calls_mix_and_the_same_task_twice)
{
    handles((struct work){.name = "A", .ms = 20, .value = 1},
            (struct work){.name = "B", .ms = 1, .value = 2},
            "0 A+, 0 B+, 1 B., 5 K+, 15 K., 20 A., 20 gather 0: 1 3 2 1");
}
END_TEST

START_TEST(tasks_given_are_cancelled_but_not_held)
{
    handles((struct work){.name = "A", .ms = 40, .cleanup = 10, .late = 9},
            (struct work){.name = "B", .ms = 10, .error = 7},
            "0 A+, 0 B+, 5 K+, 10 B throws, 10 gather 7: 0 0 0 0, 10 A!, "
            "10 K!, 10 K~, 20 A~, 20 lost 9");
}
END_TEST

START_TEST(failed_before_it_begins_nothing_runs)
{
    handles((struct work){.name = "A", .ms = 40},
            (struct work){.name = "B", .ms = 4, .error = 7},
            "0 A+, 0 B+, 4 B throws, 4 lost 7, 5 gather 7: 0 0 0 0, 5 A!, "
            "5 A~");
}
END_TEST

FRAME(third_party, struct aw_task *a; struct awi_gather g;
      struct awi_handle n; struct kid k; struct awi_gather *held;)
{
    BEGIN(third_party);
    my->held = NULL;
    awi_gather_init(&my->g);
    awi_hold_in(&my->g, &my->held);
    rt_add_task(&my->g, &my->n, my->a, NULL);
    rt_add(&my->g, &my->k, (struct work){.name = "K", .ms = 99}, NULL);
    GATHER(my->g);
    rt_log("gather %d own %d", r, awi_own(t));
    DRAIN;
    END;
}

FRAME(third, struct aw_task *a, *h;)
{
    BEGIN(third);
    my->a = rt_spawn((struct work){.name = "A", .ms = 99});
    my->h = START(third_party, .a = my->a);
    SLEEP(9);
    aw_cancel(my->a);
    JOIN(my->h);
    awi_unjoin(my->h);
    aw_task_release(my->h);
    aw_task_release(my->a);
    r = 0;
    END;
}

START_TEST(a_child_cancelled_by_a_third_party_is_a_failure)
{
    rt_reset();
    ck_assert_int_eq(RUN(third, .ret = 0), 0);
    EXPECT("0 A+, 0 K+, 9 A!, 9 A~, 9 gather -4096 own 0, 9 K!, 9 K~");
}
END_TEST

/* --- gather_tasks -------------------------------------------------------- */

FRAME(array, struct aw_task *h[4]; struct awi_gather_tasks g; size_t n;
      int error;)
{
    static const struct work w[] = {{.name = "A", .ms = 30},
                                    {.name = "B", .ms = 10},
                                    {.name = "C", .ms = 20}};
    BEGIN(array);
    for (my->n = 0; my->n < 3; my->n++) {
        struct work one = w[my->n];
        one.error = my->n == 1 ? my->error : 0;
        my->h[my->n] = rt_spawn(one);
    }
    awi_gather_tasks_init(&my->g, my->h, 3);
    CALL(my->g.g.aw, awi_gather_tasks, awi_gather_tasks_desc);
    rt_log("gather %d", r);
    awi_gather_tasks_init(&my->g, my->h, my->error ? 0 : 3);
    CALL(my->g.g.aw, awi_gather_tasks, awi_gather_tasks_desc);
    rt_log("again %d", r);
    for (my->n = 0; my->n < 3; my->n++)
        aw_task_release(my->h[my->n]);
    END;
}

START_TEST(an_array_of_tasks)
{
    rt_reset();
    ck_assert_int_eq(RUN(array, .ret = 0), 0);
    EXPECT("0 A+, 0 B+, 0 C+, 10 B., 20 C., 30 A., 30 gather 0, 30 again 0");
    rt_reset();
    ck_assert_int_eq(RUN(array, .error = 7), 0);
    EXPECT("0 A+, 0 B+, 0 C+, 10 B throws, 10 gather 7, 10 again 0, 10 A!, "
           "10 A~, 10 C!, 10 C~");
}
END_TEST

/* --- gather of tries: return_exceptions ---------------------------------- */

struct try_kid {
    struct awi_child k;
    struct awi_try y;
    struct awf_worker f;
};

FRAME(tries, struct awi_gather g; struct try_kid k[2]; int e[2], x[2];
      struct awi_gather *held;)
{
    static const struct work w[] = {{.name = "A", .ms = 20, .value = 4},
                                    {.name = "B", .ms = 10, .error = 7}};
    BEGIN(tries);
    my->held = NULL;
    awi_gather_init(&my->g);
    awi_hold_in(&my->g, &my->held);
    for (int i = 0; i < 2; i++) {
        my->k[i].f.w = w[i];
        my->k[i].f.aw.state = 0;
        awi_try_init(&my->k[i].y, &my->k[i].f.aw, &awfd_worker, &my->x[i]);
        awi_gather_add(&my->g, &my->k[i].k, &my->k[i].y.aw, &awi_try_desc,
                       &my->e[i]);
    }
    GATHER(my->g);
    rt_log("gather %d: %d %d, %d", r, my->e[0], my->e[1], my->x[0]);
    my->ret = r;
    DRAIN;
    r = my->ret;
    END;
}

FRAME(try_cancel, struct aw_task *h; int64_t at;)
{
    BEGIN(try_cancel);
    my->h = START(tries, .ret = 0);
    SLEEP(my->at);
    aw_cancel(my->h);
    JOIN(my->h);
    rt_log("joined %d", r);
    awi_unjoin(my->h);
    aw_task_release(my->h);
    r = 0;
    END;
}

START_TEST(gather_of_tries_collects_errors_but_no_own_cancellation)
{
    rt_reset();
    ck_assert_int_eq(RUN(try_cancel, .at = 50), 0);
    EXPECT("0 A+, 0 B+, 10 B throws, 20 A., 20 gather 0: 0 7, 4, "
           "50 joined 0");
    rt_reset();
    ck_assert_int_eq(RUN(try_cancel, .at = 15), 0);
    EXPECT("0 A+, 0 B+, 10 B throws, 15 A!, 15 A~, 15 gather -4096: 0 7, 0, "
           "15 joined -4096");
}
END_TEST

/* --- circles ------------------------------------------------------------- */

/* A child, of which the task is shown, waits for the other parent. */
FRAME(bend, const char *name; struct aw_task **me, **on; struct awi_gather g;
      struct awi_handle h;)
{
    BEGIN(bend);
    *my->me = t;
    awi_gather_init(&my->g);
    awi_gather_add_task(&my->g, &my->h, *my->on, NULL, NULL);
    GATHER(my->g);
    rt_log("%s %d", my->name, r);
    END;
}

struct bend_kid {
    struct awi_child k;
    struct awf_bend f;
};

FRAME(half, struct awf_bend of; struct awi_gather g; struct bend_kid k;)
{
    BEGIN(half);
    my->k.f = my->of;
    awi_gather_init(&my->g);
    awi_gather_add(&my->g, &my->k.k, &my->k.f.aw, &awfd_bend, NULL);
    GATHER(my->g);
    rt_log("parent of %s %d", my->of.name, r);
    END;
}

FRAME(two_halves, struct aw_task *p, *q, *a, *b;)
{
    BEGIN(two_halves);
    my->p = START(half, .of = {.name = "a", .me = &my->a, .on = &my->q});
    my->q = START(half, .of = {.name = "b", .me = &my->b, .on = &my->p});
    SLEEP(5);
    rt_log("asked %d", aw_cancel(my->a));
    rt_log("asked %d", aw_cancel(my->b));
    SLEEP(5);
    aw_task_release(my->p);
    aw_task_release(my->q);
    END;
}

/* Two who gather each other are asked at once: neither asks the other again
 * and again. */
START_TEST(cancelled_a_circle_of_gathers_ends)
{
    rt_reset();
    aw_sim_limit(100);
    ck_assert_int_eq(RUN(two_halves, .ret = 0), 0);
    EXPECT("5 asked 1, 5 asked 1, 5 a -4096, 5 parent of a -4096, "
           "5 b -4096, 5 parent of b -4096");
}
END_TEST

Suite *suite_rt_gather(void)
{
    Suite *s = suite_create("rt_gather");
    TCase *c = tcase_create("rules 4");
    tcase_add_test(c, a_failure_cancels_the_siblings_in_the_background);
    tcase_add_test(c, cancelled_it_waits_for_all_cleanup);
    tcase_add_test(c, nested_the_inner_siblings_are_cancelled_first);
    tcase_add_test(c,
                   the_first_failure_in_time_is_thrown_others_are_reported);
    tcase_add_test(c, cancelled_errors_of_children_are_reported);
    tcase_add_test(c, a_cancellation_overtakes_a_failure_of_the_same_step);
    tcase_add_test(c, a_second_cancel_is_forwarded_again);
    tcase_add_test(c, the_wait_for_held_children_can_be_cancelled);
    tcase_add_test(c, children_not_begun_never_run);
    tcase_add_test(c, without_a_list_it_waits_before_it_throws);
    tcase_add_test(c, a_gather_in_a_loop_waits_for_its_own_storage);
    tcase_add_test(c, tasks_and_calls_mix_and_the_same_task_twice);
    tcase_add_test(c, tasks_given_are_cancelled_but_not_held);
    tcase_add_test(c, failed_before_it_begins_nothing_runs);
    tcase_add_test(c, a_child_cancelled_by_a_third_party_is_a_failure);
    tcase_add_test(c, an_array_of_tasks);
    tcase_add_test(c, gather_of_tries_collects_errors_but_no_own_cancellation);
    tcase_add_test(c, cancelled_a_circle_of_gathers_ends);
    suite_add_tcase(s, c);
    return s;
}
