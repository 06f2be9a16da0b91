/* SPDX-License-Identifier: MIT
 * Functions that never suspend are called as in C: results, errors, and as
 * children of combinators. */
#include <aw.h>
#include <stdio.h>
static async int add(int a, int b)
{
    if (b < 0)
        throw 7;
    return a + b;
}

static async int twice(int a)
{
    return await add(a, a);
}

async int main(void)
{
    int s = 0, e;
    for (int i = 0; i < 4; i++)
        s += await twice(i);
    try {
        s += await add(1, -1);
    } catch (int x) {
        printf("caught %d\n", x);
    }
    await aw_gather(e = twice(4));
    printf("%d %d %d\n", s, e, await aw_try(add(2, -3)));
    return await twice(0);
}
