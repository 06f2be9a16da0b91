/* SPDX-License-Identifier: MIT
 * Nodes come from a list of free ones. */
#include "../hand.h"

struct node {
    struct frame f;
    struct task t;
    struct node *parent;
    long number, leaves, sum, left;
};

static struct node *unused;

static struct node *new_node(void)
{
    struct node *n = unused;

    if (!n)
        return malloc(sizeof *n);
    unused = n->parent;
    return n;
}

static void ended(struct node *n)
{
    struct node *p = n->parent;

    if (!p)
        return;
    p->sum += n->sum;
    if (--p->left == 0)
        make_ready(&p->t);
    n->parent = unused;
    unused = n;
}

static enum outcome node(struct task *t, struct frame *f)
{
    struct node *n = (struct node *)f;

    (void)t;
    switch (f->state) {
    case 0:
        if (n->leaves == 1) {
            n->sum = n->number;
            break;
        }
        n->sum = 0;
        n->left = 10;
        for (long i = 0, part = n->leaves / 10; i < 10; i++) {
            struct node *c = new_node();
            c->parent = n;
            c->number = n->number + i * part;
            c->leaves = part;
            start(&c->t, &c->f, node);
        }
        f->state = 1;
        return PENDING;
    case 1:;
    }
    ended(n);
    return DONE;
}

int main(void)
{
    static struct node root;
    double before = bench_peak();
    long n = bench_count(1000000);
    struct bench_time begin = bench_now();

    root.leaves = n;
    start(&root.t, &root.f, node);
    run_ready();
    bench_each("leaf", bench_since(begin), (double)n);
    bench_bytes(before, (double)n);
    bench_expect(root.sum == n * (n - 1) / 2);
    return 0;
}
