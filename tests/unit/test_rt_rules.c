/* SPDX-License-Identifier: MIT
 * Rules that the other suites of the runtime do not come by; RULES.md lists
 * all of them with their cases. */
/* clang-format off */
#include "tests/unit/suite.h"

#include <signal.h>
#include <unistd.h>

#include "runtime/impl.h"
#include "tests/unit/rt.h"

/* --- 1, 2: turns --------------------------------------------------------- */

static aw_flag flag;

static void set_flag(struct aw_sim_event *e)
{
    (void)e;
    rt_log("outside");
    aw_flag_set(&flag);
}

FRAME(spins, const char *name; int n;)
{
    BEGIN(spins);
    for (; my->n > 0; my->n--) {
        rt_log("%s%d", my->name, my->n);
        SLEEP(0);
    }
    END;
}

FRAME(watches, struct aw_sim_event e; struct awf_aw_flag_wait w;)
{
    BEGIN(watches);
    aw_sim_at(&my->e, 3, set_flag);
    aw_task_release(START(spins, .name = "s", .n = 5));
    my->w.aw.state = 0;
    my->w.flag = &flag;
    CALL(my->w.aw, awfr_aw_flag_wait, awfd_aw_flag_wait);
    rt_log("seen %d", r);
    SLEEP(9);
    END;
}

/* Each turn takes a tick here. */
START_TEST(tasks_that_spin_do_not_starve_what_is_outside)
{
    rt_reset();
    aw_sim_charge(1);
    flag = (aw_flag)AW_FLAG_INIT;
    ck_assert_int_eq(RUN(watches, .ret = 0), 0);
    EXPECT("1 s5, 2 s4, 3 outside, 3 s3, 3 seen 0, 4 s2, 5 s1");
}
END_TEST

FRAME(naps, int64_t ms;)
{
    BEGIN(naps);
    SLEEP(my->ms);
    rt_log("awake");
    END;
}

FRAME(starts_naps, int x;)
{
    BEGIN(starts_naps);
    aw_task_release(START(naps, .ms = 20));
    aw_task_release(START(naps, .ms = 0));
    END;
}

static struct {
    struct awi_child k;
    struct awf_starts_naps f;
} starts_naps;

/* The tick of the next call may come before the first deadline, 20. */
enum { WANTED = AW_WHEEL_BITS == 4 ? 16 : 20 };

START_TEST(run_once_does_not_wait_and_says_when_it_is_wanted)
{
    rt_reset();
    awi_child_init(&starts_naps.k, &starts_naps.f.aw, &awfd_starts_naps, NULL);
    ck_assert_int_eq(awi_run_until(&starts_naps.k), 0);
    ck_assert_int_le(aw_loop_run_once(), 0);
    ck_assert_int_eq(aw_loop_run_once(), WANTED);
    ck_assert_int_eq(aw_loop_run_once(), WANTED);
    EXPECT("0 awake");
    ck_assert_int_eq(aw_loop_fd(), -1);     /* port sim has none */
    ck_assert_int_eq(aw_loop_close(), 0);
    EXPECT("0 awake, 0 awake");
    rt_reset();
    ck_assert_int_eq(aw_loop_run_once(), INT64_MAX);
    ck_assert_int_eq(aw_loop_close(), 0);
}
END_TEST

/* --- 3: tasks ------------------------------------------------------------ */

FRAME(places, struct aw_task *a, *b, *c;)
{
    BEGIN(places);
    my->a = rt_spawn((struct work){.name = "A", .ms = 99});
    my->b = rt_spawn((struct work){.name = "B", .ms = 5});
    my->c = rt_spawn((struct work){.name = "C", .ms = 5});
    SLEEP(5);                       /* B and C are ready */
    SLEEP(0);
    aw_task_release(my->b);
    aw_task_release(my->c);
    my->b = rt_spawn((struct work){.name = "D", .ms = 0});
    my->c = rt_spawn((struct work){.name = "E", .ms = 0});
    SLEEP(0);                       /* D and E are ready again */
    aw_cancel(my->a);
    aw_cancel(my->b);
    SLEEP(0);
    aw_task_release(my->a);
    aw_task_release(my->b);
    aw_task_release(my->c);
    END;
}

