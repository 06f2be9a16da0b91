async int f(int);
int g(int);
async void test(int n)
{
    while (await f(n))
        if (g(n))
            continue;
    do {
        if (g(n))
            continue;
    } while (await f(n));
    for (int i = await f(0); i < await f(n); i += await f(1)) {
        if (g(i))
            continue;
        g(i);
    }
    for (int i = 0; i < n; i++)
        await f(i);
}
