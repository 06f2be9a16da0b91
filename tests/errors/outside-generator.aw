/* SPDX-License-Identifier: MIT
 * yield belongs to generators. */
async int f(int x);
async void v(void);

async int g(int n)
{
    yield n;
    return n;
}
