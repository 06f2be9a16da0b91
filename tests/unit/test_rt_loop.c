/* SPDX-License-Identifier: MIT
 * Rules 3: the ways to run a loop, what is left at its end, memory; and the
 * port `sim` itself. */
/* clang-format off */
#include "tests/unit/suite.h"

#include <signal.h>

#include "runtime/impl.h"
#include "tests/unit/rt.h"

/* --- aw_run -------------------------------------------------------------- */

FRAME(leaves, int error;)
{
    static const struct work w[] = {
        {.name = "A", .ms = 99, .cleanup = 10},
        {.name = "B", .ms = 99, .late = 8},
        {.name = "C", .ms = 99, .swallow = true}};
    BEGIN(leaves);
    rt_watch();
    for (int i = 0; i < 3; i++)
        aw_task_release(rt_spawn(w[i]));
    SLEEP(5);
    aw_task_release(rt_spawn((struct work){.name = "never"}));
    rt_log("main ends");
    my->ret = 3;
    r = my->error;
    END;
}

START_TEST(what_is_left_is_cancelled_and_drained)
{
    rt_reset();
    ck_assert_int_eq(RUN(leaves, .ret = 0), 0);
    EXPECT("0 A+, 0 B+, 0 C+, 5 main ends, 5 A!, 5 B!, 5 B~, 5 C!, 5 C~, "
           "5 lost 8, 15 A~");
    rt_reset();
    ck_assert_int_eq(RUN(leaves, .error = 7), 7);
}
END_TEST

FRAME(breeder, int x;)
{
    BEGIN(breeder);
    SLEEP(99);
    rt_log("breeder %d", r);
    aw_task_release(rt_spawn((struct work){.name = "never"}));
    END;
}

FRAME(breeds, int x;)
{
    BEGIN(breeds);
    aw_task_release(START(breeder, .x = 0));
    SLEEP(1);
    END;
}

START_TEST(what_cleanup_creates_never_runs)
{
    rt_reset();
    ck_assert_int_eq(RUN(breeds, .ret = 0), 0);
    EXPECT("1 breeder -4096");
}
END_TEST

FRAME(inner, int x;)
{
    BEGIN(inner);
    rt_log("inner");
    END;
}

FRAME(outer, int x;)
{
    BEGIN(outer);
    rt_log("run %d", RUN(inner, .x = 0));
    rt_log("forever %d", aw_loop_run_forever());
    rt_log("close %d", aw_loop_close());
    END;
}

START_TEST(a_run_inside_a_loop_is_refused)
{
    rt_reset();
    ck_assert_int_eq(RUN(outer, .ret = 0), 0);
    char text[80];
    snprintf(text, sizeof text, "0 run %d, 0 forever %d, 0 close %d", EBUSY,
             EBUSY, EBUSY);
    EXPECT(text);
    ck_assert_int_eq(RUN(inner, .ret = 0), 0);
}
END_TEST

START_TEST(outside_a_loop_no_task_is_made)
{
    ck_assert_ptr_null(awi_task_new(&awfd_worker));
    ck_assert_int_eq(aw_loop_close(), 0);
    aw_loop_stop();
    aw_loop_set_exception_handler(NULL, NULL);
}
END_TEST

/* --- a loop that stays --------------------------------------------------- */

struct main_inner {
    struct awi_child k;
    struct awf_leaves f;
};

/* When the loop looks at a timer of 99 ms, by kind of wheel. */
enum { LOOKS = AW_WHEEL_BITS == 4 ? 96 : 99 };

START_TEST(run_until_complete_leaves_the_others_alone)
{
    static struct main_inner m;
    int result = 0;
    rt_reset();
    awi_child_init(&m.k, &m.f.aw, &awfd_leaves, &result);
    ck_assert_int_eq(awi_run_until(&m.k), 0);
    ck_assert_int_eq(result, 3);
    rt_log("between");
    ck_assert_int_eq(aw_loop_run_once(), 5);    /* `never` has ended */
    ck_assert_int_eq(aw_loop_run_once(), LOOKS);
    ck_assert_int_eq(aw_loop_close(), 0);
    EXPECT("0 A+, 0 B+, 0 C+, 5 main ends, 5 between, 5 never+, "
           "5 never., 5 A!, 5 B!, 5 B~, 5 C!, 5 C~, 5 lost 8, 15 A~");
}
END_TEST

FRAME(stopper, const char *name; bool stop; int n;)
{
    BEGIN(stopper);
    for (;; my->n++) {
        rt_log("%s%d", my->name, my->n);
        if (my->stop && my->n == 1)
            aw_loop_stop();
        SLEEP(0);
        if (r)
            return 0;
    }
    END;
}

