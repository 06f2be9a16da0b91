/* SPDX-License-Identifier: MIT
 * Names that nothing declares; a declared one is not blamed for it. */
async int f(int x);
async void v(void);

async int g(int n)
{
    int x = missing + 1;
    x = missing + other;
    x += (int)(missing * 2);
    await never_declared(1);
    await (never_declared)(2);
    await ((never_declared(3)));
    return n;
}
