/* SPDX-License-Identifier: MIT */
#include "../coro.hpp"

enum { N = 4000000 };

static double begin, end;

static task<long> chain(int depth)
{
    if (depth > 1)
        co_return co_await chain(depth - 1) + 1;
    begin = bench_cpu();
    for (long i = 0; i < N; i++)
        co_await yield_once{};
    end = bench_cpu();
    co_return 1;
}

int main()
{
    for (int depth : {1, 10, 100, 1000}) {
        auto c = chain(depth);
        ready_node n;
        char name[16];

        start(c, n);
        run_ready();
        bench_expect(c.handle.promise().value == depth);
        snprintf(name, sizeof name, "depth-%d", depth);
        bench_report(name, (end - begin) / N * 1e9, "ns");
    }
}
