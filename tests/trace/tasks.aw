/* SPDX-License-Identifier: MIT
 * Tasks of every kind, told of to descriptor 3. */
#include <aw.h>
#include <errno.h>

static async int leaf(int ms)
{
    await aw_sleep_ms(ms);
    await aw_sleep_ms(0);
    return ms;
}

static async int fails(void)
{
    await aw_sleep_ms(5);
    throw EIO;
}

static async int spins(int n)
{
    while (n--)
        await aw_sleep_ms(0);
    return n;
}

async int main(void)
{
    int a, b, c, n = 0;
    aw_trace_to(3);
    aw_task(int) t = aw_create_task(leaf(20));
    aw_task(int) unborn = aw_create_task(leaf(30));
    aw_task_set_name(t, "with \"quotes\" \\ and \xc3\xa4");
    aw_cancel(unborn);
    await aw_gather(a = leaf(10), b = leaf(3), c = spins(3));
    n += await aw_try(a = fails());
    n += await aw_try(aw_gather(a = fails(), b = leaf(100)));
    n += await aw_race(a = leaf(7), b = leaf(9));
    n += await aw_try(a = aw_wait_for_ms(leaf(50), 10));
    aw_group (g) {
        aw_group_spawn(g, a = leaf(1));
        aw_group_spawn(g, b = leaf(2));
    }
    await t;
    aw_task_release(t);
    aw_task_release(unborn);
    return n == EIO * 2 + ETIMEDOUT ? 0 : 1;
}
