/* SPDX-License-Identifier: MIT
 * A group starts as many children as it is asked to, here at most two at a
 * time. The block ends when all of them have ended; an error of one would
 * cancel the others and be thrown here.
 *
 *   page 2 has 200 bytes    (they come as they end)
 *   page 1 has 100 bytes
 *   page 3 has 300 bytes
 *   600 bytes in all */
#include <aw.h>
#include <stdio.h>

static async int fetch(int page, int delay_ms)
{
    await aw_sleep_ms(delay_ms);
    printf("page %d has %d bytes\n", page, 100 * page);
    return 100 * page;
}

async int main(void)
{
    static const int delay_ms[] = {60, 20, 80};
    int size[3], total = 0;

    aw_group (g, .limit = 2) {
        for (int i = 0; i < 3; i++)
            aw_group_spawn(g, size[i] = fetch(i + 1, delay_ms[i]));
    }
    for (int i = 0; i < 3; i++)
        total += size[i];
    printf("%d bytes in all\n", total);
    return 0;
}
