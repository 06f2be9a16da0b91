/* SPDX-License-Identifier: MIT
 * A gather in a loop uses its storage again; bindings are evaluated once,
 * before their arguments; void children and children that end at once. */
#include <aw.h>
#include <stdio.h>

static async int add(int a, int b)
{
    await aw_sleep_ms(a);
    return a + b;
}

static async int at_once(int x)
{
    return x;
}

static async void note(const char *text)
{
    printf("%s\n", text);
}

async int main(void)
{
    int r[6] = {0};
    int i = 0;
    for (int round = 0; round < 2; round++) {
        await aw_gather(r[i++] = add(round, 10), r[i++] = at_once(round),
                        r[i++] = add(1, round), note("in between"));
    }
    for (int k = 0; k < i; k++)
        printf("%d ", r[k]);
    printf("\n");
    return 0;
}
