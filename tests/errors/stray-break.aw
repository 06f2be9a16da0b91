/* SPDX-License-Identifier: MIT
 * break, continue and case need a statement around them. */
async int f(int x);
async void v(void);

async int g(int n)
{
    break;
    continue;
    case 1:;
    default:;
    switch (n) { continue; }
    return n;
}
