/* SPDX-License-Identifier: MIT
 * aw_queue(T): typed, bounded, first in first out; behind typedefs, as member
 * and static object; put and get with time limits; what close does. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

typedef struct {
    int id;
    double weight;
} item;
typedef aw_queue(item) items;

static struct {
    item room[2];
    items queue;
} store = {.queue = AW_QUEUE_INIT(store.room)};

static async int try_put(items *q, int id)
{
    int e = await aw_try(
        aw_wait_for_ms(aw_queue_put(q, ((item){id, id / 2.0})), 10));
    printf("%d: put %d: %s\n", (int)aw_now_ms(), id,
           e == ETIMEDOUT ? "late"
           : e == EPIPE   ? "closed"
                          : "done");
    return e;
}

static async void take(items *q, int n)
{
    while (n-- > 0) {
        item it = await aw_queue_get(q);
        printf("%d: got %d, %.1f\n", (int)aw_now_ms(), it.id, it.weight);
        await aw_sleep_ms(4);
    }
}

static async void squares(aw_queue(long) *in, aw_queue(long) *out)
{
    try {
        for (;;) {
            long x = await aw_queue_get(in);
            await aw_queue_put(out, x * x);
        }
    } catch (EPIPE) {
        aw_queue_close(out);
    }
}

static async long sum(aw_queue(long) *q)
{
    long total = 0;

    try {
        for (;;)
            total += await aw_queue_get(q);
    } catch (EPIPE) {
    }
    return total;
}

static async void feed(aw_queue(long) *q)
{
    for (int i = 1; i <= 10; i++)
        await aw_queue_put(q, i);
    aw_queue_close(q);
}

static async void pipeline(void)
{
    long a[1], b[3], total;
    aw_queue(long) in = AW_QUEUE_INIT(a), out = AW_QUEUE_INIT(b);

    await aw_gather(total = sum(&out), squares(&in, &out), feed(&in));
    printf("total %ld\n", total);
}

/* What is left can still be had from a closed queue; putters that wait in it
 * end. */
static async void closing(void)
{
    short room[1], got;
    aw_queue(short) q = AW_QUEUE_INIT(room);
    int e, d;
    aw_task(void) t;

    await aw_queue_put(&q, 1);
    t = aw_create_task(aw_queue_put(&q, 2));
    await aw_sleep_ms(1);
    aw_queue_close(&q);
    e = await aw_try(t);
    printf("putter %d, ", e == EPIPE);
    e = await aw_try(got = aw_queue_get(&q));
    d = await aw_try(aw_queue_get(&q));
    printf("got %d %d, then %d\n", e, got, d == EPIPE);
    aw_task_release(t);
}

async int main(void)
{
    int e[3];
    item first = {0};

    for (int i = 0; i < 3; i++)
        await try_put(&store.queue, i);
    await aw_gather(take(&store.queue, 3), try_put(&store.queue, 7));
    await aw_gather(first = aw_queue_get(&store.queue),
                    e[0] = try_put(&store.queue, 8));
    printf("first %d, %d\n", first.id, e[0]);
    e[1] = await aw_race(first = aw_queue_get(&store.queue), aw_sleep_ms(5));
    printf("race %d\n", e[1]);
    e[2] = await aw_try(first = aw_wait_for_ms(aw_queue_get(&store.queue), 3));
    printf("late %d\n", e[2] == ETIMEDOUT);
    await pipeline();
    await closing();
    aw_queue_close(&store.queue);
    await try_put(&store.queue, 9);
    return 0;
}
