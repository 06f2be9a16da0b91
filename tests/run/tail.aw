/* SPDX-License-Identifier: MIT
 * A call in the end of a function takes the function's frame over. What is seen
 * of it is the same: results, errors, cancellation, the order of steps; a dump
 * has both functions. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int pipe_ends[2];

/* The lines of a dump that name functions of ours, without the folder. */
static void dump(void)
{
    char text[4096], *line, *save, *place;
    ssize_t n;

    aw_dump(pipe_ends[1]);
    n = read(pipe_ends[0], text, sizeof text - 1);
    text[n > 0 ? n : 0] = '\0';
    for (line = strtok_r(text, "\n", &save); line;
         line = strtok_r(NULL, "\n", &save)) {
        place = strrchr(line, '/');
        if (strstr(line, ".aw:"))
            printf("%.*s%s\n", (int)strcspn(line + 4, " ") + 5, line,
                   place ? place + 1 : strrchr(line, ' ') + 1);
    }
}

static async int leaf(int n, int wait)
{
    if (wait)
        await aw_sleep_ms(1);
    if (n == 3)
        dump();
    await aw_sleep_ms(wait);
    if (n < 0)
        throw -n;
    return n * 2;
}

static async int once(int n, int wait)
{
    n++;
    return await leaf(n, wait);
}

static async int twice(int wait, int n)
{
    if (wait > 100)
        wait = 100;
    return await once(n, wait);
}

/* with steps of its own before, and another way out */
static async int late(int n, int wait)
{
    await aw_sleep_ms(1);
    for (int i = 0; i < 2; i++)
        n += await leaf(1, i) - 2;
    if (n == 100)
        return await leaf(50, wait) + 1;
    return await twice(wait, n);
}

static async void nothing(int n)
{
    char text[20] = "nothing";

    text[0] = (char)(text[0] + n);
    await aw_sleep_ms(n);
    puts(text);
}

static async void no_result(int n)
{
    puts("no result");
    if (n) {
        await nothing(n);
        return;
    }
    await nothing(1);
}

static async int reads(const char *text, int wait)
{
    await aw_sleep_ms(wait);
    return (int)strlen(text);
}

/* what is handed down by address stays */
static async int buffer(int n)
{
    char text[64] = "";

    for (int i = 0; i < n; i++)
        text[i] = 'x';
    await aw_sleep_ms(1);
    return await reads(text, n);
}

static async int recurses(int n)
{
    if (n == 0)
        return await once(20, 1);
    return await recurses(n - 1) + 1;
}

static async long widens(int n)
{
    return await leaf(n, 1);
}

static async int protected(int n)
{
    try {
        return await once(n, 1);
    } catch (ENOENT) {
        return await once(n + 10, 1);
    } finally {
        puts("finally");
    }
}

static async void stops(void)
{
    try {
        (void)await late(7, 1000);
    } catch (AW_CANCELLED) {
        puts("cancelled");
    }
}

static async int (*const pointer)(int, int) = late;

async int main(void)
{
    int a = 0, b = 0, c = 0;

    if (pipe(pipe_ends))
        return 1;
    printf("%d %d\n", await once(0, 0), await once(1, 1));
    printf("%d %d\n", await twice(0, 4), await twice(9, 4));
    printf("%d %d\n", await late(5, 0), await late(100, 1));
    puts("dumps");
    printf("%d\n", await once(2, 1));
    printf("%d\n", await twice(1, 2));
    printf("%d\n", await late(2, 1));
    puts("others");
    await no_result(0);
    await no_result(2);
    printf("%d %d\n", await buffer(3), await recurses(5));
    printf("%ld %d\n", await widens(4), await pointer(6, 1));
    await aw_gather(a = once(10, 3), b = late(20, 2), c = twice(1, 30));
    printf("%d %d %d\n", a, b, c);
    printf("%d\n", await aw_try(late(-EIO - 1, 1)));
    printf("%d\n", await aw_try(a = twice(1, 8)));
    printf("%d\n", await protected(-ENOENT - 1));
    printf("%d\n", await protected(2));
    printf("%d\n", await aw_try(aw_wait_for_ms(late(9, 500), 20)) == ETIMEDOUT);
    aw_task(void) t = aw_create_task(stops());
    await aw_sleep_ms(10);
    aw_cancel(t);
    await t;
    aw_task_release(t);
    aw_task(int) u = aw_create_task(late(40, 2));
    printf("%d\n", await u);
    aw_task_release(u);
    return 0;
}
