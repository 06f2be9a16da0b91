/* SPDX-License-Identifier: MIT */
#include <aw.h>

#include "bench.h"

static async long leaf(long number)
{
    return number;
}

static async long node(long number, long leaves)
{
    long r[10], part = leaves / 10, sum = 0;

    aw_group (g) {
        for (int i = 0; i < 10; i++, number += part)
            if (part == 1)
                aw_group_spawn(g, r[i] = leaf(number));
            else
                aw_group_spawn(g, r[i] = node(number, part));
    }
    for (int i = 0; i < 10; i++)
        sum += r[i];
    return sum;
}

async int main(void)
{
    double before = bench_peak(), begin = bench_cpu();
    long sum = await node(0, 1000000);

    bench_report("tree", (bench_cpu() - begin) * 1e3, "ms");
    bench_report("memory", (bench_peak() - before) / 1e6, "MB");
    bench_expect(sum == 499999500000);
    return 0;
}
