/* SPDX-License-Identifier: MIT
 * Memory of alloca is gone after an await. */
async int f(int x);
async void v(void);

async int g(int n)
{
    char *p = __builtin_alloca(10);
    await f(*p);
    return n;
}
