/* SPDX-License-Identifier: MIT
 * Tasks in every state that `aw tasks` tells of, for gdb to look at where
 * look() is called. */
#include <aw.h>
#include <stdlib.h>

struct point {
    int x, y;
};

static aw_event never = AW_EVENT_INIT;

void look(void);

__attribute__((noinline)) void look(void)
{
    __asm__ volatile("");
}

static async int leaf(int ms, const char *why)
{
    int count = 5;
    char text[16] = "a text";
    struct point here = {ms, 2};
    for (int i = 7; i < 8; i++) {
        int count = i * 10;
        await aw_sleep_ms(ms);
        here.x += count + text[0] + (int)why[0];
    }
    return here.x + count;
}

static async int deep(int n)
{
    int twice = n * 2;
    if (n == 0)
        return await leaf(100, "deep") + twice;
    return await deep(n - 1) + twice;
}

static async int passes(int ms)
{
    return await leaf(ms, "passed on");
}

static async void waits(void)
{
    await aw_event_wait(&never);
}

static async void works(void)
{
    long done = 41;
    await aw_sleep_ms(10);
    aw_create_task(waits());
    look();
    await aw_sleep_ms(done);
}

static async int joins(aw_task(int) t)
{
    return await t;
}

async int main(void)
{
    int a, b, c;
    aw_task(int) t = aw_create_task(deep(2));
    aw_task_set_name(t, "diver");
    aw_create_task(works());
    aw_create_task(waits());
    await aw_gather(a = joins(t), b = passes(200), c = leaf(300, "c"));
    aw_group (g) {
        aw_group_spawn(g, a = leaf(50, "spawned"));
        await aw_sleep_ms(1);
        look();
    }
    return a + b + c > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
