/* SPDX-License-Identifier: MIT
 * States have 16 bits. */
async void f(void);

#define X4(x) x x x x
#define X16(x) X4(X4(x))
#define X256(x) X16(X16(x))

async void g(void)
{
    X256(X256(await f();))
}
