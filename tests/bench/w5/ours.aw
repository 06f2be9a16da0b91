/* SPDX-License-Identifier: MIT */
#include <aw.h>

#include "bench.h"

enum { N = 1000000 };

static long woken;

static async void sleeper(int ms)
{
    await aw_sleep_ms(ms);
    woken++;
}

async int main(void)
{
    double before = bench_peak(), begin = bench_cpu();
    uint64_t seed = 1;

    for (long i = 0; i < N; i++)
        aw_create_task(sleeper(500 + (int)(bench_random(&seed) % 1000)));
    while (woken < N)
        await aw_sleep_ms(100);
    bench_report("sleep", (bench_cpu() - begin) * 1e3, "ms");
    bench_report("bytes", (bench_peak() - before) / N, "B");
    return 0;
}
