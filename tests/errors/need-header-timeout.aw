/* SPDX-License-Identifier: MIT
 * What a timeout is made of comes from <aw.h>. */
async int f(int x);

async int g(int n)
{
    aw_timeout_ms (n)
        { n = await f(n); }
    return n;
}