START_TEST(a_ready_task_keeps_its_place_a_waiting_one_joins_the_tail)
{
    rt_reset();
    ck_assert_int_eq(RUN(places, .ret = 0), 0);
    EXPECT("0 A+, 0 B+, 0 C+, 5 B., 5 C., 5 D+, 5 E+, 5 D!, 5 D~, 5 E., "
           "5 A!, 5 A~");
}
END_TEST

FRAME(dropped, struct aw_task *h;)
{
    BEGIN(dropped);
    rt_watch();
    aw_task_release(rt_spawn((struct work){.name = "A", .ms = 5}));
    my->h = rt_spawn((struct work){.name = "B", .ms = 5});
    SLEEP(1);
    aw_cancel(my->h);
    aw_task_release(my->h);
    SLEEP(9);
    rt_log("main");
    END;
}

START_TEST(a_dropped_handle_stops_nothing_a_cancellation_is_not_reported)
{
    rt_reset();
    ck_assert_int_eq(RUN(dropped, .ret = 0), 0);
    EXPECT("0 A+, 0 B+, 1 B!, 1 B~, 5 A., 10 main");
}
END_TEST

FRAME(last_words, int x;)
{
    BEGIN(last_words);
    rt_watch();
    aw_task_release(rt_spawn((struct work){.name = "A", .ms = 5, .error = 7}));
    SLEEP(5);
    rt_log("main");
    END;
}

START_TEST(an_error_in_the_last_turn_is_reported_too)
{
    rt_reset();
    ck_assert_int_eq(RUN(last_words, .x = 0), 0);
    EXPECT("0 A+, 5 main, 5 A throws, 5 lost 7");
}
END_TEST

FRAME(unwatched, int x;)
{
    BEGIN(unwatched);
    rt_watch();
    aw_loop_set_exception_handler(NULL, NULL);
    aw_task_release(rt_spawn((struct work){.name = "A", .ms = -1,
                                           .error = EPIPE}));
    SLEEP(5);
    rt_log("main goes on");
    END;
}

START_TEST(the_default_handler_prints_and_the_loop_goes_on)
{
    char text[400] = "";
    FILE *f = tmpfile();
    int saved = dup(STDERR_FILENO);
    rt_reset();
    dup2(fileno(f), STDERR_FILENO);
    int r = RUN(unwatched, .x = 0);
    dup2(saved, STDERR_FILENO);
    close(saved);
    ck_assert_int_eq(r, 0);
    rewind(f);
    ck_assert_uint_gt(fread(text, 1, sizeof text - 1, f), 0);
    fclose(f);
    ck_assert_ptr_nonnull(strstr(text, "Task exception wasn't retrieved\n"));
    ck_assert_ptr_nonnull(strstr(text, strerror(EPIPE)));
    ck_assert_ptr_nonnull(strstr(text, "task worker\n"));
    EXPECT("0 A+, 0 A throws, 5 main goes on");
}
END_TEST

FRAME(looks_at_signals, int x;)
{
    BEGIN(looks_at_signals);
    struct sigaction now;
    sigaction(SIGINT, NULL, &now);
    ck_assert(now.sa_handler == SIG_DFL);
    END;
}

START_TEST(a_run_leaves_signals_alone)
{
    rt_reset();
    signal(SIGINT, SIG_DFL);
    ck_assert_int_eq(RUN(looks_at_signals, .x = 0), 0);
}
END_TEST

/* The error of a cleanup is no cancellation any more: what a third party
 * cancels is not taken for the task's own. */
FRAME(replaced, struct aw_task *other; struct awi_try y; struct awi_joined j;)
{
    BEGIN(replaced);
    SLEEP(99);
    rt_log("own %d", awi_own(t));
    awi_uncancel(t);            /* its cleanup throws, a caller catches */
    rt_log("own %d", awi_own(t));
    awi_joined_init(&my->j, my->other);
    awi_try_init(&my->y, &my->j.aw, &awi_joined_desc, NULL);
    CALL(my->y.aw, awi_try, awi_try_desc);
    rt_log("try %d -> %d", r, my->y.ret);   /* the handle is given back */
    END;
}

