/* SPDX-License-Identifier: MIT
 * Expressions that cannot have a type. */
async int f(int x);
async void v(void);
struct point { int x; } q;

async int g(int n, struct point p)
{
    n = *n;
    n = n[0];
    n = p.x;
    n = p->y;
    n = n(1);
    n = n % 1.5;
    n = p + p;
    p = n ? p : n;
    p->x.y = 1;
    n = -p;
    n = 1zz;
    n = _Generic(n, char: 1);
    return n;
}

static async int through_a_choice(int n)
{
    char *p = (n ? __builtin_alloca : __builtin_alloca)(10);
    return await f(p != 0);
}
