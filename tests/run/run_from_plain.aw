/* SPDX-License-Identifier: MIT
 * A plain main that makes the loop with aw_run, twice.
 *
 * exit: 3 */
#include <aw.h>
#include <stdio.h>

static async int triple(int x)
{
    await aw_sleep_ms(3);
    return 3 * x;
}

static int run(int x)
{
    int r = 0;
    int err = aw_run(r = triple(x));
    printf("%d %d\n", err, r);
    return r;
}

int main(void)
{
    int r = run(14);
    return run(r) == 126 ? 3 : 1;
}
