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
    double before = bench_peak();
    long n = bench_count(1000000);
    struct bench_time begin = bench_now();
    long sum = await node(0, n);

    bench_each("leaf", bench_since(begin), (double)n);
    bench_bytes(before, (double)n);
    bench_expect(sum == n * (n - 1) / 2);
    return 0;
}
