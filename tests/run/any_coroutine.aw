/* SPDX-License-Identifier: MIT
 * Every kind of coroutine stands everywhere: calls through pointers and along
 * cycles, handles, leaves, queues and combinators as children, as tasks, in a
 * group and run from plain C; results are converted as by an assignment. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    int id;
    char name[8];
} item;
typedef aw_queue(item) item_queue;

static async void producer(item_queue *q, int n)
{
    for (int i = 0; i < n; i++) {
        item it = {i, "x"};
        it.name[0] = (char)('a' + i);
        await aw_queue_put(q, it);
        printf("put %d at %d\n", i, (int)aw_now_ms());
    }
    aw_queue_close(q);
}

static async int consumer(item_queue *q)
{
    int n = 0;
    try {
        for (;; n++) {
            item it = await aw_queue_get(q);
            printf("got %d %s\n", it.id, it.name);
            await aw_sleep_ms(2);
        }
    } catch (EPIPE) {
    }
    return n;
}

static async int twice(int x)
{
    await aw_sleep_ms(1);
    return 2 * x;
}
static async int by(async int (*f)(int), int x)
{
    return await f(x);
}
static async long fib(int n)
{
    long a, b;
    if (n < 2) {
        await aw_sleep_ms(1);
        return n;
    }
    await aw_gather(a = fib(n - 1), b = fib(n - 2));
    return a + b;
}

static async int later(int x);

static int plain(int x)
{
    int r = 0;
    int e = aw_run(r = aw_wait_for_ms(later(x), 100));
    printf("run later %d %d\n", e, r);
    async int (*f)(int) = later;
    e = aw_run(r = f(x));
    printf("run ptr %d %d\n", e, r);
    int v[2];
    e = aw_run(aw_gather(v[0] = f(3), v[1] = aw_shield(twice(4))));
    printf("run gather %d %d %d\n", e, v[0], v[1]);
    return r;
}

static async int all(void)
{
    item buf[2];
    item_queue q = AW_QUEUE_INIT(buf);
    int n;
    await aw_gather(producer(&q, 5), n = consumer(&q));
    printf("n %d\n", n);

    static int ibuf[3];
    aw_queue(int) iq = AW_QUEUE_INIT(ibuf);
    long a;
    int b, c;
    await aw_gather(aw_queue_put(&iq, 7), a = aw_queue_get(&iq));
    printf("a %ld\n", a);
    aw_task(int) t = aw_create_task(aw_queue_get(&iq));
    defer aw_task_release(t);
    aw_task(void) t0 = aw_create_task(aw_queue_put(&iq, 8));
    defer aw_task_release(t0);
    await t0;
    printf("t %d\n", await t);

    async int (*f)(int) = twice;
    await aw_gather(a = f(1), b = aw_wait_for_ms(f(2), 10),
                    c = aw_shield(aw_wait_for_ms(f(3), 4)));
    printf("%ld %d %d\n", a, b, c);
    printf("fib %ld\n", await fib(8));
    aw_task_release(t);
    t = aw_create_task(f(5));
    aw_task(int) t2 = aw_create_task(aw_wait_for_ms(f(6), 5));
    defer aw_task_release(t2);
    aw_task(int) t3 = aw_create_task(t), t4 = aw_create_task(aw_shield(t));
    defer aw_task_release(t3);
    defer aw_task_release(t4);
    aw_task(void) t5 = aw_create_task(aw_gather(t, a = f(9)));
    defer aw_task_release(t5);
    aw_task(int) t6 = aw_create_task(aw_try(b = f(10)));
    defer aw_task_release(t6);
    aw_task(int) t7 = aw_create_task(aw_race(f(10), t));
    defer aw_task_release(t7);
    aw_task(long) t8 = aw_create_task(fib(5));
    defer aw_task_release(t8);
    aw_create_task(aw_sleep_ms(5));
    await aw_gather(t2, t3, t4, t5, t6, t7);
    printf("%d %d %d %d %ld %d %d %d %ld\n", await t, await t2, await t3,
           await t4, a, b, await t6, await t7, await t8);
    int e;
    e = await aw_try(a = f(3));
    printf("try boxed %d %ld\n", e, a);
    printf("%d\n", await aw_race(a = f(11), c = twice(12)));
    aw_group (g) {
        aw_group_spawn(g, a = f(13));
        aw_group_spawn(g, b = f(14));
        aw_group_spawn(g, c = aw_wait_for_ms(by(f, 15), 20));
        aw_group_spawn(g, aw_sleep_ms(3));
        aw_group_spawn(g, e = aw_try(f(16)));
    }
    printf("%ld %d %d %d\n", a, b, c, e);
    aw_task_release(t);
    t = aw_create_task(twice(50));
    aw_group (g) {
        aw_group_spawn(g, a = t);
    }
    e = await aw_try(b = t);
    printf("%ld %d %d\n", a, b, e);
    await aw_gather_tasks(&t, 0);
    return 0;
}

int main(void)
{
    plain(21);
    printf("%d\n", aw_run(all()));
    return 0;
}
static async int later(int x)
{
    await aw_sleep_ms(3);
    return x + 1;
}
