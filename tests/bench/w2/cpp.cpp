/* SPDX-License-Identifier: MIT */
#include "../coro.hpp"

static volatile int never;

__attribute__((noinline)) static task<int> child_of(int x)
{
    if (never)
        co_await yield_once{};
    co_return x + 1;
}

static task<unsigned long> parent(long n)
{
    unsigned long sum = 0;

    for (long i = 0; i < n; i++)
        sum += (unsigned long)co_await child_of((int)i);
    co_return sum;
}

int main()
{
    long n = bench_count(100000000);
    bench_time begin = bench_now();
    unsigned long sum = run(parent(n));

    bench_each("call", bench_since(begin), (double)n);
    bench_expect(sum == (unsigned long)n * ((unsigned long)n + 1) / 2);
}
