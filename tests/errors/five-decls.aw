/* Five mistakes, five errors. */
#include <aw.h>

async int variadic(int n, ...);
async_generator(void) gone(int n);
async int counter;
int late(int x);
async int late(int x);

async int a(int n)
{
    int v = await variadic(n, 1, 2);
    counter++;
    return await late(v) + counter;
}

async int b(a_type x)
{
    return x.y + await a(x.z);
}
