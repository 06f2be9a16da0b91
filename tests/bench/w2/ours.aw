/* SPDX-License-Identifier: MIT */
#include <aw.h>

#include "bench.h"

static volatile int never;

__attribute__((noinline)) static async int child(int x)
{
    if (never)
        await aw_sleep_ms(0);
    return x + 1;
}

static async unsigned long parent(long n)
{
    unsigned long sum = 0;

    for (long i = 0; i < n; i++)
        sum += (unsigned long)await child((int)i);
    return sum;
}

async int main(void)
{
    long n = bench_count(100000000);
    struct bench_time begin = bench_now();
    unsigned long sum = await parent(n);

    bench_each("call", bench_since(begin), (double)n);
    bench_expect(sum == (unsigned long)n * ((unsigned long)n + 1) / 2);
    return 0;
}
