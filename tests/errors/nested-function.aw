/* SPDX-License-Identifier: MIT
 * Objects that a nested function names are in the frame. */
async int f(int n);

async int g(int n)
{
    int add(int x)
    {
        return x + n;
    }
    await f(n);
    return add(1);
}
