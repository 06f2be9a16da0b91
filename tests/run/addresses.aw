/* SPDX-License-Identifier: MIT
 * The address of a local or parameter is the same before and after an await,
 * and other tasks may write through it meanwhile. */
#include <aw.h>
#include <stdio.h>

static async void set_later(int *to, int value, unsigned ms)
{
    await aw_sleep_ms(ms);
    *to = value;
}

static async int keep(int parameter)
{
    int *p = &parameter;
    int a[3] = {1, 2, 3};
    int *second = &a[1];
    aw_task(void) t = aw_create_task(set_later(&a[1], 20, 5));
    await aw_sleep_ms(10);
    await t;
    aw_task_release(t);
    printf("%d %d\n", p == &parameter, second == &a[1]);
    return a[0] + a[1] + a[2] + *p;
}

async int main(void)
{
    int r = await keep(100);
    printf("%d\n", r);
    return 0;
}
