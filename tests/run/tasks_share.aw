/* SPDX-License-Identifier: MIT
 * A task awaited by several; awaiting a finished one does not yield. */
#include <aw.h>
#include <stdio.h>

static int order;

static async int work(int ms)
{
    await aw_sleep_ms(ms);
    return 7;
}

static async void waiter(aw_task(int) t, const char *name)
{
    int v = await t;
    order++;
    printf("%s: %d, number %d\n", name, v, order);
}

static async void bystander(void)
{
    printf("bystander\n");
}

async int main(void)
{
    aw_task(int) t = aw_create_task(work(10));
    await aw_gather(waiter(t, "first"), waiter(t, "second"));
    printf("done %d\n", aw_done(t));
    aw_create_task(bystander());
    int again = await t;
    printf("again %d\n", again);
    aw_task_release(t);
    await aw_sleep_ms(0);
    return 0;
}
