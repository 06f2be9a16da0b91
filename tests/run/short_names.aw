/* SPDX-License-Identifier: MIT
 * Functions may be called what the variables of the generated code are called
 * behind its prefix. */
#include <aw.h>
#include <stdio.h>

static async int h(int x)
{
    await aw_sleep_ms(1);
    return x;
}

static async int t(int x)
{
    return await h(x) + await h(1);
}

static async int r(int x)
{
    if (x > 2)
        throw x;
    return await t(x) + await h(1);
}

static async int v1(int x)
{
    return x > 0 ? await v1(x - 1) + await r(0) : await t(0);
}

static async int error1(int x)
{
    int a = 0;
    try {
        a = await r(x) + await v1(1);
    } catch (int e) {
        a = e + await h(10);
    }
    return a;
}

static async int dst(int x)
{
    return await error1(await h(x)) + await error1(await t(x));
}

static async int args_1(int x)
{
    return x > 0 ? await args_1(x - 1) + 1 : await dst(2);
}

static async int task_1(int x)
{
    int a = 0, b = 0;
    await aw_gather(a = h(x), b = args_1(x));
    return a + b;
}

static async int f(int x)
{
    return await task_1(x);
}

async int main(void)
{
    int n = 0;
    aw_task(int) c = aw_create_task(f(1));
    aw_task(int) d = aw_create_task(aw_wait_for_ms(t(2), 100));
    printf("%d %d", await c, await d);
    printf(" %d\n", await aw_try(n = aw_wait_for_ms(f(5), 100)));
    aw_task_release(c);
    aw_task_release(d);
    printf("%d\n", n);
    return 0;
}
