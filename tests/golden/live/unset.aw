async int f(int);
async int test(int n)
{
    int x;
    if (n)
        x = 1;
    await f(n);
    return n ? x : 0;
}
