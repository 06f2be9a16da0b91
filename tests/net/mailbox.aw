/* SPDX-License-Identifier: MIT
 * Mailboxes: the order of messages and of those who wait, cancellation, the
 * end; between tasks of one loop, where all of it is exact, then between
 * threads.
 * ports: epoll poll */
#include "check.h"

#include <pthread.h>

#ifndef SETS
#define SETS 3000
#endif

/* --- one loop ------------------------------------------------------------ */

static char trace[256];

static async void put(aw_mailbox *m, int n)
{
    int error = await aw_try(aw_mailbox_put(m, &n));
    snprintf(trace + strlen(trace), 32, error ? "p%d:%d " : "p%d ", n, error);
}

static async void get(aw_mailbox *m, int who)
{
    int n = 0, error = await aw_try(aw_mailbox_get(m, &n));
    snprintf(trace + strlen(trace), 32, error ? "%c:%d " : "%c%d ", who,
             error ? error : n);
}

static bool traced(const char *expected)
{
    bool same = strcmp(trace, expected) == 0;
    if (!same)
        printf("\"%s\", not \"%s\"\n", trace, expected);
    trace[0] = '\0';
    return same;
}

/* Those who wait, whoever comes later, messages: first in, first out. */
static async void in_order(void)
{
    int array[2], n = 3;
    aw_mailbox m = AW_MAILBOX_INIT(array);
    await aw_gather(get(&m, 'a'), get(&m, 'b'), put(&m, 1), put(&m, 2));
    CHECK(traced("p1 p2 a1 b2 "));
    await aw_gather(put(&m, 1), put(&m, 2), put(&m, 3), put(&m, 4),
                    get(&m, 'a'), get(&m, 'b'), get(&m, 'c'), get(&m, 'd'));
    CHECK(traced("p1 p2 a1 b2 p3 p4 c3 d4 "));
    for (int i = 0; i < 2; i++)
        CHECK(aw_mailbox_post(&m, &n) == 0);
    CHECK(aw_mailbox_post(&m, &n) == EAGAIN);
    aw_mailbox_close(&m);
    CHECK(aw_mailbox_post(&m, &n) == EPIPE);
    await put(&m, 5);
    await get(&m, 'a');
    await get(&m, 'b');
    await get(&m, 'c');
    CHECK(traced("p5:32 a3 b3 c:32 "));
}

/* One that waits and one that was chosen: the turn goes on to the next. */
static async void cancelled(void)
{
    int array[1], n = 7;
    aw_mailbox m = AW_MAILBOX_INIT(array);
    aw_task(void) a = aw_create_task(get(&m, 'a'));
    aw_task(void) b = aw_create_task(get(&m, 'b'));
    aw_task(void) c = aw_create_task(get(&m, 'c'));
    await aw_sleep_ms(0);
    aw_cancel(a);
    CHECK(aw_mailbox_post(&m, &n) == 0); /* b is chosen */
    aw_cancel(b);
    int e[3];
    await aw_gather(e[0] = aw_try(a), e[1] = aw_try(b), e[2] = aw_try(c));
    CHECK(e[0] == AW_CANCELLED && e[1] == AW_CANCELLED && e[2] == 0);
    CHECK(traced("c7 ") && m.count == 0);
    aw_task_release(a);
    aw_task_release(b);
    aw_task_release(c);
    CHECK(aw_mailbox_post(&m, &n) == 0);
    aw_task(void) p = aw_create_task(put(&m, 8));
    aw_task(void) q = aw_create_task(put(&m, 9));
    await aw_sleep_ms(0);
    await get(&m, 'a'); /* p is chosen */
    aw_cancel(p);
    await q;
    await get(&m, 'b');
    CHECK(traced("a7 p9 b9 ") && aw_done(p));
    aw_task_release(p);
    aw_task_release(q);
}

static async void closed(void)
{
    int array[1], n = 1;
    aw_mailbox m = AW_MAILBOX_INIT(array), k = AW_MAILBOX_INIT(array);
    aw_group (g) {
        aw_group_spawn(g, get(&m, 'a'));
        aw_group_spawn(g, get(&m, 'b'));
        await aw_sleep_ms(0);
        aw_mailbox_close(&m);
    }
    CHECK(traced("a:32 b:32 "));
    CHECK(aw_mailbox_post(&k, &n) == 0);
    aw_group (g) {
        aw_group_spawn(g, put(&k, 2));
        aw_group_spawn(g, put(&k, 3));
        await aw_sleep_ms(0);
        await get(&k, 'a'); /* the first is chosen, and comes too late */
        aw_mailbox_close(&k);
    }
    CHECK(traced("a1 p2:32 p3:32 "));
}

