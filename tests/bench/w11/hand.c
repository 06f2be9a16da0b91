/* SPDX-License-Identifier: MIT
 * The same loop in a plain function, which waits for nothing. */
#include "../bench.h"

enum { SIZE = 1 << 20 };

static unsigned char data[SIZE];

__attribute__((noinline)) static void pause_(void)
{
    __asm__ volatile("" ::: "memory");
}

static uint32_t checksum(const unsigned char *p, size_t n)
{
    uint32_t a = 1, b = 0;

    for (size_t i = 0; i < n; i++) {
        a += p[i];
        b = (b ^ a) * 16777619U;
        if ((i & 4095) == 4095)
            pause_();
    }
    return b;
}

int main(void)
{
    uint64_t seed = 88172645463325252U;
    uint32_t sum = 0;
    long rounds = bench_count(400);
    struct bench_time begin;

    for (size_t i = 0; i < SIZE; i++)
        data[i] = (unsigned char)bench_random(&seed);
    begin = bench_now();
    for (long r = 0; r < rounds; r++)
        sum += checksum(data, SIZE);
    bench_each("byte", bench_since(begin), (double)(SIZE * rounds));
    bench_expect(sum != 0);
    return 0;
}
