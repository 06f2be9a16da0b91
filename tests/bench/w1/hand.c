/* SPDX-License-Identifier: MIT */
#include "../hand.h"

struct yielder {
    struct frame f;
    long left;
};

static enum outcome yielder(struct task *t, struct frame *f)
{
    struct yielder *y = (struct yielder *)f;

    switch (f->state) {
    case 0:
        while (y->left > 0) {
            y->left--;
            f->state = 1;
            make_ready(t);
            return PENDING;
        case 1:;
        }
    }
    return DONE;
}

int main(void)
{
    static struct yielder y[2];
    static struct task t[2];
    long n = bench_count(20000000);
    struct bench_time begin = bench_now();

    for (int i = 0; i < 2; i++) {
        y[i].left = n / 2;
        start(&t[i], &y[i].f, yielder);
    }
    run_ready();
    bench_each("resume", bench_since(begin), (double)n);
    bench_expect(y[0].left == 0 && y[1].left == 0);
    return 0;
}
