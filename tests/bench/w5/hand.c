/* SPDX-License-Identifier: MIT */
#include "../hand.h"

#include "../timers.h"

struct sleeper {
    struct frame f;
    struct task t;
    struct timer timer;
    int ms;
};

static struct wheel wheel;
static double start_time;
static long n, woken;

static uint64_t tick(void)
{
    return (uint64_t)((bench_clock(CLOCK_MONOTONIC) - start_time) * 1e3);
}

static enum outcome sleeper(struct task *t, struct frame *f)
{
    struct sleeper *s = (struct sleeper *)f;

    (void)t;
    switch (f->state) {
    case 0:
        s->timer.when = tick() + 1 + (uint64_t)s->ms;
        wheel_add(&wheel, &s->timer);
        f->state = 1;
        return PENDING;
    case 1: woken++;
    }
    return DONE;
}

static void wait(void)
{
    struct timespec ms = {0, 1000000};
    struct timer *t;
    uint64_t now = tick();

    while ((t = wheel_take(&wheel, now)))
        make_ready(
            &((struct sleeper *)((char *)t - offsetof(struct sleeper, timer)))
                 ->t);
    if (!ready.head)
        nanosleep(&ms, NULL);
}

int main(void)
{
    double before = bench_peak();
    struct bench_time begin = bench_now();
    uint64_t seed = 1;
    int least = (int)bench_count(500);
    uint64_t spread = (uint64_t)bench_count(1000);
    struct sleeper **s;

    n = bench_count(1000000);
    s = malloc((size_t)n * sizeof *s);
    start_time = bench_clock(CLOCK_MONOTONIC);
    wheel_init(&wheel);
    for (long i = 0; i < n; i++) {
        s[i] = malloc(sizeof *s[i]);
        s[i]->ms = least + (int)(bench_random(&seed) % spread);
        start(&s[i]->t, &s[i]->f, sleeper);
    }
    while (woken < n) {
        run_ready();
        wait();
    }
    bench_each("sleep", bench_since(begin), (double)n);
    bench_bytes(before, (double)n);
    for (long i = 0; i < n; i++)
        free(s[i]);
    free(s);
    return 0;
}
