/* SPDX-License-Identifier: MIT */
#include "../coro.hpp"

static long sum;

__attribute__((noinline)) static child add(long x)
{
    sum += x;
    co_return;
}

static task<bool> at_once(long n)
{
    group g;

    for (long i = 0; i < n; i++)
        g.spawn(add(i));
    co_await g;
    co_return true;
}

static task<bool> in_turn(long n)
{
    for (long i = 0; i < n; i++) {
        group g;

        g.spawn(add(i));
        co_await g;
    }
    co_return true;
}

int main()
{
    double before = bench_peak();
    long n = bench_count(1000000);
    bench_time begin = bench_now();

    run(at_once(n));
    bench_each("at-once", bench_since(begin), (double)n);
    bench_bytes(before, (double)n);
    begin = bench_now();
    run(in_turn(n));
    bench_each("in-turn", bench_since(begin), (double)n);
    bench_expect(sum == n * (n - 1));
}
