/* SPDX-License-Identifier: MIT
 * Tasks in static storage, and combinators and blocks, with an allocator that
 * always fails: nothing but what asks for memory ends with ENOMEM. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

static async int worker(int id, int ms)
{
    await aw_sleep_ms(ms);
    printf("worker %d at %d\n", id, (int)aw_now_ms());
    return 10 * id;
}

static async void fails(int ms)
{
    await aw_sleep_ms(ms);
    throw EIO;
}

static aw_task_storage(worker) one;
static aw_task_storage(worker) pool[2];

static async void statics(void)
{
    static aw_task_storage(fails) bad;
    aw_task(int) t = aw_start(&one, worker(1, 30)), none, more[2];
    aw_task(void) f;
    int sum;

    none = aw_start(&one, worker(2, 1));
    printf("in use: %d\n", none == NULL);
    for (int i = 0; i < 2; i++)
        more[i] = aw_start(&pool[i], worker(3 + i, 10 * i));
    f = aw_start(&bad, fails(5));
    printf("failed: %d\n", await aw_try(f) == EIO);
    aw_task_release(f);
    sum = await t;
    for (int i = 0; i < 2; i++) {
        sum += await more[i];
        aw_task_release(more[i]);
    }
    aw_task_release(t);
    printf("sum %d\n", sum);
    aw_start(&one, worker(5, 1));
    await aw_sleep_ms(5);
}

static async void forms(void)
{
    int a, b, e[2];

    await aw_gather(a = worker(6, 3), b = worker(7, 2));
    printf("race %d\n", await aw_race(a = worker(8, 3), b = worker(9, 1)));
    printf("try %d\n", await aw_try(fails(1)) == EIO);
    e[0] = await aw_try(aw_wait_for_ms(worker(10, 50), 5));
    e[1] = await aw_try(aw_gather(worker(11, 50), fails(2)));
    printf("late %d, failed %d\n", e[0] == ETIMEDOUT, e[1] == EIO);
    try {
        aw_timeout_ms (5) {
            await worker(12, 100);
        }
    } catch (ETIMEDOUT) {
        printf("timeout at %d\n", (int)aw_now_ms());
    }
    printf("shield %d\n", await aw_shield(worker(13, 1)));
}

static async int by_pointer(async int (*f)(int, int))
{
    int x;

    await aw_gather(x = f(14, 1));
    return x;
}

static async void memory(void)
{
    aw_task(int) t = aw_create_task(worker(15, 1));
    int e;

    printf("create %d\n", t == NULL);
    e = await aw_try(t);
    printf("await %d\n", e == ENOMEM);
    e = await aw_try(by_pointer(worker));
    printf("boxed %d\n", e == ENOMEM);
    try {
        aw_group (g) {
            aw_group_spawn(g, worker(16, 1));
            await aw_sleep_ms(10);
        }
    } catch (ENOMEM) {
        printf("group\n");
    }
}

static async void all(void)
{
    await statics();
    await forms();
    await memory();
}

static void *no_memory(void *ctx, size_t size)
{
    (void)ctx;
    (void)size;
    return NULL;
}

static void no_free(void *ctx, void *p, size_t size)
{
    (void)ctx;
    (void)size;
    if (p)
        printf("freed\n");
}

int main(void)
{
    static const aw_allocator none = {no_memory, no_free, NULL};

    aw_set_allocator(&none);
    return aw_run(all());
}
