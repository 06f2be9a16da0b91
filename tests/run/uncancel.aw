/* SPDX-License-Identifier: MIT
 * A cancellation that an error replaced is over: what aw_try sees later is
 * not taken for the task's own. One that goes on stays its own. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

enum way { FINALLY, DEFER, CLAUSE, CALLEE, GOES_ON };

static async void replaces(void)
{
    defer throw EIO;
    await aw_sleep_ms(100);
}

static async void wait_by(enum way way)
{
    if (way == FINALLY) {
        try {
            await aw_sleep_ms(100);
        } finally {
            throw EIO;
        }
    } else if (way == DEFER) {
        defer
        {
            await aw_sleep_ms(1);
            throw EPIPE;
        }
        await aw_sleep_ms(100);
    } else if (way == CLAUSE) {
        try {
            await aw_sleep_ms(100);
        } catch (AW_CANCELLED) {
            throw EPERM;
        }
    } else if (way == CALLEE) {
        await replaces();
    } else {
        try {
            await aw_sleep_ms(100);
        } finally {
            try {
                throw EIO;
            } catch (int e) {
                printf("inner %d\n", e == EIO);
            }
            printf("its own %d\n", await aw_try(aw_sleep_ms(1)));
        }
    }
}

static async void third(void)
{
    throw AW_CANCELLED;
}

static async int victim(enum way way)
{
    try {
        await wait_by(way);
    } catch (int e) {
        printf("replaced by %d\n", e);
    }
    printf("somebody else's: %d\n", await aw_try(third()) == AW_CANCELLED);
    return 7;
}

async int main(void)
{
    for (int way = FINALLY; way <= GOES_ON; way++) {
        int r = 0;
        aw_task(int) t = aw_create_task(victim((enum way)way));
        await aw_sleep_ms(1);
        aw_cancel(t);
        int e = await aw_try(r = t);
        printf("%d: %d %d\n", way, e == AW_CANCELLED ? 1 : e, r);
        aw_task_release(t);
    }
    return 0;
}
