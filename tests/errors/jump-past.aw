/* SPDX-License-Identifier: MIT
 * A jump may not skip a defer. */
async int f(int x);
async void v(void);

async int g(int n)
{
    if (n) goto past;
    back:;
    defer n++;
    past: if (n > 2) goto back;
    switch (n) { defer n++; case 1: n++; }
    return n;
}
