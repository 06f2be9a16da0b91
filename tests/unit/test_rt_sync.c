/* SPDX-License-Identifier: MIT
 * Rules 6: synchronisation, as exact traces. */
/* clang-format off */
#include "tests/unit/suite.h"

#include "tests/unit/rt.h"

/* --- event --------------------------------------------------------------- */

FRAME(on_event, const char *name; aw_event *e; struct awf_aw_event_wait w;)
{
    BEGIN(on_event);
    my->w.aw.state = 0;
    my->w.event = my->e;
    CALL(my->w.aw, awfr_aw_event_wait, awfd_aw_event_wait);
    rt_log("%s %d", my->name, r);
    END;
}

FRAME(events, struct aw_task *h[3]; aw_event e; struct awf_on_event own;
      int i;)
{
    static const char *const names[] = {"A", "B", "C"};
    BEGIN(events);
    for (; my->i < 3; my->i++)
        my->h[my->i] = START(on_event, .name = names[my->i], .e = &my->e);
    SLEEP(0);
    aw_cancel(my->h[1]);
    aw_event_set(&my->e);
    aw_event_clear(&my->e);
    rt_log("set %d", aw_event_is_set(&my->e));
    SLEEP(5);
    aw_event_set(&my->e);
    my->own.aw.state = 0;
    my->own.name = "own";
    my->own.e = &my->e;
    CALL(my->own.aw, awfr_on_event, awfd_on_event);
    for (my->i = 0; my->i < 3; my->i++)
        aw_task_release(my->h[my->i]);
    END;
}

START_TEST(an_event_wakes_all_in_order_and_is_sticky)
{
    rt_reset();
    ck_assert_int_eq(RUN(events, .e = AW_EVENT_INIT), 0);
    EXPECT("0 set 0, 0 B -4096, 0 A 0, 0 C 0, 5 own 0");
}
END_TEST

/* --- flag ---------------------------------------------------------------- */

FRAME(on_flag, const char *name; aw_flag *f; struct awf_aw_flag_wait w;)
{
    BEGIN(on_flag);
    my->w.aw.state = 0;
    my->w.flag = my->f;
    CALL(my->w.aw, awfr_aw_flag_wait, awfd_aw_flag_wait);
    rt_log("%s %d set %d", my->name, r, my->f->is_set);
    r = 0;
    END;
}

static aw_flag flag;

static void set_flag(struct aw_sim_event *e)
{
    (void)e;
    rt_log("set");
    aw_flag_set(&flag);
}

FRAME(flags, struct aw_task *a, *b; struct aw_sim_event e;
      struct awf_on_flag own;)
{
    BEGIN(flags);
    my->a = START(on_flag, .name = "A", .f = &flag);
    my->b = START(on_flag, .name = "B", .f = &flag);
    SLEEP(5);
    aw_flag_set(&flag);             /* by the loop's thread: like an event */
    SLEEP(0);
    rt_log("main");
    aw_task_release(my->a);
    my->a = START(on_flag, .name = "C", .f = &flag);
    aw_sim_at(&my->e, 20, set_flag);
    SLEEP(20);
    rt_log("main");
    aw_task_release(my->a);
    my->a = START(on_flag, .name = "D", .f = &flag);
    SLEEP(0);
    aw_flag_set(&flag);             /* chosen, then cancelled: still set */
    SLEEP(0);
    rt_log("set %d", flag.is_set);
    aw_flag_set(&flag);
    aw_flag_set(&flag);
    aw_flag_clear(&flag);
    aw_flag_set(&flag);
    my->own.aw.state = 0;
    my->own.name = "own";
    my->own.f = &flag;
    CALL(my->own.aw, awfr_on_flag, awfd_on_flag);
    aw_task_release(my->a);
    aw_task_release(my->b);
    END;
}

START_TEST(a_flag_has_one_waiter_who_clears_it)
{
    rt_reset();
    flag = (aw_flag)AW_FLAG_INIT;
    ck_assert_int_eq(RUN(flags, .ret = 0), 0);
    char text[200];
    snprintf(text, sizeof text, "0 B %d set 0, 5 A 0 set 0, 5 main, 20 set, "
             "20 C 0 set 0, 25 main, 25 D 0 set 0, 25 set 0, 25 own 0 set 0",
             EBUSY);
    EXPECT(text);
}
END_TEST

