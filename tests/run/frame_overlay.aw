/* SPDX-License-Identifier: MIT
 * Objects of one block side by side, those of two blocks over each other: a
 * block without objects of its own in between must not mix them up. */
#include <aw.h>
#include <stdio.h>

static async int sum(int n)
{
    {
        (void)n;
        {
            long a = n, b = n + 1, *pa = &a;
            int c[3] = {n, n + 1, n + 2};
            await aw_sleep_ms(1);
            b += *pa;
            await aw_sleep_ms(1);
            n += (int)(a + b) + c[0] + c[1] + c[2];
        }
    }
    {
        short d = 1, e = 2;
        char f[4] = "abc";
        await aw_sleep_ms(1);
        n += d + e + f[0];
    }
    return n;
}

async int main(void)
{
    printf("%d\n", await sum(10));
    return 0;
}
