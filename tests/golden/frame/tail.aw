async void sleep(int ms);
int fill(char *text);
static async int leaf(const char *text, int n)
{
    await sleep(n);
    return n + text[0];
}
static async int buffer(int n)
{
    char text[64];
    fill(text);
    await sleep(n);
    return await leaf(text, n);
}
async int last(int n)
{
    if (n == 2)
        return await leaf("", n);
    return await buffer(n);
}