FRAME(flag_cancel, struct aw_task *a;)
{
    BEGIN(flag_cancel);
    my->a = START(on_flag, .name = "A", .f = &flag);
    SLEEP(0);
    aw_flag_set(&flag);
    SLEEP(-1);
    aw_task_release(my->a);
    my->a = START(on_flag, .name = "B", .f = &flag);
    SLEEP(0);
    aw_cancel(my->a);
    aw_flag_set(&flag);
    SLEEP(0);
    rt_log("set %d", flag.is_set);
    aw_task_release(my->a);
    END;
}

START_TEST(a_flag_survives_a_cancelled_waiter)
{
    rt_reset();
    flag = (aw_flag)AW_FLAG_INIT;
    ck_assert_int_eq(RUN(flag_cancel, .ret = 0), 0);
    EXPECT("0 A 0 set 0, 0 B -4096 set 1, 0 set 1");
}
END_TEST

/* --- lock ---------------------------------------------------------------- */

FRAME(locker, const char *name; aw_lock *l; int64_t ms;
      struct awf_aw_lock_acquire w;)
{
    BEGIN(locker);
    my->w.aw.state = 0;
    my->w.lock = my->l;
    CALL(my->w.aw, awfr_aw_lock_acquire, awfd_aw_lock_acquire);
    if (r) {
        rt_log("%s %d", my->name, r);
        return r;
    }
    rt_log("%s has it", my->name);
    if (my->ms >= 0)
        SLEEP(my->ms);
    r = aw_lock_release(my->l);
    rt_log("%s gave it %d, locked %d", my->name, r, aw_lock_locked(my->l));
    END;
}

FRAME(locks, aw_lock l; struct aw_task *h[4]; int i; struct awf_locker own;)
{
    static const char *const names[] = {"A", "B", "C", "D"};
    BEGIN(locks);
    rt_log("free %d", aw_lock_release(&my->l));
    for (; my->i < 4; my->i++)
        my->h[my->i] = START(locker, .name = names[my->i], .l = &my->l,
                             .ms = 10);
    SLEEP(10);
    SLEEP(0);
    aw_cancel(my->h[1]);    /* has been chosen: passes it on */
    my->own.aw.state = 0;   /* comes last */
    my->own.name = "own";
    my->own.l = &my->l;
    my->own.ms = -1;
    CALL(my->own.aw, awfr_locker, awfd_locker);
    my->own.aw.state = 0;   /* free: no yield */
    CALL(my->own.aw, awfr_locker, awfd_locker);
    for (my->i = 0; my->i < 4; my->i++)
        aw_task_release(my->h[my->i]);
    END;
}

START_TEST(a_lock_is_handed_over_in_order)
{
    rt_reset();
    ck_assert_int_eq(RUN(locks, .l = AW_LOCK_INIT), 0);
    char text[400];
    snprintf(text, sizeof text, "0 free %d, 0 A has it, 10 A gave it 0, "
             "locked 1, 10 B -4096, 10 C has it, 20 C gave it 0, locked 1, "
             "20 D has it, 30 D gave it 0, locked 1, 30 own has it, "
             "30 own gave it 0, locked 0, 30 own has it, 30 own gave it 0, "
             "locked 0", EPERM);
    EXPECT(text);
}
END_TEST

/* --- semaphore ----------------------------------------------------------- */

FRAME(permit, const char *name; aw_semaphore *s;
      struct awf_aw_semaphore_acquire w;)
{
    BEGIN(permit);
    my->w.aw.state = 0;
    my->w.semaphore = my->s;
    CALL(my->w.aw, awfr_aw_semaphore_acquire, awfd_aw_semaphore_acquire);
    rt_log("%s %d", my->name, r);
    if (r == 0)
        SLEEP(10);
    if (r == 0)
        aw_semaphore_release(my->s);
    END;
}

FRAME(permits, aw_semaphore s; struct aw_task *h[5]; int i;)
{
    static const char *const names[] = {"A", "B", "C", "D", "E"};
    BEGIN(permits);
    for (; my->i < 5; my->i++)
        my->h[my->i] = START(permit, .name = names[my->i], .s = &my->s);
    SLEEP(5);
    aw_cancel(my->h[2]);
    SLEEP(5);
    aw_cancel(my->h[3]);    /* has been chosen */
    SLEEP(50);
    rt_log("value %zu", my->s.value);
    for (my->i = 0; my->i < 5; my->i++)
        aw_task_release(my->h[my->i]);
    END;
}

