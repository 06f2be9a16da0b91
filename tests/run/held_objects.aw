/* SPDX-License-Identifier: MIT
 * An object of a loop's body whose address a held child has: the next round,
 * in which it is another object, begins when the child has ended. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

static async void writes(int *p, int value)
{
    try {
        await aw_sleep_ms(100);
    } finally {
        await aw_sleep_ms(10);
        printf("%d: was %d, now %d\n", (int)aw_now_ms(), *p, value);
        *p = value;
    }
}

static async void fails(int ms)
{
    await aw_sleep_ms(ms);
    throw EIO;
}

static async void rounds(void)
{
    for (int k = 0; k < 2; k++) {
        int x = 10 + k;
        try {
            await aw_gather(writes(&x, 20 + k), fails(3));
        } catch (EIO) {
            printf("%d: caught, x is %d\n", (int)aw_now_ms(), x);
        }
    }
}

static async void literals(void)
{
    int k = 0;
    do {
        int *p = &(int){30 + k};
        try {
            await aw_gather(writes(p, 40 + k), fails(3));
        } catch (EIO) {
            printf("%d: caught, *p is %d\n", (int)aw_now_ms(), *p);
        }
    } while (++k < 2);
}

static async void jumps(void)
{
    int k = 0;
again:
    switch (k) {
        int x;
    default:
        x = 50 + k;
        try {
            await aw_gather(writes(&x, 60 + k), fails(3));
        } catch (EIO) {
            printf("%d: caught, x is %d\n", (int)aw_now_ms(), x);
        }
    }
    if (k++ < 1)
        goto again;
}

/* What was left outside of the loop has no pointer into it. */
static async void others(void)
{
    int outside = 1;
    try {
        await aw_gather(writes(&outside, 2), fails(3));
    } catch (EIO) {
    }
    for (int k = 0; k < 2; k++) {
        int x = 70 + k;
        printf("%d: round %d\n", (int)aw_now_ms(), k);
        try {
            await aw_gather(writes(&x, 80 + k), fails(1));
        } catch (EIO) {
        }
    }
}

/* The wait for the held can be cancelled like any other. */
static async void until_cancelled(void)
{
    try {
        await rounds();
    } finally {
        printf("%d: left\n", (int)aw_now_ms());
    }
}

async int main(void)
{
    await rounds();
    await literals();
    await jumps();
    await others();
    aw_task(void) t = aw_create_task(until_cancelled());
    await aw_sleep_ms(5);
    aw_cancel(t);
    printf("%d\n", await aw_try(t));
    aw_task_release(t);
    return 0;
}
