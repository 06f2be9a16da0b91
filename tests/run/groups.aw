/* SPDX-License-Identifier: MIT
 * aw_group: children are awaited on every way out, the first error cancels
 * the others and the body, a limit keeps the order, and the name of the group
 * can be passed on. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

static async int work(int id, int ms)
{
    defer printf("%d: %d leaves\n", (int)aw_now_ms(), id);
    await aw_sleep_ms(ms);
    return id * 10;
}
static async int fails(int ms, int e)
{
    await aw_sleep_ms(ms);
    throw e;
}

static async void more(aw_group_ref g, long *to)
{
    aw_group_spawn(g, *to = work(await work(4, 1), 5));
}

static async int all(int n)
{
    int r[8] = {0};
    long last = 0;
    aw_group (g) {
        for (int i = 0; i < n; i++)
            aw_group_spawn(g, r[i] = work(i, 10 * (n - i)));
        await more(g, &last);
        aw_group_spawn(g, more(g, &last));
        printf("body ends\n");
    }
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += r[i];
    return sum + (int)last;
}
static async int limited(void)
{
    for (int i = 0; i < 3; i++)
        aw_group (g, .limit = 2) {
            for (int k = 0; k < 4; k++)
                aw_group_spawn(g, work(100 * i + k, 10));
            if (i == 1)
                break;
            if (i == 0)
                continue;
            return i;
        }
    return 77;
}
static async void failing(void)
{
    try {
        aw_group (g) {
            aw_group_spawn(g, work(1, 100));
            aw_group_spawn(g, fails(5, EIO));
            await aw_sleep_ms(1000);
            printf("never\n");
        }
    } catch (int e) {
        printf("%d: caught %d\n", (int)aw_now_ms(), e == EIO);
    }
}
static async int inner(int way)
{
    for (;;) {
        aw_group (g) {
            aw_group_spawn(g, work(way, 7));
            if (way == 0)
                return 1;
            if (way == 1)
                break;
            if (way == 2)
                goto out;
            if (way == 3)
                throw EPERM;
        }
    }
    return 2;
out:
    return 3;
}

static async void cancelled(void)
{
    defer printf("%d: cancelled leaves\n", (int)aw_now_ms());
    aw_group (g) {
        aw_group_spawn(g, work(8, 1000));
        aw_group_spawn(g, fails(2000, EIO));
    }
}

/* A child that fails while the body has left already. */
static async int late(void)
{
    aw_group (g) {
        aw_group_spawn(g, fails(3, EIO));
        aw_group_spawn(g, work(9, 1000));
        return 1;
    }
}

async int main(void)
{
    printf("sum %d\n", await all(3));
    printf("limited %d\n", await limited());
    await failing();
    for (int i = 0; i < 3; i++)
        printf("way %d: %d\n", i, await inner(i));
    int n = 0, e = await aw_try(n = inner(3));
    printf("%d %d\n", e == EPERM, n);
    e = await aw_try(n = late());
    printf("%d %d\n", e == EIO, n);
    aw_task(void) t = aw_create_task(cancelled());
    await aw_sleep_ms(5);
    aw_cancel(t);
    printf("%d\n", await aw_try(t) == AW_CANCELLED);
    aw_task_release(t);
    return 0;
}
