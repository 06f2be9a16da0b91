/* SPDX-License-Identifier: MIT */
#include <aw.h>

#include "bench.h"

static const int fan = 10;

static async void leaf(long number, long *sum)
{
    *sum += number;
}

static async void node(long number, long leaves, long *total)
{
    long part = leaves / fan, sum = 0;

    if (part == 1)
        await aw_gather_each(int i, fan, leaf(number + i, &sum));
    else
        await aw_gather_each(int i, fan, node(number + i * part, part, &sum));
    *total += sum;
}

async int main(void)
{
    double before = bench_peak();
    long n = bench_count(1000000), sum = 0;
    struct bench_time begin = bench_now();

    await node(0, n, &sum);
    bench_each("leaf", bench_since(begin), (double)n);
    bench_bytes(before, (double)n);
    bench_expect(sum == n * (n - 1) / 2);
    return 0;
}
