/* SPDX-License-Identifier: MIT
 * A parent waits for n children that yield once each. */
#include "../hand.h"

struct parent;
struct child {
    struct frame f;
    struct task t;
    struct parent *p;
    long x, result;
};

struct parent {
    struct frame f;
    struct task t;
    long n, rounds, r, left, sum;
    struct child *c;
};

static enum outcome child(struct task *t, struct frame *f)
{
    struct child *c = (struct child *)f;

    switch (f->state) {
    case 0:
        f->state = 1;
        make_ready(t);
        return PENDING;
    case 1:
        c->result = c->x;
        if (--c->p->left == 0)
            make_ready(&c->p->t);
    }
    return DONE;
}

static enum outcome parent(struct task *t, struct frame *f)
{
    struct parent *p = (struct parent *)f;

    (void)t;
    switch (f->state) {
    case 0:
        for (p->r = 0; p->r < p->rounds; p->r++) {
            p->c = malloc((size_t)p->n * sizeof *p->c);
            p->left = p->n;
            for (long i = 0; i < p->n; i++) {
                p->c[i].p = p;
                p->c[i].x = i;
                start(&p->c[i].t, &p->c[i].f, child);
            }
            f->state = 1;
            return PENDING;
        case 1:
            for (long i = 0; i < p->n; i++)
                p->sum += p->c[i].result;
            free(p->c);
        }
    }
    return DONE;
}

int main(void)
{
    static const long counts[] = {10, 1000, 100000};

    for (int i = 0; i < 3; i++) {
        struct parent p = {.n = counts[i],
                           .rounds = bench_count(5000000 / counts[i])};
        struct bench_time begin = bench_now();
        char name[16];

        start(&p.t, &p.f, parent);
        run_ready();
        bench_expect(p.sum == p.rounds * (p.n * (p.n - 1) / 2));
        snprintf(name, sizeof name, "n-%ld", p.n);
        bench_each(name, bench_since(begin), (double)(p.n * p.rounds));
    }
    return 0;
}
