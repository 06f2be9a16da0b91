/* SPDX-License-Identifier: MIT
 * Volatile structs, arrays and literals that are made around an await. */
#include <aw.h>
#include <stdio.h>

struct pair {
    int a, b;
};

struct fixed {
    const int a;
    int b;
};

static async int v(int x)
{
    await aw_sleep_ms(1);
    return x;
}

static async int both(volatile struct pair *p)
{
    p->a += await v(p->b);
    return p->a;
}

async int main(void)
{
    volatile struct pair s = {await v(1), 2};
    volatile int a[3] = {await v(3), [2] = await v(5)};
    volatile struct pair m[2] = {{1, await v(7)}};
    volatile struct fixed f = {await v(8), 9};
    volatile struct pair *p = &(volatile struct pair){await v(10), 11};
    await v(0);
    s.a = await both(&s);
    a[1] += await v(a[0]);
    f.b += await v(f.a);
    printf("%d %d, %d %d %d\n", s.a, s.b, a[0], a[1], a[2]);
    printf("%d %d %d, %d %d\n", m[0].a, m[0].b, m[1].b, f.a, f.b);
    printf("%d %d\n", await both(p), p->b);
    return 0;
}
