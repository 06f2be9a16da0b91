struct s { int a, b[2]; };
async int f(int);
int g(int);
async int test(void)
{
    struct s s = {.b = {[1] = g(1), await f(2)}, .a = await f(3)};
    int v[] = {await f(1), 2, await f(3)};
    return s.a + v[0] + ({ int t = await f(4); t + 1; });
}
