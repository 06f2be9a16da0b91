/* A brace that is missing costs one message, not one for each function that
 * follows. */
async int f(int x);

async int a(int n)
{
    if (n) {
        n = await f(n);
    return n;
}

static async int b(int n)
{
    return await f(n);
}

int plain(int n)
{
    while (n) {
        n--;
    return n;
}

async_generator(int) c(int n)
{
    yield n;
}

async int d(int n)
{
    return missing + await b(n);
}
