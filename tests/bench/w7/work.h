/* SPDX-License-Identifier: MIT
 * The work, for any kind of timer: n of them are armed for a tick within a
 * second, every other one is taken off, the rest fires in order. It is done
 * for a million, and again and again for ten thousand. */
#ifndef WORK_H
#define WORK_H

static uint64_t due[1000000], last;
static size_t fired;

static void fire(uint64_t when)
{
    bench_expect(when >= last);
    last = when;
    fired++;
}

static void measure(const char *name, size_t n, int rounds,
                    void (*round_of)(size_t n))
{
    uint64_t seed = 1;
    double begin;

    for (size_t i = 0; i < n; i++)
        due[i] = 1 + bench_random(&seed) % 1000;
    last = 0;
    round_of(n);
    fired = 0;
    begin = bench_cpu();
    for (int r = 0; r < rounds; r++) {
        last = 0;
        round_of(n);
    }
    bench_expect(fired == (size_t)rounds * n / 2);
    bench_report(name, (bench_cpu() - begin) / (2.0 * (double)n * rounds) * 1e9,
                 "ns");
}

#endif
