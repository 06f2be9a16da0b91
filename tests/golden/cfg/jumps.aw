async int f(int);
async int test(int n)
{
    void *p = n ? &&a : &&b;
    goto *p;
a:
    n = await f(n);
    switch (n) {
    case 1: goto b;
    case 2: break;
    }
    while (1)
        n += await f(1);
b:
    return n;
}
