/* SPDX-License-Identifier: MIT
 * The work, for any kind of timer: n of them are armed for a tick within a
 * second, every other one is taken off, the rest fires in order. It is done
 * for a million, and again and again for ten thousand. */
#ifndef WORK_H
#define WORK_H

static uint64_t due[1000000], last, ticks;
static size_t fired;

static void fire(uint64_t when)
{
    bench_expect(when >= last);
    last = when;
    fired++;
}

static void measure_one(const char *name, long count, long rounds,
                        void (*round_of)(size_t n))
{
    size_t n = (size_t)bench_count(count);
    uint64_t seed = 1;
    struct bench_time begin;

    ticks = (uint64_t)bench_count(1000);
    for (size_t i = 0; i < n; i++)
        due[i] = 1 + bench_random(&seed) % ticks;
    last = 0;
    round_of(n);
    fired = 0;
    begin = bench_now();
    for (long r = 0; r < rounds; r++) {
        last = 0;
        round_of(n);
    }
    bench_expect(fired == (size_t)rounds * (n / 2));
    bench_each(name, bench_since(begin), 2.0 * (double)n * (double)rounds);
}

/* Rounds are for a steady clock: those of ten thousand, of a million. */
static void measure(long rounds_10k, long rounds_1m,
                    void (*round_of)(size_t n))
{
    measure_one("10-k", 10000, rounds_10k, round_of);
    measure_one("1-m", 1000000, rounds_1m, round_of);
}

#endif