/* Cancelled, then chosen by another thread before it has gone on: its frame is
 * used again only when the loop has seen its flag, or whoever was to be woken
 * before would not be. */
static aw_flag before_it = AW_FLAG_INIT;

static void *post_seven(void *m)
{
    int n = 7;
    aw_flag_set(&before_it);
    CHECK(aw_mailbox_post(m, &n) == 0);
    return NULL;
}

static async void post_elsewhere(aw_mailbox *m)
{
    pthread_t t;
    await aw_sleep_ms(0);
    pthread_create(&t, NULL, post_seven, m);
    pthread_join(t, NULL);
    await aw_sleep_ms(1);
}

static async void get_twice(aw_mailbox *m, int *n)
{
    bool caught = false;
    try {
        await aw_mailbox_get(m, n);
    } catch (AW_CANCELLED) {
        caught = true;
    }
    await aw_mailbox_get(m, n);
    CHECK(caught && *n == 7);
}

static async void chosen_late(void)
{
    int array[1], n = 0;
    aw_mailbox m = AW_MAILBOX_INIT(array);
    aw_task(void) a = aw_create_task(get_twice(&m, &n));
    aw_task(void) b = aw_create_task(post_elsewhere(&m));
    await aw_sleep_ms(0);
    aw_cancel(a);
    await aw_flag_wait(&before_it);
    await aw_gather(a, b);
    aw_task_release(a);
    aw_task_release(b);
}

/* --- threads ------------------------------------------------------------- */

enum { PUTTERS = 3, GETTERS = 2, TASKS = 4 };

struct message {
    int from;       /* task */
    unsigned count; /* of its messages */
};

static struct message space[8];
static aw_mailbox box = AW_MAILBOX_INIT(space);
static unsigned long put_count, got_count, put_sum, got_sum;

static void add(unsigned long *to, unsigned long n)
{
    __atomic_add_fetch(to, n, __ATOMIC_SEQ_CST);
}

/* Some attempts are given up; each message is put once. */
static async void put_many(int from)
{
    for (unsigned i = 0; i < SETS; i++) {
        struct message msg = {from, i};
        int error = ETIMEDOUT;
        while (error == ETIMEDOUT)
            error = await aw_try(
                aw_wait_for_ms(aw_mailbox_put(&box, &msg), i % 7 ? 1000 : 0));
        CHECK(error == 0);
        add(&put_count, 1);
        add(&put_sum, i * (unsigned)from);
    }
}

static async void put_all(int first)
{
    aw_group (g) {
        for (int i = 0; i < TASKS; i++)
            aw_group_spawn(g, put_many(first + i));
    }
}

/* Messages of one task come to one getter in the order they were put. */
static async void get_many(unsigned *last)
{
    for (unsigned i = 0;; i++) {
        struct message m;
        int error = await aw_try(
            aw_wait_for_ms(aw_mailbox_get(&box, &m), i % 5 ? 1000 : 0));
        if (error == EPIPE)
            return;
        if (error == ETIMEDOUT)
            continue;
        CHECK(error == 0 && m.count + 1 > last[m.from]);
        last[m.from] = m.count + 1;
        add(&got_count, 1);
        add(&got_sum, m.count * (unsigned)m.from);
    }
}

static async void get_all(void)
{
    static __thread unsigned last[2][PUTTERS * TASKS];
    await aw_gather(get_many(last[0]), get_many(last[1]));
}

static void *putter(void *arg)
{
    CHECK(aw_run(put_all((int)(intptr_t)arg)) == 0);
    return NULL;
}

static void *getter(void *arg)
{
    (void)arg;
    CHECK(aw_run(get_all()) == 0);
    return NULL;
}

static void threads(void)
{
    pthread_t p[PUTTERS], g[GETTERS];
    for (int i = 0; i < GETTERS; i++)
        pthread_create(&g[i], NULL, getter, NULL);
    for (int i = 0; i < PUTTERS; i++)
        pthread_create(&p[i], NULL, putter, (void *)(intptr_t)(i * TASKS));
    for (int i = 0; i < PUTTERS; i++)
        pthread_join(p[i], NULL);
    aw_mailbox_close(&box);
    for (int i = 0; i < GETTERS; i++)
        pthread_join(g[i], NULL);
    CHECK(put_count == (unsigned long)SETS * PUTTERS * TASKS);
    CHECK(got_count == put_count && got_sum == put_sum);
}

static async void all(void)
{
    await in_order();
    await cancelled();
    await closed();
    await chosen_late();
}

int main(void)
{
    int before = open_before(), error = aw_run(all());
    threads();
    return finish(error, before);
}