START_TEST(a_semaphore_counts_and_passes_on)
{
    rt_reset();
    ck_assert_int_eq(RUN(permits, .s = AW_SEMAPHORE_INIT(2)), 0);
    EXPECT("0 A 0, 0 B 0, 5 C -4096, 10 D -4096, 10 E 0, 60 value 2");
}
END_TEST

/* --- condition ----------------------------------------------------------- */

FRAME(on_condition, const char *name; aw_condition *c;
      struct awf_aw_lock_acquire a; struct awf_aw_condition_wait w;)
{
    BEGIN(on_condition);
    my->a.aw.state = 0;
    my->a.lock = my->c->lock;
    CALL(my->a.aw, awfr_aw_lock_acquire, awfd_aw_lock_acquire);
    my->w.aw.state = 0;
    my->w.condition = my->c;
    CALL(my->w.aw, awfr_aw_condition_wait, awfd_aw_condition_wait);
    rt_log("%s %d locked %d", my->name, r, aw_lock_locked(my->c->lock));
    SLEEP(1);
    aw_lock_release(my->c->lock);
    END;
}

FRAME(conditions, aw_lock l; aw_condition c; struct aw_task *h[4]; int i;
      struct awf_aw_lock_acquire a; struct awf_aw_condition_wait w;)
{
    static const char *const names[] = {"A", "B", "C", "D"};
    BEGIN(conditions);
    my->c = (aw_condition)AW_CONDITION_INIT(&my->l);
    rt_log("notify %d", aw_condition_notify(&my->c, 1));
    my->w.condition = &my->c;
    CALL(my->w.aw, awfr_aw_condition_wait, awfd_aw_condition_wait);
    rt_log("wait %d", r);
    for (; my->i < 4; my->i++)
        my->h[my->i] = START(on_condition, .name = names[my->i],
                             .c = &my->c);
    SLEEP(5);
    my->a.lock = &my->l;
    CALL(my->a.aw, awfr_aw_lock_acquire, awfd_aw_lock_acquire);
    aw_condition_notify(&my->c, 1);
    aw_cancel(my->h[0]);    /* had been notified: B is in its place */
    SLEEP(5);
    aw_lock_release(&my->l);
    SLEEP(5);
    my->a.aw.state = 0;
    CALL(my->a.aw, awfr_aw_lock_acquire, awfd_aw_lock_acquire);
    aw_condition_notify_all(&my->c);
    SLEEP(5);
    aw_cancel(my->h[2]);    /* waits for the lock: has to get it */
    SLEEP(5);
    aw_lock_release(&my->l);
    SLEEP(9);
    rt_log("locked %d", aw_lock_locked(&my->l));
    for (my->i = 0; my->i < 4; my->i++)
        aw_task_release(my->h[my->i]);
    END;
}

START_TEST(a_condition_holds_the_lock_when_it_ends)
{
    rt_reset();
    ck_assert_int_eq(RUN(conditions, .l = AW_LOCK_INIT), 0);
    char text[400];
    snprintf(text, sizeof text, "0 notify %d, 0 wait %d, 10 A -4096 locked "
             "1, 11 B 0 locked 1, 25 D 0 locked 1, 26 C -4096 locked 1, "
             "34 locked 0", EPERM, EPERM);
    EXPECT(text);
}
END_TEST

/* --- barrier ------------------------------------------------------------- */

FRAME(on_barrier, const char *name; aw_barrier *b;
      struct awf_aw_barrier_wait w;)
{
    BEGIN(on_barrier);
    my->w.aw.state = 0;
    my->w.barrier = my->b;
    CALL(my->w.aw, awfr_aw_barrier_wait, awfd_aw_barrier_wait);
    rt_log("%s %d: %d", my->name, r, my->w.ret);
    END;
}

