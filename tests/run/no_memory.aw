/* SPDX-License-Identifier: MIT
 * Whatever allocation fails (alloc.sh), each resource that was opened is
 * closed, once and in order: boxed calls, arrays of variable length, tasks,
 * groups, inside of try, finally and defer. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static int opened;

static int open_one(void)
{
    return ++opened;
}

static void close_one(int id)
{
    if (id != opened--)
        abort();
}

static async int boxed(int n)
{
    int id = open_one();
    defer close_one(id);
    if (n == 0) {
        await aw_sleep_ms(1);
        return 1;
    }
    return n + await boxed(n - 1);
}

static async int array(int n)
{
    int id = open_one(), sum = 0;
    defer close_one(id);
    int a[n];
    for (int i = 0; i < n; i++) {
        a[i] = i;
        int b[i + 1];
        b[i] = await boxed(1);
        sum += a[i] * b[i];
    }
    return sum;
}

static async int job(int n)
{
    await aw_sleep_ms(n);
    return n;
}

static async int tasks(int n)
{
    int id = open_one();
    defer close_one(id);
    aw_task(int) t[2] = {aw_create_task(job(2)), aw_create_task(job(1))};
    try {
        await aw_gather_tasks(t, 2);
        return await t[0] + await t[1];
    } finally {
        try {
            await boxed(n);
        } finally {
            aw_task_release(t[0]);
            aw_task_release(t[1]);
        }
    }
}

static async int group(int n)
{
    int r[3] = {0};
    aw_group (g) {
        int id = open_one();
        defer close_one(id);
        for (int i = 0; i < n; i++)
            aw_group_spawn(g, r[i] = job(i + 1));
        await aw_sleep_ms(2);
    }
    return r[0] + r[1] + r[2];
}

/* Which of them failed; they must do so with ENOMEM. */
static async void all(int out[4])
{
    async int (*f[])(int) = {boxed, array, tasks, group};
    for (int i = 0; i < 4; i++) {
        int id = open_one();
        defer close_one(id);
        int e = await aw_try(out[i] = f[i](3));
        if (e != 0 && e != ENOMEM)
            abort();
    }
}

async int main(void)
{
    int out[4] = {0};
    await all(out);
    printf("%d %d %d %d, open %d\n", out[0], out[1], out[2], out[3], opened);
    if (opened)
        abort();
    return 0;
}
