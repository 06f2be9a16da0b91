/* SPDX-License-Identifier: MIT */
#include "../coro.hpp"

#include "../timers.h"

static wheel timers;
static double start_time;
static long woken;

static uint64_t tick()
{
    return (uint64_t)((bench_clock(CLOCK_MONOTONIC) - start_time) * 1e3);
}

struct sleep_ms : timer {
    ready_node node;

    explicit sleep_ms(uint64_t ms) { when = tick() + 1 + ms; }
    bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) noexcept
    {
        node.coroutine = h;
        wheel_add(&timers, this);
    }
    void await_resume() noexcept {}
};

static child sleeper(uint64_t ms)
{
    co_await sleep_ms(ms);
    woken++;
}

static void wait()
{
    timespec ms = {0, 1000000};
    uint64_t now = tick();

    while (timer *t = wheel_take(&timers, now))
        make_ready(&static_cast<sleep_ms *>(t)->node);
    if (!ready_head)
        nanosleep(&ms, nullptr);
}

int main()
{
    double before = bench_peak();
    bench_time begin = bench_now();
    long n = bench_count(1000000);
    uint64_t least = (uint64_t)bench_count(500);
    uint64_t spread = (uint64_t)bench_count(1000), seed = 1;
    group g;

    start_time = bench_clock(CLOCK_MONOTONIC);
    wheel_init(&timers);
    for (long i = 0; i < n; i++)
        g.spawn(sleeper(least + bench_random(&seed) % spread));
    while (g.left) {
        run_ready();
        wait();
    }
    bench_each("sleep", bench_since(begin), (double)n);
    bench_bytes(before, (double)n);
    bench_expect(woken == n);
}
