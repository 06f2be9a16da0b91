/* SPDX-License-Identifier: MIT */
#include <aw.h>

#include "bench.h"

static async void yielder(long left)
{
    while (left-- > 0)
        await aw_sleep_ms(0);
}

async int main(void)
{
    long n = bench_count(20000000);
    struct bench_time begin = bench_now();

    await aw_gather(yielder(n / 2), yielder(n / 2));
    bench_each("resume", bench_since(begin), (double)n);
    return 0;
}
