/* SPDX-License-Identifier: MIT */
#include <uv.h>

#include "../bench.h"
#include "work.h"

static uv_timer_t timers[1000000];

static void on_timer(uv_timer_t *t)
{
    fire(due[t - timers]);
}

/* Past the last deadline, so that firing does not wait for the clock. */
static void by_libuv(size_t n)
{
    uv_loop_t *l = uv_default_loop();

    uv_update_time(l);
    for (size_t i = 0; i < n; i++) {
        uv_timer_init(l, &timers[i]);
        uv_timer_start(&timers[i], on_timer, due[i], 0);
    }
    for (size_t i = 0; i < n; i += 2)
        uv_timer_stop(&timers[i]);
    uv_sleep((unsigned)ticks + 1);
    uv_run(l, UV_RUN_DEFAULT);
}

int main(void)
{
    measure(3, 1, by_libuv);
    return 0;
}
