/* SPDX-License-Identifier: MIT
 * A void function has no result to store. */
async int f(int x);
async void v(void);

async int g(int n)
{
    int r;
    await aw_gather(r = v(), r = f(1));
    r = await aw_try(r = v());
    return n;
}
