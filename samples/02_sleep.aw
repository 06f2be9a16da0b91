/* SPDX-License-Identifier: MIT
 * Awaits inside ordinary C: a loop whose body sleeps, and a result.
 *
 * You will see a tick every 20 ms, then that sleeping never ends early. */
#include <aw.h>
#include <stdio.h>

/* Sleeps n times; returns how long it took. */
static async int64_t count(int n, unsigned ms)
{
    int64_t start = aw_now_ms();
    for (int i = 1; i <= n; i++) {
        await aw_sleep_ms(ms);
        printf("tick %d\n", i);
    }
    return aw_now_ms() - start;
}

async int main(void)
{
    int64_t took = await count(3, 20);
    printf("at least 60 ms: %s\n", took >= 60 ? "yes" : "no");
    return 0;
}
