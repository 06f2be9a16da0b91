/* SPDX-License-Identifier: MIT
 * Both files have a step, a struct of that name, and a helper. */
#include <aw.h>

struct state {
    double x[3];
};

static async int step(struct state *s)
{
    await aw_sleep_ms(1);
    return (int)s->x[2];
}

async int b_all(int n)
{
    struct state s = {{0, 0, n}};
    int sum = await step(&s);

    return sum + await step(&s);
}
