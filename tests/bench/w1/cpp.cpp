/* SPDX-License-Identifier: MIT */
#include "../coro.hpp"

enum { N = 20000000 };

static task<int> yielder(long left)
{
    while (left-- > 0)
        co_await yield_once{};
    co_return 0;
}

int main()
{
    double begin = bench_cpu();
    auto a = yielder(N / 2), b = yielder(N / 2);
    ready_node n[2];

    start(a, n[0]);
    start(b, n[1]);
    run_ready();
    bench_report("resume", (bench_cpu() - begin) / N * 1e9, "ns");
    bench_expect(a.handle.done() && b.handle.done());
}