FRAME(makes, bool endless, again;)
{
    BEGIN(makes);
    aw_task_release(START(stopper, .name = "a"));
    aw_task_release(START(stopper, .name = "s", .stop = !my->endless));
    aw_task_release(START(stopper, .name = "b", .stop = my->again));
    END;
}

/* Runs what makes makes until s, or b again, has stopped the loop. */
static void run_until_stopped(bool again)
{
    static struct { struct awi_child k; struct awf_makes f; } m;
    rt_reset();
    m.f.again = again;
    awi_child_init(&m.k, &m.f.aw, &awfd_makes, NULL);
    ck_assert_int_eq(awi_run_until(&m.k), 0);
    ck_assert_int_eq(aw_loop_run_forever(), 0);
    rt_log("stopped");
    ck_assert_int_eq(aw_loop_close(), 0);
}

START_TEST(stop_lets_what_is_ready_take_one_more_step)
{
    run_until_stopped(false);
    EXPECT("0 a0, 0 s0, 0 b0, 0 a1, 0 s1, 0 b1, 0 a2, 0 stopped");
}
END_TEST

START_TEST(asked_again_what_is_ready_then_takes_one_too)
{
    run_until_stopped(true);
    EXPECT("0 a0, 0 s0, 0 b0, 0 a1, 0 s1, 0 b1, 0 a2, 0 s2, 0 stopped");
}
END_TEST

/* --- interruption, async int main ---------------------------------------- */

struct main_worker {
    struct awi_child k;
    struct awf_worker f;
};

static int run_main(struct work w)
{
    static struct main_worker m;
    memset(&m, 0, sizeof m);
    awi_child_init(&m.k, &m.f.aw, &awfd_worker, NULL);
    m.f.w = w;
    return awi_main(&m.k);
}

static void press_interrupt(struct aw_sim_event *e)
{
    (void)e;
    raise(SIGINT);
}

START_TEST(main_gives_the_exit_status)
{
    rt_reset();
    signal(SIGINT, SIG_DFL);
    ck_assert_int_eq(run_main((struct work){.name = "A", .value = 3}), 3);
    ck_assert(freopen("/dev/null", "w", stderr));
    ck_assert_int_eq(run_main((struct work){.name = "A", .error = 7}), 1);
}
END_TEST

START_TEST(an_interrupt_cancels_main)
{
    static struct aw_sim_event e, f;
    struct sigaction now;
    rt_reset();
    signal(SIGINT, SIG_DFL);
    aw_sim_at(&e, 20, press_interrupt);
    aw_sim_at(&f, 25, press_interrupt);
    ck_assert_int_eq(run_main((struct work){.name = "A", .ms = 99,
                                            .cleanup = 10}), 130);
    EXPECT("0 A+, 20 A!, 25 A!!, 25 A~");
    sigaction(SIGINT, NULL, &now);
    ck_assert(now.sa_handler == SIG_DFL);
}
END_TEST

START_TEST(a_program_that_handles_interrupts_keeps_them)
{
    static struct aw_sim_event e;
    rt_reset();
    signal(SIGINT, SIG_IGN);
    aw_sim_at(&e, 20, press_interrupt);
    ck_assert_int_eq(run_main((struct work){.name = "A", .ms = 30,
                                            .value = 2}), 2);
    signal(SIGINT, SIG_DFL);
}
END_TEST

/* --- trails -------------------------------------------------------------- */

static const struct aw_desc thrower = {.name = "thrower", .file = "t.aw"};
static const struct aw_desc caller = {.name = "caller", .file = "c.aw"};

FRAME(throws, int x;)
{
    BEGIN(throws);
    awi_trail(t, &thrower, 12, 5, true);    /* caught somewhere */
    SLEEP(1);
    awi_trail(t, &thrower, 34, 7, true);
    awi_trail(t, &caller, 56, 7, false);
    r = 7;
    END;
}

FRAME(passes, struct aw_task *h;)
{
    BEGIN(passes);
    my->h = START(throws, .x = 0);
    JOIN(my->h);
    awi_unjoin(my->h);
    aw_task_release(my->h);
    awi_trail(t, &caller, 78, r, false);
    END;
}

static void on_report(void *ctx, const aw_error_report *report)
{
    ck_assert_str_eq(ctx, "context");
    for (size_t i = 0; i < report->trail_length; i++)
        rt_log("%s %s:%u", report->trail[i].function, report->trail[i].file,
               report->trail[i].line);
}

