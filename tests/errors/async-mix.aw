/* SPDX-License-Identifier: MIT
 * Async and plain functions are different things. */
async int f(int x);
async void v(void);
int plain(int);
void take(async int (*)(int));

async int g(int n)
{
    int (*p)(int) = f;
    async int (*q)(int) = plain;
    q = f;
    q = plain;
    p = f;
    q = 0;
    p = (int (*)(int))f;
    q = (async int (*)(int))plain;
    void *any = (void *)f;
    take(plain);
    take(f);
    p = n ? plain : f;
    n = any == 0 && p == q;
    return n;
}
