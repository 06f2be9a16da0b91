/* SPDX-License-Identifier: MIT */
#include <aw.h>

#include "bench.h"

static async long child(long x)
{
    await aw_sleep_ms(0);
    return x;
}

static async long rounds_of(long n, long rounds)
{
    long sum = 0;

    while (rounds-- > 0) {
        long *r = malloc((size_t)n * sizeof *r);

        await aw_gather_each(long i, n, r[i] = child(i));
        for (long i = 0; i < n; i++)
            sum += r[i];
        free(r);
    }
    return sum;
}

async int main(void)
{
    static const long counts[] = {10, 1000, 100000};

    for (int i = 0; i < 3; i++) {
        long n = counts[i], rounds = bench_count(5000000 / n);
        struct bench_time begin = bench_now();
        long sum = await rounds_of(n, rounds);
        char name[16];

        bench_expect(sum == rounds * (n * (n - 1) / 2));
        snprintf(name, sizeof name, "n-%ld", n);
        bench_each(name, bench_since(begin), (double)(n * rounds));
    }
    return 0;
}
