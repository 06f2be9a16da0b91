/* SPDX-License-Identifier: MIT
 * The function may be chosen, its coroutine not. */
async int f(int x);
async void v(void);

async int g(int n)
{
    await (n ? f(1) : f(2));
    await (n ? f : f)(3);
    return n;
}
