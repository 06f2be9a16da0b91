/* SPDX-License-Identifier: MIT
 * Types with sizes of run time around awaits: typedefs, typeof, sizeof,
 * pointers, parameters, temporaries. A size is computed once, where it is
 * written. */
#include <aw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static async int id(int x)
{
    await aw_sleep_ms(1);
    return x;
}

static async int named(int n)
{
    typedef int row[n];
    int m = n;
    n = 100;
    row a, *p = &a;
    for (int i = 0; i < m; i++)
        a[i] = await id(i);
    (*p)[0] = 7;
    row b;
    memcpy(b, a, sizeof(row));
    await id(1);
    return (int)(sizeof(row) / sizeof(int)) * 1000 + b[0] + (*p)[m - 1] +
           (int)sizeof a;
}

static async int by_typeof(int n)
{
    int a[n][n + 1];
    n = 77;
    __typeof__(a) b;
    __typeof__(a[0]) *p = a;
    memset(a, 0, sizeof a);
    await id(1);
    memset(b, 0, sizeof b);
    __typeof__(*p) c;
    c[0] = await id(4);
    return (int)sizeof b * 1000 + (int)sizeof *p + (int)sizeof c + c[0];
}

static async int typeof_size(int n, int m)
{
    await id(1);
    __typeof__(int[n]) a, b;
    int s = (int)(sizeof a + sizeof b);
    m += n;
    n = 50;
    {
        __typeof__(char[m++]) c, d;
        s += (int)sizeof c + (int)sizeof d;
        await id(1);
        s += (int)sizeof c + (int)sizeof d;
    }
    await id(2);
    return s + (int)sizeof b + m;
}

static async int for_init(int n)
{
    int s = 0;
    for (int a[n], i = 0; i < n; i++) {
        a[i] = await id(i);
        s += a[i];
        if (i == 5)
            continue;
    }
    return s;
}

static int take(int n, int (*p)[n], int k)
{
    return p[1][0] + k;
}

static int (*get(int n, int (*p)[n]))[]
{
    return (int(*)[])p;
}

static async int temporaries(int n)
{
    int a[n][n];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            a[i][j] = i * 10 + j;
    int s = take(n, a, await id(5));
    s += take(n, a + await id(1), await id(2));
    int(*p)[n] = a;
    s += (*p++)[await id(1)];
    s += (await id(1) ? a : p)[1][await id(2)];
    s += ((int(*)[n])get(n, a))[await id(1)][await id(2)];
    return s;
}

static async int choices(int n, int c)
{
    int a[n][n], b[n][n];
    for (int i = 0; i < n * n; i++) {
        a[i / n][i % n] = i;
        b[i / n][i % n] = 100 + i;
    }
    int s = (await id(c) ? a : b)[1][await id(2)];
    if (s && (c ? a : b)[1][2])
        s += (c ? a : b)[1][2];
    s += (c ? &a : &b)[0][2][1];
    n = 7;
    for (int i = 0; i < (int)sizeof *(c ? a : b); i += 4)
        s++;
    return s + (int)sizeof *(c ? &a : &b);
}

static async int labelled(int n)
{
    int i = 0;
again:;
    int a[n + i];
    a[0] = await id(i);
    if (i++ < 3)
        goto again;
    switch (n) {
    case 2: {
        int b[n];
        b[1] = await id(2);
        i += b[1];
    } break;
    default: i++;
    }
    return a[0] + i + (int)sizeof a;
}

static async int hidden_name(int n)
{
    typedef int row[n];
    int s = 0;
    {
        char row = 3;
        s += row;
        await id(1);
        s += row;
    }
    struct {
        int row;
    } q = {.row = 5};
    s += q.row;
    if (n) {
        row x;
        x[1] = 1;
        s += x[1];
    }
    s += (int)sizeof(row[2]) + (int)_Alignof(row);
    row *m = (row *)__builtin_malloc(2 * sizeof(row));
    m[1][0] = await id(9);
    s += ((row *)m)[1][0];
    __builtin_free(m);
    return s;
}

static async int parameters(int n, int m, int a[n][m], int (*p)[m],
                            int (*fn)(int k, int x[k]))
{
    int s = 0;
    for (int i = 0; i < n; i++) {
        s += a[i][await id(m - 1)];
        s += (*p++)[await id(0)];
    }
    return s + (int)sizeof a[0] + (int)sizeof *p + fn(m, a[0]);
}