FRAME(replaces, struct aw_task *other, *h;)
{
    BEGIN(replaces);
    my->other = rt_spawn((struct work){.name = "O", .ms = 50});
    my->h = START(replaced, .other = my->other);
    SLEEP(5);
    aw_cancel(my->h);
    SLEEP(5);
    aw_cancel(my->other);
    SLEEP(5);
    aw_task_release(my->h);
    aw_task_release(my->other);
    END;
}

START_TEST(a_replaced_cancellation_is_no_longer_the_tasks_own)
{
    rt_reset();
    ck_assert_int_eq(RUN(replaces, .ret = 0), 0);
    EXPECT("0 O+, 5 own 1, 5 own 0, 10 O!, 10 O~, 10 try 0 -> -4096");
}
END_TEST

/* --- 4, 5: combinators --------------------------------------------------- */

/* A combinator of two workers, the first of which somebody else cancels. */
FRAME(robbed, bool race, wait; struct awi_gather g; struct awi_wait_for w;
      struct kid k[2]; int x[2]; struct awi_gather *held;)
{
    BEGIN(robbed);
    my->held = NULL;
    my->x[0] = my->x[1] = 0;
    if (my->wait) {
        awi_wait_for_init(&my->w, 50);
        awi_hold_in(&my->w.g, &my->held);
        rt_add(&my->w.g, &my->k[0], (struct work){.name = "A", .ms = 30}, NULL);
        WAIT_FOR(my->w);
    } else {
        if (my->race)
            awi_race_init(&my->g);
        else
            awi_gather_init(&my->g);
        awi_hold_in(&my->g, &my->held);
        rt_add(&my->g, &my->k[0], (struct work){.name = "A", .ms = 30}, NULL);
        rt_add(&my->g, &my->k[1], (struct work){.name = "B", .ms = 40,
               .value = 5, .swallow = true, .cleanup = 5}, &my->x[1]);
        if (my->race)
            RACE(my->g);
        else
            GATHER(my->g);
    }
    rt_log("got %d own %d", r, awi_own(t));
    my->ret = r;
    DRAIN;
    rt_log("left %d", my->x[1]);
    r = my->ret;
    END;
}

FRAME(robber, struct awf_robbed *of;)
{
    BEGIN(robber);
    SLEEP(10);
    aw_cancel(&my->of->k[0].k.task);
    END;
}

FRAME(robbery, struct awf_robbed f; struct aw_task *h, *w;)
{
    BEGIN(robbery);
    rt_watch();
    my->h = rt_start(&awfd_robbed, &my->f.aw);
    my->w = START(robber, .of = (struct awf_robbed *)(void *)
                                awi_task_frame(my->h));
    JOIN(my->h);
    awi_unjoin(my->h);
    aw_task_release(my->h);
    aw_task_release(my->w);
    r = 0;
    END;
}

START_TEST(a_child_cancelled_by_others_fails_every_combinator)
{
    rt_reset();
    ck_assert_int_eq(RUN(robbery, .f = {.race = false}), 0);
    EXPECT("0 A+, 0 B+, 10 A!, 10 A~, 10 got -4096 own 0, 10 B!, 15 B~, "
           "15 left 0");
    rt_reset();
    ck_assert_int_eq(RUN(robbery, .f = {.race = true}), 0);
    EXPECT("0 A+, 0 B+, 10 A!, 10 A~, 10 B!, 15 B~, 15 got -4096 own 0, "
           "15 left 0");
    rt_reset();
    ck_assert_int_eq(RUN(robbery, .f = {.wait = true}), 0);
    EXPECT("0 A+, 10 A!, 10 A~, 10 got -4096 own 0, 10 left 0");
}
END_TEST

/* --- memory -------------------------------------------------------------- */

static long bytes;
static int until_failure;   /* allocations; below zero: none has failed */

