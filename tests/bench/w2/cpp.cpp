/* SPDX-License-Identifier: MIT */
#include "../coro.hpp"

enum { N = 100000000 };

static volatile int never;

__attribute__((noinline)) static task<int> child(int x)
{
    if (never)
        co_await yield_once{};
    co_return x + 1;
}

static task<unsigned long> parent()
{
    unsigned long sum = 0;

    for (long i = 0; i < N; i++)
        sum += (unsigned long)co_await child((int)i);
    co_return sum;
}

int main()
{
    double begin = bench_cpu();
    auto p = parent();
    ready_node n;

    start(p, n);
    run_ready();
    bench_report("call", (bench_cpu() - begin) / N * 1e9, "ns");
    bench_expect(p.handle.promise().value ==
                 (unsigned long)N * (N + 1UL) / 2);
}
