async int f(int);
int g(int *, int (*)[]);
async int test(int n, int (*p)[n + 1])
{
    if (n) {
        int a[n][await f(n)], b[3];
        await f(a[0][b[0]]);
        if (a[1][1])
            return g(b, p);
    }
    await f(2);
    int c[n];
    return g(c, &c);
}
