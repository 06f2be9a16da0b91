async int f(int);
async int test(int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++) {
        if (i == 3)
            continue;
        sum += await f(i);
        if (sum > 10)
            break;
    }
    return sum;
}
