/* SPDX-License-Identifier: MIT
 * A gather of nothing is done at once; awaiting it lets no other task run. */
#include <aw.h>
#include <stdio.h>

static async void other(void)
{
    puts("other");
    await aw_sleep_ms(0);
}

async int main(void)
{
    aw_create_task(other());
    await aw_gather();
    puts("main");
    await aw_gather(aw_gather(), aw_gather(aw_gather()));
    int e = await aw_try(aw_gather());
    aw_timeout_ms (0) {
        await aw_gather();
    }
    await aw_wait_for_ms(aw_gather(), 0);
    printf("%d %d\n", e, aw_run(aw_gather()) != 0);
    aw_task(void) t = aw_create_task(aw_gather());
    await t;
    aw_task_release(t);
    puts("end");
    return 0;
}
