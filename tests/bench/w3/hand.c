/* SPDX-License-Identifier: MIT */
#include "../hand.h"

struct link {
    struct frame f;
    int depth;
    long i, result;
};

static long n;
static struct bench_time begin, took;

static enum outcome chain(struct task *t, struct frame *f)
{
    struct link *l = (struct link *)f;

    switch (f->state) {
    case 0:
        if (l->depth > 1) {
            struct link *c = l + 1;

            c->f.resume = chain;
            c->f.parent = f;
            c->f.state = 0;
            c->depth = l->depth - 1;
            f->state = 1;
            t->leaf = &c->f;
            if (chain(t, &c->f) == PENDING)
                return PENDING;
            t->leaf = f;
        case 1: l->result = (l + 1)->result + 1; return DONE;
        }
        begin = bench_now();
        for (l->i = 0; l->i < n; l->i++) {
            f->state = 2;
            make_ready(t);
            return PENDING;
        case 2:;
        }
        took = bench_since(begin);
        l->result = 1;
    }
    return DONE;
}

int main(void)
{
    static const int depth[] = {1, 10, 100, 1000};
    static struct link l[1000];

    n = bench_count(4000000);
    for (int i = 0; i < 4; i++) {
        char name[16];
        struct task t;

        l->depth = depth[i];
        start(&t, &l->f, chain);
        run_ready();
        bench_expect(l->result == depth[i]);
        snprintf(name, sizeof name, "depth-%d", depth[i]);
        bench_each(name, took, (double)n);
    }
    return 0;
}
