/* SPDX-License-Identifier: MIT
 * defer works on the block that it stands in. */
async int f(int x);
async void v(void);

async int g(int n)
{
    if (n) defer n++;
    while (n--) { defer n++; }
    return n;
}
