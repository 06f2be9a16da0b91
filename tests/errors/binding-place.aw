/* SPDX-License-Identifier: MIT
 * Where a result cannot be stored. */
async int f(int x);
async void v(void);
struct bits { int bits : 3, all; };

async int g(int n, struct bits b)
{
    register int r = 0;
    const int c = 0;
    int a[2];
    await aw_gather(b.bits = f(1), r = f(2), c = f(3), a = f(4), n + 1 = f(5));
    await aw_gather(b.all = f(1), a[1] = f(2), *&n = f(3));
    return n;
}
