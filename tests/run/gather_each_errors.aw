/* SPDX-License-Identifier: MIT
 * aw_gather_each fails and is cancelled as aw_gather is: the first error is
 * thrown at once, the others clean up behind it, and their memory stays until
 * they have. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

static int now(void)
{
    return (int)aw_now_ms();
}

/* Fails at 30 with 1, else ends at 100; its cleanup takes `cleanup` ms. */
static async int work(const char *who, int i, int cleanup)
{
    try {
        await aw_sleep_ms(i == 1 ? 30 : 100);
        if (i == 1)
            throw EIO;
    } finally {
        await aw_sleep_ms(cleanup);
        printf("%d: %s %d finally\n", now(), who, i);
    }
    return i;
}

static async void fails(const char *who, int n, int cleanup)
{
    int r[4] = {7, 7, 7, 7};

    try {
        await aw_gather_each(int i, n, r[i] = work(who, i, cleanup * i));
        puts("not reached");
    } catch (EIO) {
        printf("%d: %s caught %d\n", now(), who, r[0]);
    }
    await aw_sleep_ms(1);
    printf("%d: %s leaves\n", now(), who);
}

/* The storage is used again when those of the round before have ended. */
static async void rounds(int n)
{
    for (int k = 0; k < 2; k++) {
        try {
            await aw_gather_each(int i, n, work("round", i, 20));
        } catch (int e) {
            printf("%d: round %d failed, %d\n", now(), k, e == EIO);
        }
        try {
            await aw_gather_each(int i, 2, work("constant", i, 5 + 10 * k));
        } catch (int e) {
            printf("%d: constant %d failed, %d\n", now(), k, e == EIO);
        }
    }
    printf("%d: rounds end\n", now());
}

static async void outer(int n)
{
    try {
        await aw_gather_each(int i, n, work("cancelled", 2 * i, 10 * i));
    } finally {
        printf("%d: outer finally\n", now());
    }
}

/* All run their cleanup before the cancellation goes on. */
static async void cancelled(int at)
{
    aw_task(void) t = aw_create_task(outer(3));
    int e;

    await aw_sleep_ms(at);
    printf("%d: cancel %d\n", now(), aw_cancel(t));
    e = await aw_try(t);
    printf("%d: cancelled %d\n", now(), e == AW_CANCELLED);
    aw_task_release(t);
}

/* A child that somebody else cancels fails the gather. */
static aw_task(void) victim;

static async void shown(int i)
{
    if (i == 1)
        victim = aw_task_retain(aw_current_task());
    await aw_sleep_ms(50);
}

static async void stop(void)
{
    await aw_sleep_ms(5);
    printf("%d: cancel %d\n", now(), aw_cancel(victim));
}

static async void third_party(int n)
{
    int e = 0;

    await aw_gather(e = aw_try(aw_gather_each(int i, n, shown(i))), stop());
    printf("%d: %d\n", now(), e == AW_CANCELLED);
    aw_task_release(victim);
}

/* Made, but never begun: what stands before it has failed. */
static async void broken(void)
{
    throw EPERM;
}

static async void never(int n)
{
    aw_task(void) t = aw_create_task(broken());
    int e, r[3];

    e = await aw_try(t);
    printf("%d: %d\n", now(), e == EPERM);
    e = await aw_try(
        aw_gather(t, aw_gather_each(int i, n, r[i] = work("never", i, 1))));
    printf("%d: %d\n", now(), e == EPERM);
    aw_task_release(t);
}

/* A combinator inside waits for what it has cancelled. */
static async void inside(int n)
{
    int e = await aw_try(aw_gather_each(
        int i, n, aw_gather(work("inside", i, 10), work("beside", 2, 20))));

    printf("%d: %d\n", now(), e == EIO);
    e = await aw_try(aw_gather_each(
        int i, n,
        aw_gather_each(int j, n, work("deep", i == 1 ? j : 2 * j, j))));
    printf("%d: %d\n", now(), e == EIO);
}

/* More than can be counted: of the first number, the bytes are a multiple of 2
 * to the 64 and those of a single child. */
static async void too_many(void)
{
    static const int64_t counts[] = {((int64_t)1 << 61) + 1, (int64_t)1 << 32,
                                     INT64_MAX};
    int e[3];

    for (int k = 0; k < 3; k++)
        e[k] = await aw_try(
            aw_gather_each(int64_t i, counts[k], work("too many", 0, 1)));
    printf("%d: %d %d %d\n", now(), e[0] == ENOMEM, e[1] == ENOMEM,
           e[2] == ENOMEM);
}

async int main(void)
{
    await fails("frame", 3, 10);
    await fails("quick", 4, 0);
    await rounds(3);
    await cancelled(20);
    await cancelled(0);
    await third_party(3);
    await never(3);
    await inside(2);
    await too_many();
    return 0;
}
