/* SPDX-License-Identifier: MIT */
#include "../hand.h"

#include "../timers.h"

enum { N = 1000000 };

struct sleeper {
    struct frame f;
    struct task t;
    struct timer timer;
    int ms;
};

static struct wheel wheel;
static double start_time;
static long woken;

static uint64_t tick(void)
{
    return (uint64_t)((bench_now() - start_time) * 1e3);
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
    double before = bench_peak(), begin = bench_cpu();
    uint64_t seed = 1;
    struct sleeper **s = malloc(N * sizeof *s);

    start_time = bench_now();
    wheel_init(&wheel);
    for (long i = 0; i < N; i++) {
        s[i] = malloc(sizeof *s[i]);
        s[i]->ms = 500 + (int)(bench_random(&seed) % 1000);
        start(&s[i]->t, &s[i]->f, sleeper);
    }
    while (woken < N) {
        run_ready();
        wait();
    }
    bench_report("sleep", (bench_cpu() - begin) * 1e3, "ms");
    bench_report("bytes", (bench_peak() - before) / N, "B");
    for (long i = 0; i < N; i++)
        free(s[i]);
    free(s);
    return 0;
}
