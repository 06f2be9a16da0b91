/* SPDX-License-Identifier: MIT
 * There is no rethrow: throw needs a code. */
async int f(int x);
async void v(void);

async int g(int n)
{
    throw;
}
