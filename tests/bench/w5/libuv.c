/* SPDX-License-Identifier: MIT */
#include <uv.h>

#include "../bench.h"

static long woken;

static void on_timer(uv_timer_t *t)
{
    woken++;
    uv_close((uv_handle_t *)t, (uv_close_cb)free);
}

int main(void)
{
    double before = bench_peak();
    struct bench_time begin = bench_now();
    long n = bench_count(1000000);
    uint64_t least = (uint64_t)bench_count(500);
    uint64_t spread = (uint64_t)bench_count(1000), seed = 1;

    for (long i = 0; i < n; i++) {
        uv_timer_t *t = malloc(sizeof *t);
        uv_timer_init(uv_default_loop(), t);
        uv_timer_start(t, on_timer, least + bench_random(&seed) % spread, 0);
    }
    uv_run(uv_default_loop(), UV_RUN_DEFAULT);
    bench_each("sleep", bench_since(begin), (double)n);
    bench_bytes(before, (double)n);
    bench_expect(woken == n);
    return 0;
}
