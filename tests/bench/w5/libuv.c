/* SPDX-License-Identifier: MIT */
#include <uv.h>

#include "../bench.h"

enum { N = 1000000 };

static long woken;

static void on_timer(uv_timer_t *t)
{
    woken++;
    uv_close((uv_handle_t *)t, (uv_close_cb)free);
}

int main(void)
{
    double before = bench_peak(), begin = bench_cpu();
    uint64_t seed = 1;

    for (long i = 0; i < N; i++) {
        uv_timer_t *t = malloc(sizeof *t);
        uv_timer_init(uv_default_loop(), t);
        uv_timer_start(t, on_timer, 500 + bench_random(&seed) % 1000, 0);
    }
    uv_run(uv_default_loop(), UV_RUN_DEFAULT);
    bench_report("sleep", (bench_cpu() - begin) * 1e3, "ms");
    bench_report("bytes", (bench_peak() - before) / N, "B");
    bench_expect(woken == N);
    return 0;
}
