/* SPDX-License-Identifier: MIT
 * Awaits in the operands of asm: they come first, left to right, between the
 * calls around them. */
#include <aw.h>
#include <stdio.h>

static int calls;

static async int id(int x)
{
    await aw_sleep_ms(1);
    printf("await %d after %d calls\n", x, calls);
    return x;
}

static int count(void)
{
    return ++calls;
}

async int main(void)
{
    int r[4] = {0}, v = 0;

    /* an instruction of no machine: outputs are inputs */
    __asm__ volatile("" : "=r"(r[1 + await id(1)]) : "0"(await id(5)));
    __asm__ volatile(""
                     : "=r"(r[count()]), "=r"(v)
                     : "0"(count() * 10), "1"(await id(7)));
    __asm__ volatile("" : "+r"(r[0]) : "r"(await id(8)), "m"(r) : "memory");
    printf("%d %d %d %d, %d, %d\n", r[0], r[1], r[2], r[3], v, calls);
    return 0;
}
