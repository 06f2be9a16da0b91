/* SPDX-License-Identifier: MIT */
#include "../coro.hpp"

#include <vector>

static child yielder(long x, long *result)
{
    co_await yield_once{};
    *result = x;
}

static task<long> rounds_of(long n, long rounds)
{
    long sum = 0;

    while (rounds-- > 0) {
        std::vector<long> r((size_t)n);
        group g;

        for (long i = 0; i < n; i++)
            g.spawn(yielder(i, &r[(size_t)i]));
        co_await g;
        for (long x : r)
            sum += x;
    }
    co_return sum;
}

int main()
{
    for (long n : {10, 1000, 100000}) {
        long rounds = bench_count(5000000 / n);
        bench_time begin = bench_now();
        long sum = run(rounds_of(n, rounds));
        char name[16];

        bench_expect(sum == rounds * (n * (n - 1) / 2));
        snprintf(name, sizeof name, "n-%ld", n);
        bench_each(name, bench_since(begin), (double)(n * rounds));
    }
}
