async_generator(int) gen(int n);
async int f(int);
void puts(const char *);
async_generator(int) test(int n)
{
    aw_for (int x, gen(await f(n))) {
        if (x == 1)
            continue;
        if (x == 2)
            break;
        yield await f(x);
    }
}
