async int elsewhere(int);
static async int add(int a, int b)
{
    if (b < 0)
        throw 7;
    return a + b;
}
static async int twice(int a)
{
    return await add(a, a);
}
static async int waits(int a)
{
    return await elsewhere(a);
}
static async int down(int n)
{
    return n ? await down(n - 1) : 0;
}
async int test(int x)
{
    return await twice(x) + await waits(x) + await down(x);
}
