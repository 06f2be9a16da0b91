/* SPDX-License-Identifier: MIT
 * Arrays of variable length that live across awaits: their memory comes from
 * the allocator and goes back on every way out. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static async int id(int x)
{
    await aw_sleep_ms(1);
    return x;
}

static async int sum(int n)
{
    int a[n], s = 0;

    for (int i = 0; i < n; i++)
        a[i] = await id(i);
    n = 100; /* the size stays */
    for (size_t i = 0; i < sizeof a / sizeof *a; i++)
        s += a[i];
    return s;
}

static async long grid(int rows, int cols)
{
    long m[rows][cols + 1], (*row)[cols + 1] = m;
    const char *sep = "";

    for (int r = 0; r < rows; r++) {
        await aw_sleep_ms(1);
        for (int c = 0; c <= cols; c++)
            m[r][c] = 10 * r + await id(c);
        row++;
    }
    printf("%d rows, %d bytes a row\n", rows,
           (int)(sizeof *row / sizeof **row * 8));
    for (row = m; row < m + rows; row++, sep = ", ")
        printf("%s%ld %ld", sep, (*row)[0], (*row)[cols]);
    puts("");
    return m[rows - 1][cols];
}

static async int leave(int n)
{
    for (int i = 1;; i++) {
        char text[i + 1];

        memset(text, 'a', (size_t)i);
        text[i] = 0;
        await aw_sleep_ms(1);
        if (i == n)
            return (int)strlen(text);
        if (i % 2)
            continue;
        char copy[sizeof text];
        strcpy(copy, text);
        await aw_sleep_ms(1);
        if (strlen(copy) == 4)
            break;
        if (n == 77)
            throw EIO;
    }
    return -1;
}

/* Await before and after, none in its life: a plain one. */
static async int apart(int n)
{
    int s = await id(n);
    {
        int a[s];
        for (int i = 0; i < s; i++)
            a[i] = i;
        s += a[s - 1];
    }
    s += await id(1);
    int b[n];
    memset(b, 0, sizeof b);
    int(*p)[n] = &b;
    s += (*p)[n - 1];
    return s + (int)sizeof *p;
}

static async int sized(void)
{
    int a[await id(3)][await id(2) + 1];

    a[2][2] = 5;
    await aw_sleep_ms(0);
    return a[2][2] * (int)(sizeof a / sizeof(int));
}

/* Its type has a size of run time, itself it is a pointer. */
static async double trace(int n, double m[n][n + 1], const int k[n])
{
    double s = 0;

    for (int i = 0; i < n; i++) {
        await aw_sleep_ms(1);
        s += m[i][i] + k[i];
    }
    return s;
}

static async int endless(int n)
{
    int a[n];

    memset(a, 0, sizeof a);
    await aw_sleep_ms(1000);
    return a[n - 1];
}

async int main(void)
{
    double m[2][3] = {{1, 2, 3}, {4, 5, 6}};
    int k[2] = {10, 20}, x;

    printf("%g\n", await trace(2, m, k));
    printf("%d\n", await sum(5));
    printf("%ld\n", await grid(3, 4));
    printf("%d %d\n", await leave(3), await leave(9));
    printf("%d\n", await aw_try(x = leave(77)) == EIO);
    printf("%d\n", await apart(4));
    printf("%d\n", await sized());
    printf("%d\n", await aw_try(aw_wait_for_ms(endless(9), 5)) == ETIMEDOUT);
    return 0;
}