FRAME(barriers, aw_barrier b; struct aw_task *h[6]; int i;)
{
    static const char *const names[] = {"A", "B", "C", "D", "E", "F"};
    BEGIN(barriers);
    for (; my->i < 2; my->i++)
        my->h[my->i] = START(on_barrier, .name = names[my->i], .b = &my->b);
    SLEEP(5);
    aw_cancel(my->h[0]);
    SLEEP(0);
    for (; my->i < 6; my->i++)
        my->h[my->i] = START(on_barrier, .name = names[my->i], .b = &my->b);
    SLEEP(5);
    rt_log("count %zu", my->b.count);
    aw_cancel(my->h[4]);
    aw_cancel(my->h[5]);
    SLEEP(0);
    rt_log("count %zu", my->b.count);
    for (my->i = 0; my->i < 6; my->i++)
        aw_task_release(my->h[my->i]);
    END;
}

START_TEST(a_barrier_numbers_its_parties)
{
    rt_reset();
    ck_assert_int_eq(RUN(barriers, .b = AW_BARRIER_INIT(3)), 0);
    EXPECT("5 A -4096: 0, 5 D 0: 2, 5 B 0: 0, 5 C 0: 1, 10 count 2, "
           "10 E -4096: 0, 10 F -4096: 0, 10 count 0");
}
END_TEST

/* B comes in between the cancellation of A and A's turn. */
FRAME(cancelled_party, aw_barrier b; struct aw_task *a, *h[2];)
{
    BEGIN(cancelled_party);
    my->a = START(on_barrier, .name = "A", .b = &my->b);
    SLEEP(5);
    my->h[0] = START(on_barrier, .name = "B", .b = &my->b);
    aw_cancel(my->a);
    SLEEP(5);
    rt_log("count %zu", my->b.count);
    my->h[1] = START(on_barrier, .name = "C", .b = &my->b);
    SLEEP(5);
    rt_log("count %zu", my->b.count);
    aw_task_release(my->a);
    aw_task_release(my->h[0]);
    aw_task_release(my->h[1]);
    END;
}

START_TEST(a_party_that_was_cancelled_does_not_open_a_barrier)
{
    rt_reset();
    ck_assert_int_eq(RUN(cancelled_party, .b = AW_BARRIER_INIT(2)), 0);
    EXPECT("5 A -4096: 0, 10 count 1, 10 C 0: 1, 10 B 0: 0, 15 count 0");
}
END_TEST

/* --- queue --------------------------------------------------------------- */

FRAME(put, const char *name; struct aw_queue *q; int value;
      struct awf_aw_queue_put w;)
{
    BEGIN(put);
    my->w.aw.state = 0;
    my->w.queue = my->q;
    my->w.value = &my->value;
    CALL(my->w.aw, awfr_aw_queue_put, awfd_aw_queue_put);
    rt_log("%s put %d: %d", my->name, my->value, r);
    r = 0;
    END;
}

FRAME(get, const char *name; struct aw_queue *q; int value;
      struct awf_aw_queue_get w;)
{
    BEGIN(get);
    my->w.aw.state = 0;
    my->w.queue = my->q;
    my->w.dst = &my->value;
    CALL(my->w.aw, awfr_aw_queue_get, awfd_aw_queue_get);
    rt_log("%s got %d: %d", my->name, my->value, r);
    r = 0;
    END;
}

#define PUT(name_, value_) START(put, .name = name_, .q = &q, .value = value_)
#define GET(name_) START(get, .name = name_, .q = &q)

static int two[2];
static struct aw_queue q;

static void forget(struct aw_task **h, int n)
{
    for (int i = 0; i < n; i++)
        aw_task_release(h[i]);
}

FRAME(fills, struct aw_task *h[5]; int i;)
{
    BEGIN(fills);
    for (; my->i < 5; my->i++)
        my->h[my->i] = my->i < 4 ? PUT("p", my->i) : GET("g");
    SLEEP(5);
    rt_log("count %zu", q.count);
    aw_cancel(my->h[3]);
    forget(my->h, 5);
    for (my->i = 0; my->i < 3; my->i++)
        my->h[my->i] = GET("h");
    SLEEP(5);
    forget(my->h, 3);
    END;
}

START_TEST(a_queue_is_bounded_and_in_order)
{
    rt_reset();
    q = (struct aw_queue)AW_QUEUE_INIT(two);
    ck_assert_int_eq(RUN(fills, .ret = 0), 0);
    EXPECT("0 p put 0: 0, 0 p put 1: 0, 0 g got 0: 0, 0 p put 2: 0, "
           "5 count 2, 5 p put 3: -4096, 5 h got 1: 0, 5 h got 2: 0, "
           "10 h got 0: -4096");
}
END_TEST

