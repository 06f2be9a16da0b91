/* SPDX-License-Identifier: MIT
 * Handles of tasks with different results. */
async int f(int x);
async void v(void);

async int g(int n)
{
    aw_task(int) a = aw_create_task(f(1));
    aw_task(void) b = a;
    aw_task(int) c = aw_create_task(v());
    aw_task(int) d = b;
    a = d;
    a = 0;
    b = aw_create_task(f(1));
    await a;
    await c;
    return n;
}
