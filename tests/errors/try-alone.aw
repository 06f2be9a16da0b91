/* SPDX-License-Identifier: MIT
 * A try needs a clause. */
async int f(int x);
async void v(void);

async int g(int n)
{
    try { n++; }
    n++;
    return n;
}
