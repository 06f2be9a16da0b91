/* SPDX-License-Identifier: MIT */
#include <aw.h>

static async int f(int x)
{
    await aw_sleep_ms(x);
    return x;
}

static async int tree(int n)
{
    int r[2] = {0};

    await aw_gather_each(int i, 3, f(i));
    if (n > 0)
        await aw_gather_each(int i, 2, r[i] = tree(n - 1));
    return r[0] + r[1] + n;
}
