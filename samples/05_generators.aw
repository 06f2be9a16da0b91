/* SPDX-License-Identifier: MIT
 * An async generator gives values one by one and may wait in between. It
 * lives in the frame of whoever consumes it. Leaving the loop early ends it:
 * you will see its defer run, although it had more to give.
 *
 *   tick 1
 *   tick 2
 *   tick 3
 *   ticker stopped */
#include <aw.h>
#include <stdio.h>

static async_generator(int) ticker(int every_ms)
{
    defer puts("ticker stopped");
    for (int n = 1;; n++) {
        await aw_sleep_ms(every_ms);
        yield n;
    }
}

async int main(void)
{
    aw_for (int n, ticker(20)) {
        printf("tick %d\n", n);
        if (n == 3)
            break;
    }
    return 0;
}
