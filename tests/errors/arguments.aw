/* SPDX-License-Identifier: MIT
 * The number of arguments must be right. */
async int f(int x);
async void v(void);

async int g(int n, async int (*p)(int))
{
    await f();
    await f(1, 2);
    await v(1);
    await v();
    await p(1, 2);
    return n;
}