FRAME(reports, int x;)
{
    static char context[] = "context";
    BEGIN(reports);
    aw_loop_set_exception_handler(on_report, context);
    aw_task_release(START(passes, .h = NULL));
    SLEEP(5);
    END;
}

START_TEST(a_report_says_which_way_an_error_took)
{
    rt_reset();
    ck_assert_int_eq(RUN(reports, .ret = 0), 0);
    EXPECT("1 thrower t.aw:34, 1 caller c.aw:56, 1 caller c.aw:78");
}
END_TEST

START_TEST(errors_have_names)
{
    ck_assert_str_eq(aw_strerror(AW_CANCELLED), "cancelled");
    ck_assert_str_eq(aw_strerror(ENOENT), strerror(ENOENT));
    ck_assert_str_ne(aw_strerror(0), "");
}
END_TEST

/* --- dump ---------------------------------------------------------------- */

FRAME(dumps, struct aw_task *h; struct awi_gather g; struct kid k;
      struct awi_handle n; struct awf_worker w;)
{
    BEGIN(dumps);
    my->h = rt_spawn((struct work){.name = "A", .ms = 50});
    aw_task_set_name(my->h, "sleeper");
    my->w.aw.state = 0;
    my->w.w = (struct work){.name = "B", .ms = 1};
    CALL(my->w.aw, awfr_worker, awfd_worker);
    awi_gather_init(&my->g);
    rt_add(&my->g, &my->k, (struct work){.name = "C", .ms = 9}, NULL);
    rt_add_task(&my->g, &my->n, my->h, NULL);
    GATHER(my->g);
    aw_task_release(my->h);
    END;
}

static FILE *dumped;

static void dump_now(struct aw_sim_event *e)
{
    (void)e;
    aw_dump(fileno(dumped));
}

START_TEST(a_dump_shows_the_tree_of_tasks)
{
    static struct aw_sim_event e;
    char text[1000] = "";
    rt_reset();
    dumped = tmpfile();
    aw_sim_at(&e, 5, dump_now);
    ck_assert_int_eq(RUN(dumps, .ret = 0), 0);
    rewind(dumped);
    ck_assert_uint_gt(fread(text, 1, sizeof text - 1, dumped), 0);
    fclose(dumped);
    char *at = strstr(text, "- dumps: waiting\n");
    ck_assert_ptr_nonnull(at);
    ck_assert_ptr_nonnull(at = strstr(at, "    aw_gather\n"));
    ck_assert_ptr_nonnull(at = strstr(at, "  - worker: sleeping until 10\n"));
    ck_assert_ptr_nonnull(at = strstr(at, "  - for task sleeper\n"));
    ck_assert_ptr_nonnull(strstr(at, "- sleeper: sleeping until 50\n"));
}
END_TEST

/* --- memory -------------------------------------------------------------- */

static long allocations, live_bytes;
static bool refuse;

static void *count_alloc(void *ctx, size_t size)
{
    (void)ctx;
    if (refuse)
        return NULL;
    allocations++;
    live_bytes += (long)size;
    return malloc(size);
}

static void count_free(void *ctx, void *p, size_t size)
{
    (void)ctx;
    if (p)
        live_bytes -= (long)size;
    free(p);
}

static const aw_allocator counting = {count_alloc, count_free, NULL};

static void watch_memory(void)
{
    rt_reset();
    aw_set_allocator(&counting);
    allocations = live_bytes = 0;
    refuse = false;
}

static void end_memory(void)
{
    aw_set_allocator(NULL);
}

FRAME(one_task, struct aw_task *h; long before;)
{
    BEGIN(one_task);
    my->before = allocations;
    my->h = rt_spawn((struct work){.name = "A", .value = 4});
    ck_assert_int_eq(allocations, my->before + 1);
    JOIN(my->h);
    aw_task_set_name(my->h, "name");
    ck_assert_int_eq(allocations, my->before + 2);
    ck_assert_int_eq(*(const int *)awi_result(my->h, _Alignof(int)), 4);
    awi_unjoin(my->h);
    aw_task_release(my->h);
    aw_task_set_name(t, "main");
    refuse = true;
    ck_assert_ptr_null(awi_task_new(&awfd_worker));
    refuse = false;
    END;
}

START_TEST(a_task_is_one_allocation)
{
    watch_memory();
    ck_assert_int_eq(RUN(one_task, .ret = 0), 0);
    ck_assert_int_eq(live_bytes, 0);
}
END_TEST

struct wide {
    struct aw_frame aw;
    _Alignas(64) char ret[64];
};

