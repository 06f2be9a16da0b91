async int f(int);
void puts(const char *);
async void test(int a, int b)
{
    if (a && await f(b))
        puts("and");
    if (await f(a) || b)
        puts("or, plain right side");
    a || await f(b);
    int x = a ? await f(1) : b;
    int y = a ?: await f(2);
    (void)(x, y, await f(3));
}
