/* SPDX-License-Identifier: MIT
 * What is written to must be an object. */
async int f(int x);
async void v(void);

async int g(int n)
{
    n + 1 = 2;
    (n + 1)++;
    --(await f(1));
    await f(1) = 3;
    return n;
}
