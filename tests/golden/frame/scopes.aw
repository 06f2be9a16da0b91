struct big { char b[1024]; };
async int f(char *);
async int g(struct big);
async int test(int n)
{
    {
        char b1[1024];
        await f(b1);
        await f(b1 + 1);
    }
    {
        char b2[1024];
        await f(b2);
        await f(b2 + 1);
    }
    volatile int v = n;
    int k = n;
    await f(0);
    return v + k;
}