static int awfr_wide(struct aw_frame *self, struct aw_task *t, int r)
{
    (void)t;
    struct wide *my = (struct wide *)self;
    ck_assert_uint_eq((uintptr_t)my % 64, 0);
    memset(my->ret, 7, sizeof my->ret);
    return r;
}

static const struct aw_desc awfd_wide = {
    .resume = awfr_wide, .name = "wide", .file = "", .lines = rt_lines,
    .size = sizeof(struct wide), .align = 64, .states = 1};

FRAME(boxes, struct aw_frame *box; struct aw_task *h; struct awf_worker *w;)
{
    BEGIN(boxes);
    my->h = awi_task_new(&awfd_wide);
    awi_task_start(my->h);
    JOIN(my->h);
    ck_assert_ptr_eq(awi_result(my->h, 64), ((struct wide *)awi_task_frame(
        my->h))->ret);
    awi_unjoin(my->h);
    aw_task_release(my->h);
    my->box = awi_box_new(&my->aw, &awfd_wide);
    ck_assert_int_eq(awfr_wide(my->box, t, 0), 0);
    awi_box_free(my->box, &awfd_wide);
    my->w = (struct awf_worker *)awi_box_new(&my->aw, &awfd_worker);
    my->w->w = (struct work){.name = "boxed", .ms = 5, .value = 6};
    r = awfr_worker(&my->w->aw, t, 0);
    if (awi_waits(r)) {
        my->aw.state = 1;
        return awi_link(t, r, &my->w->aw, &awfd_worker, AWI_UP_BOXED);
    case 1:;
    }
    rt_log("got %d", my->w->ret);
    awi_box_free(&my->w->aw, &awfd_worker);
    refuse = true;
    ck_assert_ptr_null(awi_box_new(&my->aw, &awfd_wide));
    refuse = false;
    awi_mem_free(awi_mem_new(99), 99);
    END;
}

START_TEST(boxed_and_aligned_frames)
{
    watch_memory();
    ck_assert_int_eq(RUN(boxes, .ret = 0), 0);
    EXPECT("0 boxed+, 5 boxed., 5 got 6");
    ck_assert_int_eq(live_bytes, 0);
}
END_TEST

static struct {
    struct aw_task task;
    struct awf_worker f;
} slot;

static struct aw_task *start_static(struct work w)
{
    struct aw_task *t = awi_task_static(&slot.task, &slot.f.aw,
                                        &awfd_worker);
    if (!t)
        return NULL;
    slot.f.w = w;
    awi_task_start(t);
    return t;
}

FRAME(statics, struct aw_task *h;)
{
    BEGIN(statics);
    my->h = start_static((struct work){.name = "A", .ms = 5, .value = 2});
    ck_assert_ptr_null(start_static((struct work){.name = "B"}));
    JOIN(my->h);
    rt_log("got %d", *(const int *)awi_result(my->h, _Alignof(int)));
    awi_unjoin(my->h);
    ck_assert_ptr_null(start_static((struct work){.name = "B"}));
    aw_task_release(my->h);
    my->h = start_static((struct work){.name = "C", .ms = 5});
    aw_task_release(my->h);
    SLEEP(9);
    END;
}

START_TEST(tasks_in_static_storage_need_no_memory)
{
    watch_memory();
    refuse = true;
    ck_assert_ptr_null(start_static((struct work){.name = "A"}));
    ck_assert_int_eq(RUN(statics, .ret = 0), 0);
    EXPECT("0 A+, 5 A., 5 got 2, 5 C+, 10 C.");
    ck_assert_int_eq(allocations, 0);
}
END_TEST

FRAME(combined, struct awi_gather g; struct kid k[2]; struct awi_wait_for f;
      struct awi_timeout b; struct awi_gather *held;)
{
    BEGIN(combined);
    my->held = NULL;
    awi_timeout_begin(t, &my->b, 500);
    awi_gather_init(&my->g);
    awi_hold_in(&my->g, &my->held);
    rt_add(&my->g, &my->k[0], (struct work){.name = "A", .ms = 9}, NULL);
    rt_add(&my->g, &my->k[1], (struct work){.name = "B", .error = 7}, NULL);
    GATHER(my->g);
    DRAIN;
    awi_race_init(&my->g);
    rt_add(&my->g, &my->k[0], (struct work){.name = "A", .ms = 9}, NULL);
    rt_add(&my->g, &my->k[1], (struct work){.name = "B"}, NULL);
    RACE(my->g);
    awi_wait_for_init(&my->f, 5);
    rt_add(&my->f.g, &my->k[0], (struct work){.name = "A", .ms = 9}, NULL);
    WAIT_FOR(my->f);
    r = awi_timeout_end(t, &my->b, 0);
    END;
}

