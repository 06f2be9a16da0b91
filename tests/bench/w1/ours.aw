/* SPDX-License-Identifier: MIT */
#include <aw.h>

#include "bench.h"

enum { N = 20000000 };

static async void yielder(long left)
{
    while (left-- > 0)
        await aw_sleep_ms(0);
}

async int main(void)
{
    double begin = bench_cpu();

    await aw_gather(yielder(N / 2), yielder(N / 2));
    bench_report("resume", (bench_cpu() - begin) / N * 1e9, "ns");
    return 0;
}
