/* SPDX-License-Identifier: MIT
 * Memory of alloca is gone when the function waits. */
#include <aw.h>

async int f(int x);
int g(void *p);

async int before(int n)
{
    char *p = __builtin_alloca(10);
    await f(*p);
    return n;
}

async int in_loop(int n)
{
    for (;;) {
        n += await f(n);
        n += g(__builtin_alloca(1));
    }
}

async int argument(int n)
{
    return await f(g(__builtin_alloca(1))) + n;
}

async int in_stmt_expr(int n)
{
    n = g(({ void *p = __builtin_alloca(1); p; }));
    if (n)
        return await f(n);
    return g(__builtin_alloca(2));
}