static void *get_memory(void *ctx, size_t size)
{
    (void)ctx;
    if (until_failure-- == 0)
        return NULL;
    bytes += (long)size;
    return malloc(size);
}

static void give_back(void *ctx, void *p, size_t size)
{
    (void)ctx;
    if (p)
        bytes -= (long)size;
    free(p);
}

static const aw_allocator failing = {get_memory, give_back, NULL};

static void spawn(struct awi_group *g, struct work w)
{
    struct aw_task *t = awi_group_spawn(g, &awfd_worker, NULL);
    if (!t)
        return;
    ((struct awf_worker *)awi_task_frame(t))->w = w;
}

/* Everything that asks for memory, each of a different kind. */
FRAME(hungry, struct aw_task *h[2]; struct awi_gather_tasks g;
      struct awi_group group; struct aw_frame *box; void *vla;)
{
    BEGIN(hungry);
    my->h[0] = awi_task_new(&awfd_worker);
    if (!my->h[0])
        return ENOMEM;
    ((struct awf_worker *)awi_task_frame(my->h[0]))->w =
        (struct work){.name = "A", .ms = 5};
    awi_task_start(my->h[0]);
    aw_task_set_name(my->h[0], "named");    /* or not: it is no error */
    my->h[1] = my->h[0];
    awi_gather_tasks_init(&my->g, my->h, 2);
    CALL(my->g.g.aw, awi_gather_tasks, awi_gather_tasks_desc);
    aw_task_release(my->h[0]);
    if (r)
        return r;
    awi_group_begin(t, &my->group, 1);
    spawn(&my->group, (struct work){.name = "B", .ms = 5});
    spawn(&my->group, (struct work){.name = "C", .ms = 5});
    GROUP_END(my->group, r);
    if (r)
        return r;
    my->box = awi_box_new(&my->aw, &awfd_worker);
    if (!my->box)
        return ENOMEM;
    awi_box_free(my->box, &awfd_worker);
    my->vla = awi_mem_new(100);
    if (!my->vla)
        return ENOMEM;
    awi_mem_free(my->vla, 100);
    END;
}

static struct {
    struct awi_child k;
    struct awf_hungry f;
} hungry;

START_TEST(whichever_allocation_fails_nothing_is_lost)
{
    int n = 0, failures = 0, r;
    aw_set_allocator(&failing);
    do {
        rt_reset();
        memset(&hungry, 0, sizeof hungry);
        until_failure = n++;
        bytes = 0;
        awi_child_init(&hungry.k, &hungry.f.aw, &awfd_hungry, NULL);
        r = awi_run_until(&hungry.k);   /* the loop itself is the first */
        ck_assert(r == 0 || r == ENOMEM);
        failures += r == ENOMEM;
        ck_assert_int_eq(aw_loop_close(), 0);
        ck_assert_int_eq(bytes, 0);
    } while (until_failure < 0);
    aw_set_allocator(NULL);
    ck_assert_int_eq(r, 0);
    ck_assert_int_eq(failures, 7);
}
END_TEST

Suite *suite_rt_rules(void)
{
    Suite *s = suite_create("rt_rules");
    TCase *c = tcase_create("rules");
    tcase_add_test(c, tasks_that_spin_do_not_starve_what_is_outside);
    tcase_add_test(c, run_once_does_not_wait_and_says_when_it_is_wanted);
    tcase_add_test(c,
                   a_ready_task_keeps_its_place_a_waiting_one_joins_the_tail);
    tcase_add_test(c,
        a_dropped_handle_stops_nothing_a_cancellation_is_not_reported);
    tcase_add_test(c, an_error_in_the_last_turn_is_reported_too);
    tcase_add_test(c, the_default_handler_prints_and_the_loop_goes_on);
    tcase_add_test(c, a_run_leaves_signals_alone);
    tcase_add_test(c, a_replaced_cancellation_is_no_longer_the_tasks_own);
    tcase_add_test(c, a_child_cancelled_by_others_fails_every_combinator);
    tcase_add_test(c, whichever_allocation_fails_nothing_is_lost);
    suite_add_tcase(s, c);
    return s;
}
