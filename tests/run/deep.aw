/* SPDX-License-Identifier: MIT
 * A chain of awaits: the leaf sleeps, every level goes on with its own
 * locals. */
#include <aw.h>
#include <stdio.h>

static async int level0(int x)
{
    await aw_sleep_ms(1);
    return x;
}

static async int level1(int x)
{
    int here = x + 1;
    int r = await level0(x);
    return r + here;
}

static async int level2(int x)
{
    int here = x + 2;
    int r = await level1(x);
    await aw_sleep_ms(1);
    return r + here;
}

static async int level3(int x)
{
    return await level2(x + 1);
}

async int main(void)
{
    int total = 0;
    for (int i = 0; i < 3; i++) {
        int r = await level3(i);
        total += r;
    }
    printf("%d\n", total);
    return 0;
}
