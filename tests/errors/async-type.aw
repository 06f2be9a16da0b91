/* SPDX-License-Identifier: MIT
 * Pointers to async functions and declarations that disagree: C sees
 * descriptors and could not tell. */
async int f(int x);
async int f(int x, int y);
async long f(int x);
async int g(const char *s);
async int g(char *s);
async int (*p)(int, int) = f;
void use(async void (*fn)(int));

async int h(int n)
{
    async int (*q)(char) = f;
    async int (*r)(int) = (async int (*)(int))g;
    q = r;
    use(f);
    p = &h;
    return await r(n);
}

async int (*pick(void))(void)
{
    return f;
}
