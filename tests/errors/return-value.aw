/* SPDX-License-Identifier: MIT
 * Values returned where none is wanted, and the other way round. */
async int f(int x);
async void v(void);

async int g(int n)
{
    if (n) return;
    if (n > 1)
        return await v();
    return n;
}

async void h(int n)
{
    if (n)
        return;
    if (n > 1)
        return await v();
    return n;
}
