/* SPDX-License-Identifier: MIT
 * Blocks with shadowed names, alive across suspensions; static locals. */
#include <aw.h>
#include <stdio.h>

static async int tick(void)
{
    static int calls;
    calls++;
    await aw_sleep_ms(1);
    return calls;
}

async int main(void)
{
    int x = 1;
    {
        int t = await tick();
        printf("outer %d, tick %d\n", x, t);
        for (int i = 0; i < 2; i++) {
            char name[2] = {(char)('a' + i), '\0'};
            int u = await tick();
            printf("%s: tick %d, outer %d\n", name, u, t);
        }
        x = t + 1;
    }
    if (x == 2) {
        long t = await tick();
        printf("inner %ld\n", t);
    } else {
        int t = await tick();
        printf("never %d\n", t);
    }
    printf("%d\n", x);
    return 0;
}
