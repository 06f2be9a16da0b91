/* SPDX-License-Identifier: MIT
 * A try that nothing can be thrown in, and that is left before its end: the
 * clauses are not there, and the statements around it are not copied. */
#include <aw.h>
#include <stdio.h>

static async int leaves(int n)
{
    while (n > 0) {
        n--;
        if (n < 5) {
            try {
                break;
            } catch (3) {
                printf("never %d\n", aw_caught());
            }
        }
    }
    return n;
}

async int main(void)
{
    printf("%d %d\n", await leaves(9), await leaves(2));
    return 0;
}
