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

async int main(void)
{
    printf("%d\n", await test(0));
    printf("%d\n", await test(1));
    printf("%d\n", await test(2));
    printf("error %d\n", await aw_try(test(5)));
    return 0;
}
