async int f(int);
int g(int);
int a[4];
async int test(int i)
{
    int x = g(1) + await f(i++) * 2 + g(3);
    a[i++] += await f(x) + x;
    return g(await f(await f(x)));
}
