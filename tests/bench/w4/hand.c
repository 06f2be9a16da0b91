/* SPDX-License-Identifier: MIT
 * Spawn and join: a million tasks at once, then one after the other. */
#include "../hand.h"

static long n, sum, left;
static struct task *waiter;

struct child {
    struct frame f;
    struct task t;
    long x;
};

static enum outcome child(struct task *t, struct frame *f)
{
    (void)t;
    sum += ((struct child *)f)->x;
    if (--left == 0 && waiter)
        make_ready(waiter);
    return DONE;
}

static void at_once(void)
{
    struct child **c = malloc((size_t)n * sizeof *c);

    left = n;
    for (long i = 0; i < n; i++) {
        c[i] = malloc(sizeof *c[i]);
        c[i]->x = i;
        start(&c[i]->t, &c[i]->f, child);
    }
    run_ready();
    bench_expect(left == 0);
    for (long i = 0; i < n; i++)
        free(c[i]);
    free(c);
}

struct parent {
    struct frame f;
    long i;
};

static enum outcome parent(struct task *t, struct frame *f)
{
    static struct child c;
    struct parent *p = (struct parent *)f;

    switch (f->state) {
    case 0:
        for (p->i = 0; p->i < n; p->i++) {
            left = 1;
            waiter = t;
            c.x = p->i;
            start(&c.t, &c.f, child);
            f->state = 1;
            return PENDING;
        case 1:;
        }
    }
    return DONE;
}

int main(void)
{
    static struct parent p;
    static struct task t;
    double before = bench_peak();
    struct bench_time begin = bench_now();

    n = bench_count(1000000);
    at_once();
    bench_each("at-once", bench_since(begin), (double)n);
    bench_bytes(before, (double)n);
    begin = bench_now();
    start(&t, &p.f, parent);
    run_ready();
    bench_each("in-turn", bench_since(begin), (double)n);
    bench_expect(sum == n * (n - 1));
    return 0;
}
