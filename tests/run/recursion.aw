/* SPDX-License-Identifier: MIT
 * Direct and mutual recursion, with and without suspensions: only calls along
 * a cycle are boxed. */
#include <aw.h>
#include <stdio.h>

static async int ackermann(int m, int n)
{
    if (m == 0)
        return n + 1;
    if (n == 0)
        return await ackermann(m - 1, 1);
    return await ackermann(m - 1, await ackermann(m, n - 1));
}

static async int odd(int n);

static async int even(int n)
{
    return n == 0 ? 1 : await odd(n - 1);
}

static async int odd(int n)
{
    if (n == 0)
        return 0;
    if (n % 3 == 0)
        await aw_sleep_ms(0);
    return await even(n - 1);
}

static async long factorial(int n)
{
    if (n > 20)
        throw 34;
    long rest = n < 2 ? 1 : await factorial(n - 1);
    await aw_sleep_ms(1);
    return n * rest;
}

async int main(void)
{
    printf("%d\n", await ackermann(2, 3));
    printf("%d %d\n", await even(1000), await odd(1000));
    printf("%ld\n", await factorial(10));
    printf("error %d\n", await aw_try(factorial(21)));
    return 0;
}
