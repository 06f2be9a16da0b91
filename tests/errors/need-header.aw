/* SPDX-License-Identifier: MIT
 * The types of some forms come from <aw.h>. */
async int f(int x);
async void v(void);

async int g(int n)
{
    aw_group (g) { n++; }
    return n;
}
