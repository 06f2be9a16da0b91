/* SPDX-License-Identifier: MIT
 * What a clause or a cleanup awaits while a cancellation is handled may be
 * cancelled by others, or by itself: that is told from the task's own, which
 * goes on as such afterwards. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

enum way { TRY, CLAUSE, AGAIN, SWALLOWED, WAYS };

static async void helper(void)
{
    await aw_sleep_ms(100);
}

static async void deaf(void)
{
    try {
        await aw_sleep_ms(3);
    } catch (AW_CANCELLED) {
        printf(" deaf");
    }
}

/* Ends a helper; the cleanup has more to do than that. */
static async void tidy(enum way way)
{
    aw_task(void) t = aw_create_task(helper());
    defer aw_task_release(t);
    aw_cancel(t);
    if (way == TRY) {
        printf(" %d", await aw_try(t) == AW_CANCELLED);
    } else if (way == CLAUSE) {
        try {
            await t;
        } catch (AW_CANCELLED) {
        }
    } else if (way == AGAIN) {
        try {
            await aw_sleep_ms(3);
        } catch (AW_CANCELLED) {
            printf(" again");
        }
    } else {
        await deaf();
    }
    printf(" tidy");
}

static async void in_finally(enum way way)
{
    try {
        await aw_sleep_ms(50);
    } finally {
        await tidy(way);
    }
}

static async void in_defer(enum way way)
{
    defer await tidy(way);
    await aw_sleep_ms(50);
}

static async void in_clause(enum way way)
{
    try {
        await aw_sleep_ms(50);
    } catch (AW_CANCELLED) {
        await tidy(way);
        throw aw_caught();
    }
}

static async void handles(int place, enum way way)
{
    if (place == 0)
        await in_finally(way);
    else if (place == 1)
        await in_defer(way);
    else
        await in_clause(way);
}

static const char *name(int e)
{
    return e == AW_CANCELLED ? "cancelled" : e == ETIMEDOUT ? "timed out" : "0";
}

static async void timed(int place, enum way way)
{
    aw_timeout_ms (5) {
        await handles(place, way);
    }
}

/* Its own cancellation is no value of aw_try. */
static async int tried(int place, enum way way)
{
    int e = await aw_try(handles(place, way));
    printf(" not own: %s", name(e));
    return 1;
}

/* A cancellation that a clause took is over, and what comes is another. */
static async int taken(enum way way)
{
    try {
        await aw_sleep_ms(50);
    } catch (AW_CANCELLED) {
        await tidy(way);
    }
    aw_task(void) t = aw_create_task(helper());
    aw_cancel(t);
    int e = await aw_try(t);
    aw_task_release(t);
    printf(" then %s", name(e));
    return 1;
}

static async void cancelled(aw_task(int) t)
{
    int r = 0;
    await aw_sleep_ms(1);
    aw_cancel(t);
    await aw_sleep_ms(1);
    aw_cancel(t); /* nothing, unless the cleanup waits that long */
    int e = await aw_try(r = t);
    printf(" = %s %d\n", name(e), r);
    aw_task_release(t);
}

async int main(void)
{
    for (enum way way = TRY; way < WAYS; way++) {
        for (int place = 0; place < 3; place++) {
            printf("%d %d:", way, place);
            int e = await aw_try(timed(place, way));
            printf(" = %s\n", name(e));
            await cancelled(aw_create_task(tried(place, way)));
        }
        await cancelled(aw_create_task(taken(way)));
    }
    return 0;
}
