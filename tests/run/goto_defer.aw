/* SPDX-License-Identifier: MIT
 * goto back to before a defer of the same block leaves its scope: the defer
 * runs each time round. So does one to the end of an outer block. */
#include <aw.h>
#include <stdio.h>

static async int rounds(int n)
{
    int i = 0;
again:
    printf("round %d\n", i);
    defer
    {
        await aw_sleep_ms(1);
        printf("first defer %d\n", i);
    }
between:;
    defer printf("second defer %d\n", i);
    i++;
    await aw_sleep_ms(1);
    if (i == 1)
        goto between;
    if (i < n)
        goto again;
    return i;
}

static async void outwards(void)
{
    for (int i = 0; i < 2; i++) {
        defer printf("loop %d\n", i);
        {
            defer printf("block %d\n", i);
            if (i == 1)
                goto end;
            await aw_sleep_ms(1);
        }
        puts("behind");
    }
end:
    puts("end");
}

async int main(void)
{
    printf("%d\n", await rounds(3));
    await outwards();
    return 0;
}
