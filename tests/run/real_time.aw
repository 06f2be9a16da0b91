/* SPDX-License-Identifier: MIT
 * Sleeps in real time never end early, not even by a millisecond.
 *
 * ports: sim epoll */
#include <aw.h>
#include <stdio.h>

static async int64_t nap(int ms)
{
    int64_t start = aw_now_ms();
    await aw_sleep_ms(ms);
    return aw_now_ms() - start;
}

async int main(void)
{
    int64_t a, b, c;
    await aw_gather(a = nap(5), b = nap(20), c = nap(0));
    printf("%d %d %d\n", a >= 5, b >= 20, c >= 0);
    return 0;
}
