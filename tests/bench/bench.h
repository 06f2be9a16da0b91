/* SPDX-License-Identifier: MIT
 * What every benchmark program shares, as bench.{go,js,py} and mini.rs for
 * their languages: clocks, counts, and lines `METRIC VALUE UNIT [WALL]` for
 * run.sh. A program checks its own result and exits with 1 when wrong. */
#ifndef BENCH_H
#define BENCH_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Seconds: of the processor for this process, of the clock on the wall. */
struct bench_time {
    double cpu, wall;
};

static inline double bench_clock(clockid_t which)
{
    struct timespec t;

    clock_gettime(which, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline struct bench_time bench_now(void)
{
    struct bench_time t;

    t.cpu = bench_clock(CLOCK_PROCESS_CPUTIME_ID);
    t.wall = bench_clock(CLOCK_MONOTONIC);
    return t;
}

static inline struct bench_time bench_since(struct bench_time begin)
{
    struct bench_time t = bench_now();

    t.cpu -= begin.cpu;
    t.wall -= begin.wall;
    return t;
}

/* How many: n, or n / $BENCH_PART and at least one, to try a program only. */
static inline long bench_count(long n)
{
    const char *part = getenv("BENCH_PART");
    long few = part ? n / atol(part) : n;

    return few > 0 ? few : 1;
}

/* The most bytes this process ever had resident (Linux). */
static inline double bench_peak(void)
{
    char line[256];
    double kib = 0;
    FILE *f = fopen("/proc/self/status", "r");

    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, "VmHWM:", 6) == 0)
            kib = atof(line + 6);
    if (f)
        fclose(f);
    return kib * 1024;
}

/* xorshift: the same sequence in every program. */
static inline uint64_t bench_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* What each of n operations took. */
static inline void bench_each(const char *metric, struct bench_time took,
                              double n)
{
    printf("%s %.4g ns %.4g\n", metric, took.cpu / n * 1e9,
           took.wall / n * 1e9);
}

/* What each of n tasks added to the peak. */
static inline void bench_bytes(double before, double n)
{
    printf("bytes %.4g B\n", (bench_peak() - before) / n);
}

static inline void bench_expect(int right)
{
    if (right)
        return;
    puts("wrong result");
    exit(1);
}

#endif
