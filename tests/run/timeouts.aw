/* SPDX-License-Identifier: MIT
 * aw_timeout_ms: what overruns ends with ETIMEDOUT, a cancellation from
 * elsewhere stays one, nested blocks know theirs, every way out disarms. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

static async int work(int id, int ms)
{
    defer printf("%d: %d leaves\n", (int)aw_now_ms(), id);
    await aw_sleep_ms(ms);
    return id * 10;
}

static async void swallow(void)
{
    try {
        await work(1, 50);
    } catch (AW_CANCELLED) {
        printf("%d: swallowed\n", (int)aw_now_ms());
    }
}

static async int leaves(int way)
{
    for (int i = 0;; i++) {
        aw_timeout_ms (10) {
            await work(way, 2);
            if (way == 0)
                return 1;
            if (way == 1)
                break;
            if (way == 2 && i == 0)
                continue;
            if (way == 2)
                goto out;
            throw EPERM;
        }
    }
    await aw_sleep_ms(20);
    return 2;
out:
    await aw_sleep_ms(20);
    return 3;
}

static async void nested(int outer, int inner)
{
    try {
        aw_timeout_ms (outer) {
            try {
                aw_timeout_ms (inner) {
                    await work(inner, 100);
                }
            } catch (ETIMEDOUT) {
                printf("%d: inner\n", (int)aw_now_ms());
            }
            await work(outer, 1);
        }
    } catch (ETIMEDOUT) {
        printf("%d: outer\n", (int)aw_now_ms());
    }
}

static async void cancelled(void)
{
    aw_timeout_ms (1000) {
        await work(5, 500);
    }
}

static async void plain(long ms)
{
    int seen = 0;

    aw_timeout_ms (ms) {
        seen++;
    }
    printf("no await: %d\n", seen);
}

async int main(void)
{
    aw_timeout_ms (5) {
        await swallow();
    }
    for (int i = 0; i < 3; i++)
        printf("way %d: %d\n", i, await leaves(i));
    int n = 0, e = await aw_try(n = leaves(3));
    printf("%d %d\n", e == EPERM, n);
    await nested(20, 10);
    await nested(10, 20);
    aw_task(void) t = aw_create_task(cancelled());
    await aw_sleep_ms(5);
    aw_cancel(t);
    printf("%d\n", await aw_try(t) == AW_CANCELLED);
    aw_task_release(t);
    await plain(1);
    try {
        aw_timeout_ms (await work(6, 1) - 60) {
            n = await work(7, 1);
        }
    } catch (ETIMEDOUT) {
        printf("%d: at once, %d\n", (int)aw_now_ms(), n);
    }
    return 0;
}
