/* SPDX-License-Identifier: MIT
 * What is not evaluated cannot wait. */
async int f(int x);
async void v(void);

async int g(int n)
{
    int a = sizeof(await f(1));
    __typeof__(await f(1)) b;
    a = _Generic(await f(1), int: 1);
    a = _Alignof(await f(1));
    a = __builtin_constant_p(await f(1));
    b = a;
    return n;
}
