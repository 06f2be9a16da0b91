/* SPDX-License-Identifier: MIT
 * aw_sleep_ms(0) yields once, and ready tasks take turns. */
#include <aw.h>
#include <stdio.h>

static async void turns(const char *name)
{
    for (int i = 0; i < 3; i++) {
        printf("%s%d ", name, i);
        await aw_sleep_ms(0);
    }
}

async int main(void)
{
    await aw_gather(turns("a"), turns("b"), turns("c"));
    printf("\n");
    return 0;
}
