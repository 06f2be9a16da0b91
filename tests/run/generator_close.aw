/* SPDX-License-Identifier: MIT
 * A generator that is left at a yield runs its cleanup; whatever is pending in
 * its consumer meanwhile, a cancellation above all, is told from what happens
 * in there, and goes on afterwards. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

enum way { TRY, CAUGHT, AGAIN, THROWS, WAYS };
enum out { CANCELLED, ERROR, BREAK, RETURN, OUTS };

static const char *const way_names[] = {"try", "caught", "again", "throws"};
static const char *const out_names[] = {"cancelled", "error", "break",
                                        "return"};

static async void helper(void)
{
    await aw_sleep_ms(100);
}

/* Ends a helper by cancelling it; the cleanup has more to do than that. */
static async void tidy(enum way way)
{
    aw_task(void) t = aw_create_task(helper());
    defer aw_task_release(t);
    aw_cancel(t);
    if (way == TRY) {
        printf(" %d", await aw_try(t) == AW_CANCELLED);
    } else if (way == CAUGHT) {
        try {
            await t;
        } catch (AW_CANCELLED) {
            printf(" caught");
        }
    } else {
        await aw_sleep_ms(10);
        if (way == THROWS)
            throw EPROTO;
    }
    printf(" tidy");
}

static async_generator(int) numbers(enum way way)
{
    defer await tidy(way);
    for (int i = 0; i < 3; i++)
        yield i;
}

static async int consume(enum way way, enum out out)
{
    aw_for (int x, numbers(way)) {
        printf(" %d", x);
        if (x == 0)
            continue;
        if (out == CANCELLED)
            await aw_sleep_ms(20);
        if (out == ERROR)
            throw EINVAL;
        if (out == BREAK)
            break;
        return 7;
    }
    printf(" after");
    return 1;
}

/* As a level between: who is cancelled waits for the consumer. */
static async int outer(enum way way, enum out out)
{
    return await consume(way, out);
}

static const char *outcome(int e)
{
    switch (e) {
    case 0: return "ok";
    case AW_CANCELLED: return "cancelled";
    case EINVAL: return "EINVAL";
    case EPROTO: return "EPROTO";
    default: return "?";
    }
}

static async void one(enum way way, enum out out)
{
    aw_task(int) t = aw_create_task(outer(way, out));
    defer aw_task_release(t);
    int value = 0;

    printf("%s, %s:", out_names[out], way_names[way]);
    await aw_sleep_ms(15);
    aw_cancel(t);
    if (way == AGAIN) {
        await aw_sleep_ms(5);
        aw_cancel(t);
    }
    int e = await aw_try(value = t);
    printf(" -> %s %d\n", outcome(e), value);
}

async int main(void)
{
    for (int out = 0; out < OUTS; out++)
        for (int way = 0; way < WAYS; way++)
            await one((enum way)way, (enum out)out);
    return 0;
}