static int first(int k, int x[k])
{
    return x[k - 1];
}

static async int pointers(int n)
{
    int(*p)[n] = __builtin_malloc(sizeof *p), *q[n];
    int(**pp)[n] = &p;
    int *(*ap)[n] = &q;
    (**pp)[1] = await id(3);
    (*ap)[1] = &(*p)[1];
    await id(1);
    int s = *q[1] + (int)sizeof *p + (int)sizeof **pp + (int)sizeof q;
    __builtin_free(p);
    return s;
}

static async int qualified(int n)
{
    const int k = n + 1;
    volatile int v[k];
    v[0] = await id(2);
    struct s {
        int x, y;
    } t[n];
    t[1].x = await id(4);
    const char *const names[n];
    (void)names;
    enum e { A = 3 } es[n];
    es[0] = A;
    await id(1);
    _Alignas(64) char al[n];
    al[0] = 1;
    return v[0] + t[1].x + al[0] - 1 + (int)es[0] + (int)sizeof v;
}

static async int sizes(int n, int m, int k, int l, int q)
{
    await id(1);
    void *p = &n;
    int arr[6] = {0, 1, 2, 3, 4, 5};
    p = arr;
    return (int)sizeof(int[n]) + (int)sizeof(*(int(*)[m])p) +
           ((int(*)[k])p)[1][1] + (int)sizeof(char[l]) +
           (int)__builtin_offsetof(
               struct {
                   int a;
                   char b[3];
               },
               b[q]);
}

static async int after(int n, int m, int k)
{
    await id(1);
    int a[n];
    int(*p)[m];
    typedef int t[k];
    return (int)(sizeof a + sizeof *p + sizeof(t));
}

static async void fill(int n, int (*m)[n])
{
    for (int i = 0; i < n; i++) {
        await id(0);
        (*m)[i] = i;
    }
}

static async int nested(int n)
{
    typedef struct p {
        int x[2];
    } pt;
    typedef pt row[n];
    typedef row grid[n];
    typedef grid *gp;
    grid g;
    gp p = &g;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            (*p)[i][j].x[1] = await id(i + j);
    int a[n];
    await fill(n, &a);
    n++;
    for (int i = 0; i < n - 1; i++)
        a[i] += g[i][i].x[1];
    gp q = malloc(sizeof *q);
    memcpy(q, p, sizeof(*p));
    await id(1);
    int s = (*q)[1][1].x[1] + a[1] + (int)(sizeof(grid) / sizeof(pt));
    free(q);
    return s;
}

static async int direct(int x)
{
    return x;
}

/* Never suspends: all of it is on the C stack. */
static async int stays(int n, int (*m)[n])
{
    int a[n][n], (*p)[n] = a;
    typedef int row[n];
    n = 9;
    a[1][1] = await direct(4);
    return (p + await direct(1))[0][await direct(1)] + (*m)[1] +
           (int)(sizeof a + sizeof(row));
}

static async_generator(void *) parts(int *p, int n)
{
    for (int i = 0; i < n; i++) {
        await aw_sleep_ms(1);
        yield p + i;
    }
}

static async int consumed(int n)
{
    int a[6] = {1, 2, 3, 4, 5, 6}, s = 0;

    aw_for (int(*p)[n], parts(a, 3)) {
        s += (*p)[1] + (int)sizeof *p;
        await aw_sleep_ms(1);
        s += (*p)[2];
    }
    return s;
}

async int main(void)
{
    int m[2][3] = {{1, 2, 3}, {4, 5, 6}};

    printf("named %d\n", await named(4));
    printf("by_typeof %d\n", await by_typeof(3));
    printf("typeof_size %d\n", await typeof_size(2, 3));
    printf("for_init %d\n", await for_init(8));
    printf("temporaries %d\n", await temporaries(3));
    printf("choices %d %d\n", await choices(3, 0), await choices(3, 1));
    printf("labelled %d\n", await labelled(2));
    printf("hidden_name %d\n", await hidden_name(2));
    printf("parameters %d\n", await parameters(2, 3, m, m, first));
    printf("pointers %d\n", await pointers(2));
    printf("qualified %d\n", await qualified(2));
    printf("sizes %d\n", await sizes(2, 3, 4, 5, 2));
    printf("after %d\n", await after(2, 3, 4));
    printf("nested %d\n", await nested(2));
    printf("stays %d\n", await stays(2, (int(*)[2])m));
    printf("consumed %d\n", await consumed(3));
    return 0;
}
