async int f(int x);

static async int g(int n)
{
    int a = 0, b = 0;

    await aw_gather(a = f(1), b = f(2));
    while (n--) {
        try {
            await aw_gather(a = f(n), f(3));
        } catch (1) {
            b++;
        }
        b = await aw_try(aw_gather(f(4)));
    }
    return a + b;
}
