/* SPDX-License-Identifier: MIT
 * What every benchmark program shares: a clock, and lines `METRIC VALUE UNIT`
 * for run.sh. A program checks its own result and exits with 1 when wrong. */
#ifndef BENCH_H
#define BENCH_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Seconds of a clock that never goes back. */
static inline double bench_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Seconds of processor time that this process used. */
static inline double bench_cpu(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
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

static inline void bench_report(const char *metric, double value,
                                const char *unit)
{
    printf("%s %.4g %s\n", metric, value, unit);
    fflush(stdout);
}

static inline void bench_expect(int right)
{
    if (right)
        return;
    puts("wrong result");
    exit(1);
}

#endif
