/* SPDX-License-Identifier: MIT */
#include <aw.h>

#include "bench.h"

enum { N = 1000000 };

static long sum;

static async void child(long x)
{
    sum += x;
}

static async void at_once(void)
{
    aw_task(void) *t = malloc(N * sizeof *t);

    for (long i = 0; i < N; i++)
        t[i] = aw_create_task(child(i));
    for (long i = 0; i < N; i++) {
        await t[i];
        aw_task_release(t[i]);
    }
    free(t);
}

async int main(void)
{
    double before = bench_peak(), begin = bench_cpu();

    await at_once();
    bench_report("at-once", (bench_cpu() - begin) / N * 1e9, "ns");
    bench_report("bytes", (bench_peak() - before) / N, "B");
    begin = bench_cpu();
    for (long i = 0; i < N; i++)
        await aw_gather(child(i));
    bench_report("in-turn", (bench_cpu() - begin) / N * 1e9, "ns");
    bench_expect(sum == 2 * ((long)N * (N - 1) / 2));
    return 0;
}
