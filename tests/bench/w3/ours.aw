/* SPDX-License-Identifier: MIT */
#include <aw.h>

#include "bench.h"

static long n;
static struct bench_time took;

static async long chain(int depth)
{
    if (depth > 1)
        return await chain(depth - 1) + 1;
    struct bench_time begin = bench_now();
    for (long i = 0; i < n; i++)
        await aw_sleep_ms(0);
    took = bench_since(begin);
    return 1;
}

async int main(void)
{
    static const int depth[] = {1, 10, 100, 1000};

    n = bench_count(4000000);
    for (int i = 0; i < 4; i++) {
        char name[16];

        bench_expect(await chain(depth[i]) == depth[i]);
        snprintf(name, sizeof name, "depth-%d", depth[i]);
        bench_each(name, took, (double)n);
    }
    return 0;
}
