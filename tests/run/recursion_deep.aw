/* SPDX-License-Identifier: MIT
 * Recursion 100,000 deep, direct, mutual, through a pointer and in a
 * generator, with and without a suspension at the bottom, out again by value,
 * error and cancellation. The C stack stays small; no other task runs while
 * nothing is waited for. */
#include <aw.h>
#include <stdio.h>
#include <sys/resource.h>

enum { DEEP = 100000 };

static int waits;  /* the bottom suspends */
static int throws; /* the bottom throws */
static int others; /* turns that another task had */

static async int bottom(void)
{
    if (waits)
        await aw_sleep_ms(1);
    if (throws)
        throw throws;
    return 1;
}

static async int odd(unsigned n);

static async int even(unsigned n)
{
    if (n == 0)
        return await bottom();
    return await odd(n - 1);
}

static async int odd(unsigned n)
{
    return n == 0 ? 0 : await even(n - 1);
}

static async long sum(int n)
{
    long rest;

    if (n == 0)
        return await bottom();
    rest = await sum(n - 1);
    return rest + n;
}

static async int down(int n, async int (*next)(int, const void *),
                      const void *self)
{
    return n == 0 ? await bottom() : await next(n - 1, self);
}

static async int pointed(int n, const void *self)
{
    async int (*f)(int, const void *) = self;

    return 1 + await down(n, f, self);
}

static async_generator(int) count(int n)
{
    if (n == 0)
        await bottom();
    else
        aw_for (int x, count(n - 1)) {
            yield x + 1;
        }
    yield 0;
}

static async int counted(void)
{
    int total = 0;

    aw_for (int x, count(300)) {
        total += x;
    }
    return total;
}

static async void other(void)
{
    for (;;) {
        others++;
        await aw_sleep_ms(1);
    }
}

static async void everything(void)
{
    printf("%d %d ", await even(DEEP), await odd(DEEP));
    printf("%ld ", await sum(DEEP));
    printf("%d ", await pointed(DEEP, pointed));
    printf("%d\n", await counted());
}

static async void cancelled(void)
{
    aw_task(long) t = aw_create_task(sum(DEEP));

    await aw_sleep_ms(0);
    printf("%d ", aw_cancel(t));
    printf("%d\n", await aw_try(t));
    aw_task_release(t);
}

async int main(void)
{
    aw_task(void) t = aw_create_task(other());
    /* Recursion on the C stack would need many times as much. */
    struct rlimit small = {256 << 10, 256 << 10};

    setrlimit(RLIMIT_STACK, &small);
    await everything();
    printf("others %d\n", others);
    waits = 1;
    await everything();
    throws = 5;
    printf("%d %d\n", await aw_try(even(DEEP)), await aw_try(sum(DEEP)));
    waits = 0;
    printf("%d %d\n", await aw_try(even(DEEP)), await aw_try(sum(DEEP)));
    waits = 1;
    await cancelled();
    aw_cancel(t);
    printf("%d\n", await aw_try(t));
    aw_task_release(t);
    return 0;
}
