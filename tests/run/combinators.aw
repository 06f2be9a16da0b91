/* SPDX-License-Identifier: MIT
 * Forms in forms: race, wait_for, try and shield, over calls and handles. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

static async int after(int ms, int value)
{
    defer printf("%d ends at %d\n", value, (int)aw_now_ms());
    await aw_sleep_ms(ms);
    return value;
}

static async int fails(int ms, int error)
{
    await aw_sleep_ms(ms);
    throw error;
}

static async void waits(void)
{
    int a = 0, b = 0, e[2];

    printf("race %d", await aw_race(a = after(30, 1), b = after(10, 2)));
    printf(": %d %d\n", a, b);
    printf("in time %d\n", await aw_wait_for_ms(after(5, 3), 10));
    printf("try %d", await aw_try(a = after(50, 4)));
    printf(" %d\n", a);
    await aw_gather(e[0] = aw_try(a = fails(5, EIO)),
                    e[1] = aw_try(b = after(7, 5)));
    printf("errors %d %d, b %d\n", e[0] == EIO, e[1], b);
    try {
        await aw_wait_for_ms(aw_gather(a = after(10, 6), b = after(20, 7)), 15);
    } catch (ETIMEDOUT) {
        printf("late: a %d, b %d\n", a, b);
    }
}

async int main(void)
{
    long sum = 0;
    aw_task(int) t = aw_create_task(after(20, 8)), all[2];

    await waits();
    printf("handle %d\n", await aw_wait_for_ms(t, 5));
    await aw_gather(sum = t);
    printf("converted %ld, try %d\n", sum, await aw_try(t));
    all[0] = aw_create_task(after(3, 9));
    all[1] = aw_create_task(after(2, 10));
    await aw_gather_tasks(all, 2);
    printf("%d %d\n", await all[0], await aw_shield(all[1]));
    for (int i = 0; i < 2; i++)
        aw_task_release(all[i]);
    aw_task_release(t);
    return 0;
}
