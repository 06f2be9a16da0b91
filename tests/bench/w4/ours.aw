/* SPDX-License-Identifier: MIT */
#include <aw.h>

#include "bench.h"

static long sum;

static async void child(long x)
{
    sum += x;
}

static async void at_once(long n)
{
    aw_task(void) *t = malloc((size_t)n * sizeof *t);

    for (long i = 0; i < n; i++)
        t[i] = aw_create_task(child(i));
    for (long i = 0; i < n; i++) {
        await t[i];
        aw_task_release(t[i]);
    }
    free(t);
}

static async void in_turn(long n)
{
    for (long i = 0; i < n; i++)
        await aw_gather(child(i));
}

async int main(void)
{
    double before = bench_peak();
    long n = bench_count(1000000);
    struct bench_time begin = bench_now();

    await at_once(n);
    bench_each("at-once", bench_since(begin), (double)n);
    bench_bytes(before, (double)n);
    begin = bench_now();
    await in_turn(n);
    bench_each("in-turn", bench_since(begin), (double)n);
    bench_expect(sum == n * (n - 1));
    return 0;
}
