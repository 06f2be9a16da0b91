/* SPDX-License-Identifier: MIT
 * Two idle handles: each turn of the loop calls both. */
#include <uv.h>

#include "../bench.h"

static long left[2];

static void on_idle(uv_idle_t *h)
{
    long *mine = h->data;

    if (--*mine == 0)
        uv_idle_stop(h);
}

int main(void)
{
    static uv_idle_t h[2];
    long n = bench_count(4000000);
    struct bench_time begin = bench_now();

    for (int i = 0; i < 2; i++) {
        left[i] = n / 2;
        h[i].data = &left[i];
        uv_idle_init(uv_default_loop(), &h[i]);
        uv_idle_start(&h[i], on_idle);
    }
    uv_run(uv_default_loop(), UV_RUN_DEFAULT);
    bench_each("resume", bench_since(begin), (double)n);
    bench_expect(left[0] == 0 && left[1] == 0);
    return 0;
}
