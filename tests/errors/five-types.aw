/* Five mistakes, five errors. */
#include <aw.h>

struct s { int x; };
async int f(int x);
async void v(void);

async int a(struct s *p, struct s q)
{
    int r = await v();
    r = await f(p.x);
    r += await f(q->x);
    int *z = *r;
    p->nope = await f(*z);
    return await p + r;
}
