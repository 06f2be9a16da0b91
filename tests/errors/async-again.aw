/* SPDX-License-Identifier: MIT
 * What an async function needs to have a frame, once. */
struct unknown;

async int f(int x)
{
    return x;
}

async int f(int y)
{
    return y;
}

async int g(struct unknown u)
{
    return 0;
}

async int h(struct { int x; } *s, enum { A } e)
{
    return e;
}

struct s {
    async int member(int);
    async int (*fine)(int);
};

async int k(void)
{
    struct {
        int a[await f(1)];
    } local;
    int *p = &await f(1);
    return local.a[0] + *p;
}
