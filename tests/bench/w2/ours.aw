/* SPDX-License-Identifier: MIT */
#include <aw.h>

#include "bench.h"

enum { N = 100000000 };

static volatile int never;

__attribute__((noinline)) static async int child(int x)
{
    if (never)
        await aw_sleep_ms(0);
    return x + 1;
}

static async unsigned long parent(void)
{
    unsigned long sum = 0;

    for (long i = 0; i < N; i++)
        sum += (unsigned long)await child((int)i);
    return sum;
}

async int main(void)
{
    double begin = bench_cpu();
    unsigned long sum = await parent();

    bench_report("call", (bench_cpu() - begin) / N * 1e9, "ns");
    bench_expect(sum == (unsigned long)N * (N + 1UL) / 2);
    return 0;
}
