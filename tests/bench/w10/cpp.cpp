/* SPDX-License-Identifier: MIT */
#include "../coro.hpp"

static child node(long number, long leaves, long *sum)
{
    if (leaves == 1) {
        *sum = number;
        co_return;
    }
    long r[10], part = leaves / 10;
    group g;
    for (int i = 0; i < 10; i++)
        g.spawn(node(number + i * part, part, &r[i]));
    co_await g;
    *sum = 0;
    for (int i = 0; i < 10; i++)
        *sum += r[i];
}

int main()
{
    double before = bench_peak();
    long n = bench_count(1000000);
    bench_time begin = bench_now();
    long sum = 0;
    group g;

    g.spawn(node(0, n, &sum));
    run_ready();
    bench_each("leaf", bench_since(begin), (double)n);
    bench_bytes(before, (double)n);
    bench_expect(sum == n * (n - 1) / 2);
}
