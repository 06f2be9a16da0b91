/* SPDX-License-Identifier: MIT
 * aw_gather_each inside other forms, and others inside it. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static async int after(int ms, int value)
{
    await aw_sleep_ms(ms);
    return value;
}

static async int odd_fails(int ms, int value)
{
    await aw_sleep_ms(ms);
    if (value % 2)
        throw 100 + value;
    return value;
}

static void show(const char *what, const int *v, int n)
{
    printf("%d: %s", (int)aw_now_ms(), what);
    for (int i = 0; i < n; i++)
        printf(" %d", v[i]);
    puts("");
}

/* asyncio's gather(..., return_exceptions=True), and a time limit for each. */
static async void limited(int n)
{
    int r[4] = {-1, -1, -1, -1}, e[4];

    await aw_gather_each(int i, n,
                         e[i] = aw_try(r[i] = odd_fails(10 * (4 - i), i)));
    show("try", e, n);
    show("try", r, n);
    await aw_gather_each(
        int i, n,
        e[i] = aw_try(r[i] = aw_wait_for_ms(after(10 * i, 20 + i), 15)));
    for (int i = 0; i < n; i++)
        e[i] = e[i] == ETIMEDOUT;
    show("limit", e, n);
    show("limit", r, n);
    e[0] = await aw_try(aw_wait_for_ms(
        aw_gather_each(int i, n, r[i] = after(10 * i, 30 + i)), 15));
    printf("%d %d\n", e[0] == ETIMEDOUT, r[1]);
}

/* Beside other children, and as one of a race. */
static async void beside(int n)
{
    int r[3] = {0}, x = 0, first;

    await aw_gather(aw_gather_each(int i, n, r[i] = after(i, i + 1)),
                    x = after(30, 9));
    show("beside", r, n);
    first = await aw_race(aw_gather_each(int i, n, r[i] = after(i, i + 5)),
                          x = after(30, 10));
    show("race", r, n);
    printf("%d %d\n", first, x);
    await aw_shield(aw_gather_each(int i, n, r[i] = after(i, i + 7)));
    show("shield", r, n);
}

/* Two dimensions; a gather for each. */
static async void nested(int n)
{
    int r[3][2] = {{0}}, a[3], b[3];

    await aw_gather_each(
        int i, n, aw_gather_each(int j, 2, r[i][j] = after(i + j, 10 * i + j)));
    show("nested", r[0], 6);
    await aw_gather_each(
        int i, 3,
        aw_gather_each(int j, n - 1, r[i][j] = after(i + j, 20 * i + j)));
    show("nested", r[0], 6);
    await aw_gather_each(int i, n,
                         aw_gather(a[i] = after(i, i), b[i] = after(3, -i)));
    show("pairs", a, n);
    show("pairs", b, n);
    await aw_gather_each(int i, n,
                         a[i] = aw_race(after(i, 0), after(1, 0), after(2, 0)));
    show("races", a, n);
}

/* Tasks, some of which have ended. */
static async void tasks(void)
{
    aw_task(int) t[3];
    int r[3];

    for (int i = 0; i < 3; i++)
        t[i] = aw_create_task(after(10 * i, 40 + i));
    await aw_sleep_ms(5);
    await aw_gather_each(int i, 3, r[i] = t[i]);
    show("tasks", r, 3);
    await aw_gather_each(int i, 3, r[2 - i] = t[i]);
    show("tasks", r, 3);
    for (int i = 0; i < 3; i++)
        aw_task_release(t[i]);
}

/* Calls in boxes: along a cycle, and through pointers. */
static async int count(int depth)
{
    int r[3], sum = 1;

    if (depth == 0)
        return 1;
    await aw_gather_each(int i, 3, r[i] = count(depth - 1));
    for (int i = 0; i < 3; i++)
        sum += r[i];
    return sum;
}

/* Along a cycle of two. */
static async int odd(int n);

static async int even(int n)
{
    int r[2] = {0, 0};

    if (n == 0)
        return 1;
    await aw_gather_each(int i, n > 1 ? 2 : 1, r[i] = odd(n - 1 - i));
    return r[0] + r[1];
}

static async int odd(int n)
{
    int r[2];

    if (n == 0)
        return 1;
    await aw_gather_each(int i, 2, r[i] = even(n - 1));
    return r[0] + r[1];
}

static async void pointers(int n)
{
    async int (*f[2])(int, int) = {after, odd_fails};
    int r[3];

    await aw_gather_each(int i, n, r[i] = f[i % 2](i, 2 * i));
    show("pointers", r, n);
}

struct wide {
    _Alignas(64) char c[64];
};

/* Frames that are aligned more than memory is. */
static async int aligned(int i)
{
    struct wide w = {{(char)i}};
    const struct wide *p = &w;

    await aw_sleep_ms(i);
    return (int)((size_t)p % 64) + p->c[0];
}

static async void alignments(int n)
{
    int r[3];

    await aw_gather_each(int i, n, r[i] = aligned(i));
    show("aligned", r, n);
    await aw_gather_each(int i, 3, r[i] = aligned(i + 1));
    show("aligned", r, n);
}

/* A function that never waits, one of the library, a queue. */
static async int at_once(int i)
{
    return i + i;
}

static async void others(int n)
{
    int buffer[3], s[3];
    aw_queue(int) q = AW_QUEUE_INIT(buffer);

    await aw_gather_each(int i, n, s[i] = at_once(i));
    show("direct", s, n);
    await aw_gather_each(int i, n, aw_sleep_ms(10 * i));
    printf("%d: slept\n", (int)aw_now_ms());
    await aw_gather_each(int i, n, aw_queue_put(&q, i * 3));
    await aw_gather_each(int i, n, s[i] = aw_queue_get(&q));
    show("queue", s, n);
}

static async_generator(int) sums(int n)
{
    for (int k = 1; k <= n; k++) {
        int r[3] = {0};
        await aw_gather_each(int i, k, r[i] = after(1, i + k));
        yield r[0] + r[1] + r[2];
    }
}

async int main(void)
{
    await limited(4);
    await beside(3);
    await nested(3);
    await tasks();
    printf("%d %d\n", await count(4), await even(7));
    await pointers(3);
    await alignments(3);
    await others(3);
    aw_for (int s, sums(3)) {
        printf("%d\n", s);
    }
    return 0;
}
