/* Five mistakes, five errors. */
#include <aw.h>

async int f(int x);

async int a(int n)
{
    int x = await f(n)
    int y = await f(x;
    for (int i = 0; i < n i++)
        x += await f(i);
    if (x > y
        x = await f(y);
    int table[3 = {1, 2};
    return table[0] + x + y;
}
