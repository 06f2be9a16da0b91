/* SPDX-License-Identifier: MIT
 * Both files have a step, a struct of that name, and a helper. */
#include <aw.h>

struct state {
    int one;
};

static async int step(struct state *s)
{
    await aw_sleep_ms(1);
    return s->one;
}

async int a_all(int n)
{
    struct state s = {n};
    int sum = await step(&s);

    return sum + await step(&s);
}
