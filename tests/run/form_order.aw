/* SPDX-License-Identifier: MIT
 * What a form makes is made from left to right: lvalues before arguments,
 * binding after binding, in plain functions and in async ones, though C leaves
 * the order of a call's arguments open. */
#include <aw.h>
#include <stdio.h>

static int step, a[8];

static int next(void)
{
    return ++step;
}

static int *place(const char *name)
{
    printf("%s %d, ", name, ++step);
    return &a[step % 8];
}

static async int f(int x, int y)
{
    await aw_sleep_ms(0);
    return 10 * x + y;
}

static void show(const char *what, int error)
{
    printf("%s: error %d, step %d:", what, error, step);
    for (int i = 0; i < 8; i++)
        printf(" %d", a[i]);
    puts("");
    step = 0;
    for (int i = 0; i < 8; i++)
        a[i] = 0;
}

static aw_task_storage(f) slot;
static aw_task_storage(f) *room(void)
{
    printf("room %d, ", next());
    return &slot;
}

static async void starts(void)
{
    int i = 0;
    aw_task(int) t = aw_create_task(f(next(), next()));
    aw_task(int) s = aw_start(room(), f(next(), next()));
    printf("tasks: %d, %d\n", await t, await s);
    aw_task_release(t);
    aw_task_release(s);
    aw_group (g) {
        aw_group_spawn(g, a[i++] = f(i, i + 1));
        aw_group_spawn(g, *place("place") = f(next(), i++));
    }
}

int main(void)
{
    int i = 0, e;
    e = aw_run(aw_gather(a[i++] = f(i, i++), a[i++] = f(i, i++)));
    show("gather", e);
    e = aw_run(*place("lvalue") = f(next(), next()));
    show("run", e);
    e = aw_loop_run_until_complete(
        aw_wait_for_ms(aw_gather(*place("x") = f(next(), next()),
                                 *place("y") = f(next(), next())),
                       next() + 1000));
    show("wait_for", e);
    aw_loop_close();
    e = aw_run(starts());
    show("starts", e);
    return 0;
}
