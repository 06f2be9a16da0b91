/* SPDX-License-Identifier: MIT
 * aw_caught() belongs to a clause. */
async int f(int x);
async void v(void);

async int g(int n)
{
    try { n = aw_caught(); } catch (1) { n = aw_caught(); }
    return n;
}
