/* Five mistakes, five errors. */
#include <aw.h>

async int f(int x);

int plain(void) { return await f(1); }

async int a(int n)
{
    f(n);
    if (n) defer await f(n);
    awiat f(n);
    return await f(n) + missng;
}
