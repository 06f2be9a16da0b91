/* SPDX-License-Identifier: MIT
 * Functions with a result that none of their paths returns. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

static async int refuse(void)
{
    throw EPERM;
}

static async int spin(int n)
{
    defer puts("spin ends");
    for (;;) {
        await aw_sleep_ms(1);
        if (n-- == 0)
            throw ERANGE;
    }
}

async int main(void)
{
    int x = 0;

    printf("%d\n", await aw_try(x = refuse()) == EPERM);
    printf("%d\n", await aw_try(x = spin(3)) == ERANGE);
    return x;
}
