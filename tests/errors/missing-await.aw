/* SPDX-License-Identifier: MIT
 * Calls whose coroutine nothing consumes. */
async int f(int x);
async void v(void);
int plain(int);

async int g(int n)
{
    f(1);
    n = f(2) + 1;
    int a = f(3);
    (void)f(4);
    if (f(5)) n++;
    plain(f(6));
    n = (f(7), 1);
    v();
    aw_gather(f(8), f(9));
    return f(10);
    await f(11);
    await (f(12));
    return n;
}
