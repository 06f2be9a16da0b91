/* SPDX-License-Identifier: MIT
 * warnings: off
 * Results that are converted as they are stored, of functions that are defined
 * later in the file: what describes them comes later, too. */
#include <aw.h>
#include <stdio.h>

static async int late(int x);
static async double later(int x);

async int main(void)
{
    signed char c, d;
    float f;
    long long n;
    int e;

    await aw_gather(c = late(300), f = later(3), n = late(7));
    printf("%d %g %lld\n", c, (double)f, n);
    e = await aw_try(d = aw_wait_for_ms(late(257), 100));
    printf("%d %d\n", e, d);
    aw_group (g) {
        aw_group_spawn(g, c = late(513));
        aw_group_spawn(g, n = later(4));
    }
    printf("%d %lld\n", c, n);
    return 0;
}

static async int late(int x)
{
    await aw_sleep_ms(1);
    return x;
}

static async double later(int x)
{
    await aw_sleep_ms(1);
    return x + 0.5;
}
