/* SPDX-License-Identifier: MIT
 * A coroutine cannot be kept. */
async int f(int x);
async void v(void);

async int g(int n)
{
    __typeof__(f(1)) c;
    __auto_type d = f(2);
    n++;
    return n;
}
