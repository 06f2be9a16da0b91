/* SPDX-License-Identifier: MIT
 * The child is linked to its parent, and locals are saved, only when it really
 * suspends. */
#include "../hand.h"

static volatile int never;

struct child {
    struct frame f;
    int x, result;
};

struct parent {
    struct frame f;
    long n, i;
    unsigned long sum;
    struct child c;
};

__attribute__((noinline)) static enum outcome child(struct task *t,
                                                    struct frame *f)
{
    struct child *c = (struct child *)f;

    switch (f->state) {
    case 0:
        if (never) {
            f->state = 1;
            make_ready(t);
            return PENDING;
        }
    }
    c->result = c->x + 1;
    return DONE;
}

static enum outcome parent(struct task *t, struct frame *f)
{
    struct parent *p = (struct parent *)f;
    long i = p->i;
    unsigned long sum = p->sum;

    switch (f->state) {
    case 0:
        for (; i < p->n; i++) {
            p->c.f.state = 0;
            p->c.x = (int)i;
            if (child(t, &p->c.f) == PENDING) {
                p->i = i;
                p->sum = sum;
                p->c.f.resume = child;
                p->c.f.parent = f;
                f->state = 1;
                return PENDING;
            }
            /* fall through */
        case 1: sum += (unsigned long)p->c.result;
        }
    }
    p->sum = sum;
    return DONE;
}

int main(void)
{
    static struct parent p;
    static struct task t;
    long n = bench_count(100000000);
    struct bench_time begin = bench_now();

    p.n = n;
    start(&t, &p.f, parent);
    run_ready();
    bench_each("call", bench_since(begin), (double)n);
    bench_expect(p.sum == (unsigned long)n * ((unsigned long)n + 1) / 2);
    return 0;
}
