/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include "a.aw.h"
#include "b.aw.h"

struct state {
    char mine;
};

static async int step(struct state s)
{
    await aw_sleep_ms(1);
    return s.mine;
}

async int main(void)
{
    printf("%d %d\n", await a_all(1), await b_all(2));
    printf("%d\n", await step((struct state){3}));
    return 0;
}
