#include <aw.h>

async int f(int x);

async int a(int n)
{
    int r;
    await aw_gather((r = f(1)), n = f(2));
    await (r = f(n));
    r = await aw_try((n = f(2)));
    aw_create_task((r = f(3)));
    (r = f(4));
    return r;
}
