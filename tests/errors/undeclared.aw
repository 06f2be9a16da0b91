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
    return n;
}
