/* SPDX-License-Identifier: MIT
 * A task in static storage: scheduled as aw_create_task does, but without a
 * heap, for a machine that has none. The storage can be used again once the
 * task has ended and its handle is given back.
 *
 *   tock      (of the task, while main sleeps)
 *   tock
 *   tock
 *   3 tocks */
#include <aw.h>
#include <stdio.h>

static async int clock(int tocks)
{
    for (int i = 0; i < tocks; i++) {
        await aw_sleep_ms(10);
        puts("tock");
    }
    return tocks;
}

static aw_task_storage(clock) storage;

async int main(void)
{
    aw_task(int) t = aw_start(&storage, clock(3));

    await aw_sleep_ms(5);
    printf("%d tocks\n", await t);
    aw_task_release(t);
    return 0;
}
