/* SPDX-License-Identifier: MIT
 * Callers with and without the frame, and both through a pointer. */
#include <stdio.h>
#include "io.h"
#include "with.aw.h"

async double without(int id);

static async double by(async double (*f)(int), int id)
{
    return await f(id);
}

async int main(void)
{
    double a = await with(4), b = await without(4);

    printf("%g %g\n", a, b);
    printf("%g %g\n", await by(with, 2), await by(without, 2));
    await idle();
    printf("%d\n", calls);
    return 0;
}
