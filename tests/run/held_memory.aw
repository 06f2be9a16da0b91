/* SPDX-License-Identifier: MIT
 * Memory of an array of variable length outlives the children that are held
 * and have its address. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>
static async void writes(int *p, int n)
{
    try {
        await aw_sleep_ms(100);
    } finally {
        await aw_sleep_ms(10);
        for (int i = 0; i < n; i++)
            p[i] = i;
        printf("%d: wrote\n", (int)aw_now_ms());
    }
}
static async void fails(int ms, int e)
{
    await aw_sleep_ms(ms);
    throw e;
}
static async int f(int n)
{
    for (int k = 0; k < 2; k++) {
        int v[n];
        v[0] = 5;
        try {
            await aw_gather(writes(v, n), fails(3, EIO));
        } catch (int e) {
            printf("%d: caught %d\n", (int)aw_now_ms(), v[0]);
        }
        if (k)
            return v[0];
    }
    return 0;
}
async int main(void)
{
    printf("%d\n", await f(20));
    aw_task(int) t = aw_create_task(f(10));
    await aw_sleep_ms(8);
    aw_cancel(t);
    printf("%d\n", await aw_try(t));
    aw_task_release(t);
    return 0;
}
