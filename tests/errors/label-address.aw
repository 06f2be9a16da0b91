/* SPDX-License-Identifier: MIT
 * A computed goto cannot check where it goes. */
async int f(int x);
async void v(void);

async int g(int n)
{
    void *p[] = {&&one, &&two, &&three};
    one: n++;
    try { two: n++; } finally { }
    defer n++;
    three: goto *p[n];
    return n;
}
