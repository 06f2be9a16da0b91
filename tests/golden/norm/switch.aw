async int f(int);
int g(int);
async int test(int n)
{
    switch (await f(n)) {
    case 1:
        await f(2);
    case 2 ... 4:
        g(n);
        break;
    default:
        return await f(n);
    }
    return 0;
}
