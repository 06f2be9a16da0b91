/* SPDX-License-Identifier: MIT
 * Variables with attribute cleanup: called on every way out of their scope,
 * last one first, and not when the function only waits. */
#include <aw.h>
#include <stdio.h>

#define CLEANUP(f) __attribute__((cleanup(f)))

static void bye(int *p)
{
    printf("bye %d\n", *p);
}

static async int test(int n)
{
    int a CLEANUP(bye) = n, b CLEANUP(bye) = n + 1;
    await aw_sleep_ms(1);
    for (int i = 0; i < 2; i++) {
        CLEANUP(bye) int c = 10 * i;
        await aw_sleep_ms(1);
        if (n == i)
            return a + b;
        c++;
    }
    b = 7;
    if (n == 5)
        throw 5;
    return a;
}

static async int next(int n)
{
    await aw_sleep_ms(1);
    return n + 1;
}

/* In the header of a loop: it lives as long as the loop. */
static async int headers(int n)
{
    for (int i CLEANUP(bye) = await next(0), j = 0; i < 4; i = await next(i)) {
        if (i == n)
            continue;
        if (j++ == 2)
            break;
        if (n == 9)
            return 90;
    }
    for (int CLEANUP(bye) k = 50; k < await next(52); k++)
        await aw_sleep_ms(1);
    for (int CLEANUP(bye) k = 60; k < 62; k++)
        n++;
    return n;
}

async int main(void)
{
    printf("%d\n", await test(0));
    printf("%d\n", await test(1));
    printf("%d\n", await test(2));
    printf("error %d\n", await aw_try(test(5)));
    printf("%d\n", await headers(1));
    printf("%d\n", await headers(9));
    return 0;
}
