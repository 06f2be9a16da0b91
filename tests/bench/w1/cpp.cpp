/* SPDX-License-Identifier: MIT */
#include "../coro.hpp"

static child yielder(long left)
{
    while (left-- > 0)
        co_await yield_once{};
}

int main()
{
    long n = bench_count(20000000);
    bench_time begin = bench_now();
    group g;

    g.spawn(yielder(n / 2));
    g.spawn(yielder(n / 2));
    run_ready();
    bench_each("resume", bench_since(begin), (double)n);
    bench_expect(g.left == 0);
}
