/* SPDX-License-Identifier: MIT */
#include "../coro.hpp"

static long n;
static bench_time took;

static task<long> chain(int depth)
{
    if (depth > 1)
        co_return co_await chain(depth - 1) + 1;
    bench_time begin = bench_now();
    for (long i = 0; i < n; i++)
        co_await yield_once{};
    took = bench_since(begin);
    co_return 1;
}

int main()
{
    n = bench_count(4000000);
    for (int depth : {1, 10, 100, 1000}) {
        char name[16];

        bench_expect(run(chain(depth)) == depth);
        snprintf(name, sizeof name, "depth-%d", depth);
        bench_each(name, took, (double)n);
    }
}
