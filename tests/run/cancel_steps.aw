/* SPDX-License-Identifier: MIT
 * A task cancelled after each of its steps, from before the first one on, runs
 * exactly the cleanups that are due, once, in order; cancelled once more
 * during cleanup, what that cleanup still had to do is cut short. The
 * innermost task of a chain gets it. */
#include <aw.h>
#include <stdio.h>

static async void pause(const char *name)
{
    defer printf(" /%s", name);
    printf(" %s", name);
    await aw_sleep_ms(0);
}

static async void inner(void)
{
    defer printf(" i1");
    await pause("a");
    try {
        await pause("b");
    } catch (int e) {
        printf(" never%d", e);
    } finally {
        printf(" (");
        await aw_sleep_ms(0);
        printf(" )");
    }
}

static async int outer(int chain)
{
    defer
    {
        await aw_sleep_ms(0);
        printf(" o1");
    }
    if (chain) {
        aw_task(void) t = aw_create_task(inner());
        defer aw_task_release(t);
        await t;
    } else {
        await inner();
    }
    defer printf(" o2");
    for (int i = 0; i < 2; i++) {
        defer printf(" r%d", i);
        await aw_sleep_ms(0);
    }
    return 5;
}

/* Cancels outer after `steps` steps, and again after `more`. */
static async void cancel_after(int chain, int steps, int more)
{
    int r = 0;
    aw_task(int) t = aw_create_task(outer(chain));

    printf("%d %d %d:", chain, steps, more);
    for (int i = 0; i < steps; i++)
        await aw_sleep_ms(0);
    if (!aw_cancel(t))
        printf(" over");
    for (int i = 0; i < more; i++)
        await aw_sleep_ms(0);
    if (more)
        aw_cancel(t);
    int e = await aw_try(r = t);
    printf(" = %s %d\n", e == AW_CANCELLED ? "cancelled" : "", r);
    aw_task_release(t);
}

async int main(void)
{
    for (int chain = 0; chain < 2; chain++)
        for (int more = 0; more < 3; more++)
            for (int steps = 0; steps < 9; steps++)
                await cancel_after(chain, steps, more);
    return 0;
}