FRAME(chosen, struct aw_task *h[4]; struct awf_get own;)
{
    BEGIN(chosen);
    my->h[0] = GET("A");
    my->h[1] = GET("B");
    SLEEP(0);
    my->h[2] = PUT("p", 1);
    my->h[3] = PUT("p", 2);
    SLEEP(0);
    /* the putters have run: A and B are chosen, in that order */
    aw_cancel(my->h[0]);
    my->own.name = "own";   /* the value given back, but not before B */
    my->own.q = &q;
    CALL(my->own.aw, awfr_get, awfd_get);
    forget(my->h, 4);
    END;
}

START_TEST(a_cancelled_getter_loses_nothing_and_nobody_overtakes)
{
    rt_reset();
    q = (struct aw_queue)AW_QUEUE_INIT(two);
    ck_assert_int_eq(RUN(chosen, .ret = 0), 0);
    EXPECT("0 p put 1: 0, 0 p put 2: 0, 0 A got 0: -4096, 0 B got 1: 0, "
           "0 own got 2: 0");
}
END_TEST

FRAME(closes, struct aw_task *h[5]; struct awf_get own; int i;)
{
    BEGIN(closes);
    my->h[0] = GET("A");
    SLEEP(0);
    my->h[1] = PUT("p", 1);
    my->h[2] = PUT("p", 2);
    my->h[3] = PUT("p", 3);
    my->h[4] = PUT("p", 4);
    SLEEP(0);
    SLEEP(0);
    rt_log("close");
    aw_queue_close(&q);
    SLEEP(5);
    for (; my->i < 3; my->i++) {
        my->own.aw.state = 0;
        my->own.name = "own";
        my->own.q = &q;
        CALL(my->own.aw, awfr_get, awfd_get);
    }
    forget(my->h, 5);
    my->h[0] = PUT("late", 9);
    SLEEP(0);
    forget(my->h, 1);
    END;
}

START_TEST(closed_it_drains_then_ends)
{
    rt_reset();
    q = (struct aw_queue)AW_QUEUE_INIT(two);
    ck_assert_int_eq(RUN(closes, .ret = 0), 0);
    char text[400];
    snprintf(text, sizeof text, "0 p put 1: 0, 0 p put 2: 0, 0 A got 1: 0, "
             "0 close, 0 p put 3: %d, 0 p put 4: %d, 5 own got 2: 0, "
             "5 own got 2: %d, 5 own got 2: %d, 5 late put 9: %d", EPIPE,
             EPIPE, EPIPE, EPIPE, EPIPE);
    EXPECT(text);
}
END_TEST

FRAME(empty_close, struct aw_task *h;)
{
    BEGIN(empty_close);
    my->h = GET("A");
    SLEEP(0);
    aw_queue_close(&q);
    SLEEP(0);
    forget(&my->h, 1);
    END;
}

START_TEST(closed_empty_getters_end)
{
    rt_reset();
    q = (struct aw_queue)AW_QUEUE_INIT(two);
    ck_assert_int_eq(RUN(empty_close, .ret = 0), 0);
    char text[40];
    snprintf(text, sizeof text, "0 A got 0: %d", EPIPE);
    EXPECT(text);
}
END_TEST

Suite *suite_rt_sync(void)
{
    Suite *s = suite_create("rt_sync");
    TCase *c = tcase_create("rules 6");
    tcase_add_test(c, an_event_wakes_all_in_order_and_is_sticky);
    tcase_add_test(c, a_flag_has_one_waiter_who_clears_it);
    tcase_add_test(c, a_flag_survives_a_cancelled_waiter);
    tcase_add_test(c, a_lock_is_handed_over_in_order);
    tcase_add_test(c, a_semaphore_counts_and_passes_on);
    tcase_add_test(c, a_condition_holds_the_lock_when_it_ends);
    tcase_add_test(c, a_barrier_numbers_its_parties);
    tcase_add_test(c, a_party_that_was_cancelled_does_not_open_a_barrier);
    tcase_add_test(c, a_queue_is_bounded_and_in_order);
    tcase_add_test(c, a_cancelled_getter_loses_nothing_and_nobody_overtakes);
    tcase_add_test(c, closed_it_drains_then_ends);
    tcase_add_test(c, closed_empty_getters_end);
    suite_add_tcase(s, c);
    return s;
}
