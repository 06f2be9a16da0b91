/* SPDX-License-Identifier: MIT */
#include <aw.h>

#include "bench.h"

static long woken;

static async void sleeper(int ms)
{
    await aw_sleep_ms(ms);
    woken++;
}

async int main(void)
{
    double before = bench_peak();
    struct bench_time begin = bench_now();
    long n = bench_count(1000000);
    int least = (int)bench_count(500);
    uint64_t spread = (uint64_t)bench_count(1000), seed = 1;

    for (long i = 0; i < n; i++)
        aw_create_task(sleeper(least + (int)(bench_random(&seed) % spread)));
    while (woken < n)
        await aw_sleep_ms(100);
    bench_each("sleep", bench_since(begin), (double)n);
    bench_bytes(before, (double)n);
    return 0;
}
