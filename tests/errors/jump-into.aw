/* SPDX-License-Identifier: MIT
 * No jump enters blocks that have an end to run. */
async int f(int x);
async void v(void);

async int g(int n)
{
    goto in;
    switch (n) {
        try { case 1: n++; } catch (1) { in: n++; }
        default: goto later;
    }
    aw_timeout_ms (3) { later: n++; goto later; }
    return n;
}
