/* SPDX-License-Identifier: MIT
 * aw_gather_each: what its parts may be. */
#include <aw.h>
#include <stdio.h>

struct point {
    int x, y;
};

static async int f(int x);
static async void at(const struct point *p);
static async void store(int *p);
static int plain(int x);

static async void parts(int n, double d, char *s)
{
    int r[4];

    await aw_gather_each(double i, n, r[0] = f((int)i));
    await aw_gather_each(_Bool i, n, r[0] = f(i));
    await aw_gather_each(static int i, n, r[i] = f(i));
    await aw_gather_each(int *i, n, r[0] = f(*i));
    await aw_gather_each(int i, d, r[i] = f(i));
    await aw_gather_each(int i, s, r[i] = f(i));
    await aw_gather_each(int i, n, r[i] = plain(i));
    await aw_gather_each(int i, n, store(&i));
    await aw_gather_each(int i, n, r[i] = f(await f(i)));
    await aw_gather_each(int i, n, at(&(struct point){i, 0}));
    aw_gather_each(int i, n, f(i));
}

static void starts(int n)
{
    aw_task(void) t = aw_create_task(aw_gather_each(int i, n, f(i)));
    int e = aw_run(aw_wait_for_ms(aw_gather_each(int i, n, f(i)), 5));

    aw_task_release(t);
    printf("%d\n", e);
}

static async void shapes(int n)
{
    int r[4];

    await aw_gather_each(int i, i, f(i));
    await aw_gather_each(i, n, f(i));
    await aw_gather_each(int i, n);
    await aw_gather_each(int i, n, f(i), f(i));
    await aw_gather_each();
    await aw_gather_each(int i, n, r[i] = f(i), 3);
}
