/* SPDX-License-Identifier: MIT
 * An async main that awaits an async function of its own.
 *
 * You will see two lines, a tenth of a second apart. */
#include <aw.h>
#include <stdio.h>

static async void greet(const char *name)
{
    printf("hello, %s\n", name);
    await aw_sleep_ms(100);
    printf("goodbye, %s\n", name);
}

async int main(void)
{
    await greet("world");
    return 0;
}
