/* SPDX-License-Identifier: MIT
 * What can be thrown. */
async int f(int x);
async void v(void);

async int g(int n)
{
    throw 0;
    throw 1.5;
    throw 5000000000;
    throw "text";
    throw n;
    throw -4096;
    throw n - n;
}
