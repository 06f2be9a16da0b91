async int f(int);
async int test(int n)
{
    int sum = 0, last, dead = n;
    for (int i = 0; i < n; i++) {
        last = await f(i);
        sum += last;
    }
    dead = 3;
    await f(dead);
    return sum;
}
