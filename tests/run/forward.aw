/* SPDX-License-Identifier: MIT
 * Async functions declared before they are defined, awaited both ways. */
#include <aw.h>
#include <stdio.h>

static async int later(int x);
async int public_one(int x);

static async int earlier(int x)
{
    int y = await later(x + 1);
    return y * 10;
}

static async int later(int x)
{
    await aw_sleep_ms(5);
    return x + 1;
}

async int public_one(int x)
{
    return await earlier(x);
}

async int main(void)
{
    int r = await public_one(1);
    printf("%d\n", r);
    return 0;
}
