/* SPDX-License-Identifier: MIT
 * Frames with two views, and frames that become those of functions of other
 * files, used by callers that know them and by one that does not. */
#include "chain.aw.h"
#include <aw.h>
#include <stdio.h>

async int boxed(struct kib k);

static struct kib kib(int n)
{
    struct kib k = {n, "", 2 * n};

    k.bytes[500] = 1;
    return k;
}

static async int again(struct kib k)
{
    return await passed(3, k);
}

static async int both(struct kib k)
{
    int a = 0, b = 0;

    await aw_gather(a = handed(k), b = again(k));
    return a + b;
}

async int main(void)
{
    printf("%d\n", await handed(kib(1)));
    printf("%d\n", await passed(2, kib(1)));
    printf("%d\n", await again(kib(2)));
    printf("%d\n", await both(kib(3)));
    printf("%d\n", await boxed(kib(4)));
    printf("%d\n", await aw_try(again(kib(-5))));
    return 0;
}
