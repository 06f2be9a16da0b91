/* SPDX-License-Identifier: MIT
 * A run inside a running loop is refused, and what its coroutine was made of
 * is given back: boxed calls and tasks, alone and inside combinators. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

static async int f(int x)
{
    await aw_sleep_ms(x);
    return x;
}

static async int inside(async int (*g)(int), aw_task(int) t)
{
    int r = 7;
    printf("%d", aw_run(r = g(3)) == EBUSY);
    printf("%d", aw_run(r = t) == EBUSY);
    printf("%d", aw_run(aw_gather(r = g(1), t, aw_shield(g(2)))) == EBUSY);
    printf("%d",
           aw_run(aw_wait_for_ms(aw_gather(r = g(1), t, g(2)), 10)) == EBUSY);
    printf("%d", aw_loop_run_until_complete(r = g(3)) == EBUSY);
    return await t + r;
}

static async int outer(void)
{
    aw_task(int) t = aw_create_task(f(1));
    int r = await inside(f, t);
    aw_task_release(t);
    return r;
}

int main(void)
{
    int r = 0, error = aw_run(r = outer());
    printf("\n%d %d\n", error, r);
    return 0;
}
