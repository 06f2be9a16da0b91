/* SPDX-License-Identifier: MIT
 * What a child's frame holds, and its name, goes when it ends: at once, or
 * after it has waited; in a gather and in a group. */
#include <aw.h>
#include <stdio.h>
#include <stdlib.h>

static int pieces;

static void *take(void *ctx, size_t size)
{
    void *p = malloc(size);
    (void)ctx;
    pieces += p != NULL;
    return p;
}

static void give(void *ctx, void *p, size_t size)
{
    (void)ctx;
    (void)size;
    pieces -= p != NULL;
    free(p);
}

static async int quick(int n)
{
    return n;
}

static async int slow(int n)
{
    await aw_sleep_ms(n);
    return n;
}

static async int named(int n)
{
    aw_task_set_name(aw_current_task(), "named");
    if (n > 1)
        await aw_sleep_ms(n);
    return n;
}

/* its calls of itself are in boxes */
static async int fib(int n)
{
    int a, b;
    if (n < 2)
        return n;
    if (n % 2)
        await aw_sleep_ms(1);
    await aw_gather(a = fib(n - 1), b = fib(n - 2));
    return a + b;
}

/* The first two hold a reference to a task. */
static async int in_group(bool waits)
{
    int a, b, c, d;
    aw_task(int) t = waits ? aw_create_task(slow(2)) : aw_create_task(quick(2));
    aw_group (g) {
        aw_group_spawn(g, a = t);
        aw_group_spawn(g, b = aw_wait_for_ms(t, 9));
        aw_group_spawn(g, c = named(waits ? 3 : 1));
        aw_group_spawn(g, d = quick(4));
    }
    aw_task_release(t);
    return a + b + c + d;
}

static async int in_gather(bool waits)
{
    int a, b, c;
    aw_task(int) t = waits ? aw_create_task(slow(2)) : aw_create_task(quick(2));
    await aw_gather(a = aw_try(t), b = aw_shield(t), c = named(waits ? 3 : 1));
    aw_task_release(t);
    return a + b + c;
}

static async void all(void)
{
    printf("%d, ", await fib(7));
    printf("%d pieces\n", pieces);
    for (int waits = 0; waits < 2; waits++) {
        printf("%d ", await in_gather(waits));
        printf("%d, ", await in_group(waits));
        printf("%d pieces\n", pieces);
    }
}

int main(void)
{
    static const aw_allocator counting = {take, give, NULL};
    aw_set_allocator(&counting);
    return aw_run(all());
}