START_TEST(combinators_and_timeouts_need_no_memory)
{
    watch_memory();
    refuse = true;
    ck_assert_int_eq(RUN(combined, .ret = 0), 0);
    ck_assert_int_eq(allocations, 0);
}
END_TEST

/* --- sizes that the design promises -------------------------------------- */

START_TEST(nodes_are_small)
{
    if (sizeof(void *) != 8)
        return;
    ck_assert_uint_eq(sizeof(struct aw_frame), 16);
    ck_assert_uint_le(sizeof(struct aw_task) +
                      sizeof(struct awf_aw_sleep_ms), 88);
    struct two { struct aw_frame aw; int ret; int64_t arg; };
    ck_assert_uint_le(16 + 8 + sizeof(struct awi_gather) +
                      3 * (sizeof(struct awi_child) - sizeof(struct aw_task) +
                           sizeof(struct two)), 200);
}
END_TEST

/* --- port sim ------------------------------------------------------------ */

static void note(const char *what)
{
    rt_log("%.8s", what);
    aw_loop_stop();
    aw_sim_limit(0);
}

START_TEST(many_turns_at_one_instant_are_a_livelock)
{
    static struct { struct awi_child k; struct awf_makes f; } m;
    rt_reset();
    m.f.endless = true;
    aw_sim_limit(9);
    aw_sim_on_stuck(note);
    awi_child_init(&m.k, &m.f.aw, &awfd_makes, NULL);
    ck_assert_int_eq(awi_run_until(&m.k), 0);
    ck_assert_int_eq(aw_loop_run_forever(), 0);
    ck_assert_ptr_nonnull(strstr(rt_trace(), "livelock"));
    ck_assert_int_eq(aw_loop_close(), 0);
}
END_TEST

START_TEST(nothing_to_wait_for_is_a_deadlock)
{
    rt_reset();
    aw_sim_on_stuck(note);
    ck_assert_int_eq(aw_loop_run_forever(), 0);
    ck_assert_int_eq(aw_loop_close(), 0);
    EXPECT("0 deadlock");
}
END_TEST

/* One on the stack counted boxed calls from what was there before. */
START_TEST(a_loop_begins_in_any_memory)
{
    struct aw_loop l;
    memset(&l, 0xff, sizeof l);
    ck_assert_int_eq(awi_loop_open(&l, false), 0);
    ck_assert_int_eq(l.depth, 0);
    ck_assert(!l.busy && !l.stop && !l.ending && !l.breaks);
    ck_assert(awi_is_idle(&l));
    ck_assert_ptr_null(l.first);
    awi_loop_shut(&l);
}
END_TEST

Suite *suite_rt_loop(void)
{
    Suite *s = suite_create("rt_loop");
    TCase *c = tcase_create("loop");
    tcase_add_test(c, what_is_left_is_cancelled_and_drained);
    tcase_add_test(c, what_cleanup_creates_never_runs);
    tcase_add_test(c, a_run_inside_a_loop_is_refused);
    tcase_add_test(c, outside_a_loop_no_task_is_made);
    tcase_add_test(c, run_until_complete_leaves_the_others_alone);
    tcase_add_test(c, stop_lets_what_is_ready_take_one_more_step);
    tcase_add_test(c, asked_again_what_is_ready_then_takes_one_too);
    tcase_add_test(c, main_gives_the_exit_status);
    tcase_add_test(c, an_interrupt_cancels_main);
    tcase_add_test(c, a_program_that_handles_interrupts_keeps_them);
    tcase_add_test(c, a_report_says_which_way_an_error_took);
    tcase_add_test(c, errors_have_names);
    tcase_add_test(c, a_dump_shows_the_tree_of_tasks);
    suite_add_tcase(s, c);
    c = tcase_create("memory");
    tcase_add_checked_fixture(c, NULL, end_memory);
    tcase_add_test(c, a_task_is_one_allocation);
    tcase_add_test(c, boxed_and_aligned_frames);
    tcase_add_test(c, tasks_in_static_storage_need_no_memory);
    tcase_add_test(c, combinators_and_timeouts_need_no_memory);
    tcase_add_test(c, nodes_are_small);
    tcase_add_test(c, a_loop_begins_in_any_memory);
    suite_add_tcase(s, c);
    c = tcase_create("sim");
    tcase_add_test(c, many_turns_at_one_instant_are_a_livelock);
    tcase_add_test(c, nothing_to_wait_for_is_a_deadlock);
    suite_add_tcase(s, c);
    return s;
}
