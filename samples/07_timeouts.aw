/* SPDX-License-Identifier: MIT
 * A block with a time limit. What overruns is cancelled: its cleanup runs,
 * then the block ends with the error ETIMEDOUT. Leaving in time disarms it.
 *
 *   quick: 1
 *   hung up
 *   slow: timed out */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

static async int call(int rings, int ring_ms)
{
    defer if (rings > 0) puts("hung up");
    while (rings > 0) {
        await aw_sleep_ms(ring_ms);
        rings--;
    }
    return 1;
}

static async void dial(const char *name, int rings)
{
    try {
        aw_timeout_ms (400) {
            printf("%s: %d\n", name, await call(rings, 10));
        }
    } catch (ETIMEDOUT) {
        printf("%s: timed out\n", name);
    }
}

async int main(void)
{
    await dial("quick", 2);
    await dial("slow", 100);
    return 0;
}
