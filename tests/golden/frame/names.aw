async void pause(void);
static async int leaf(int ret, int c1, int aw)
{
    await pause();
    return ret + c1 + aw;
}
async int test(int x)
{
    int ret = await leaf(x, 2, 3);
    {
        int x = await leaf(ret, 1, 1);
        ret += await leaf(x, x, x);
        ret += x;
    }
    return ret + x;
}
