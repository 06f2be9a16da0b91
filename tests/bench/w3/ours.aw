/* SPDX-License-Identifier: MIT */
#include <aw.h>

#include "bench.h"

enum { N = 4000000 };

static double begin, end;

static async long chain(int depth)
{
    if (depth > 1)
        return await chain(depth - 1) + 1;
    begin = bench_cpu();
    for (long i = 0; i < N; i++)
        await aw_sleep_ms(0);
    end = bench_cpu();
    return 1;
}

async int main(void)
{
    static const int depth[] = {1, 10, 100, 1000};

    for (int i = 0; i < 4; i++) {
        char name[16];

        bench_expect(await chain(depth[i]) == depth[i]);
        snprintf(name, sizeof name, "depth-%d", depth[i]);
        bench_report(name, (end - begin) / N * 1e9, "ns");
    }
    return 0;
}
