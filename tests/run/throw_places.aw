/* SPDX-License-Identifier: MIT
 * throw, return and cleanup inside statement expressions, with and without an
 * await in them. */
#include <aw.h>
#include <stdio.h>

static async int id(int x)
{
    await aw_sleep_ms(0);
    return x;
}

static async int without_await(int n)
{
    int r = 1 + ({
                if (n == 1)
                    throw 11;
                if (n == 2)
                    return 12;
                n;
            });
    return r;
}

static async int with_await(int n)
{
    int r = await id(1) + ({
                if (n == 1)
                    throw await id(21);
                if (n == 2)
                    return await id(22);
                n;
            });
    return r;
}

static async int in_try(int n)
{
    int r = 0;
    try {
        r += ({
            if (n == 1)
                throw 31;
            if (n == 2)
                return 32;
            n;
        });
    } catch (int e) {
        r = -e;
    } finally {
        printf("finally ");
    }
    return r;
}

static async int try_inside(int n)
{
    return ({
               int r = 0;
               try {
                   r = await without_await(n);
               } catch (int e) {
                   r = e * 10;
               }
               r;
           }) +
           1;
}

static async int defer_inside(int n)
{
    int r = ({
        defer printf("deferred ");
        if (n == 2)
            return 5;
        await id(n);
    });
    return r;
}

static async int in_condition(int n)
{
    while (({
               if (n > 3)
                   throw 41;
               n++;
           }) < 9)
        n = await id(n);
    return n;
}

static async int in_argument(int n)
{
    return await id(await id(n) + ({
                        if (n == 3)
                            throw 51;
                        1;
                    }));
}

static async void show(int n)
{
    int v = 0;
    int e = await aw_try(v = without_await(n));
    printf("%d %d  ", e, v);
    e = await aw_try(v = with_await(n));
    printf("%d %d  ", e, v);
    e = await aw_try(v = in_try(n));
    printf("%d %d  ", e, v);
    e = await aw_try(v = try_inside(n));
    printf("%d %d  ", e, v);
    e = await aw_try(v = defer_inside(n));
    printf("%d %d  ", e, v);
    e = await aw_try(v = in_condition(n));
    printf("%d %d  ", e, v);
    e = await aw_try(v = in_argument(n));
    printf("%d %d\n", e, v);
}

async int main(void)
{
    for (int n = 1; n < 4; n++)
        await show(n);
    return 0;
}
