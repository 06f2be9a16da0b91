/* SPDX-License-Identifier: MIT
 * Every loop, with an await in its body and break and continue around it. */
#include <aw.h>
#include <stdio.h>

static async int twice(int x)
{
    await aw_sleep_ms(1);
    return 2 * x;
}

static async int count_down(int n)
{
    int steps = 0;
    while (n > 0) {
        n--;
        if (n % 2)
            continue;
        steps = await twice(steps + 1);
    }
    return steps;
}

static async int search(int limit)
{
    int i = 0;
    do {
        int d = await twice(i);
        if (d >= limit)
            break;
        i++;
    } while (1);
    return i;
}

async int main(void)
{
    int sum = 0;
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j <= i; j++) {
            int d = await twice(j);
            sum += d;
        }
        printf("%d: %d\n", i, sum);
    }
    int n = await count_down(5);
    printf("%d\n", n);
    n = await search(9);
    printf("%d\n", n);
    return 0;
}
