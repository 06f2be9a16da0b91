/* SPDX-License-Identifier: MIT
 * aw_gather_each: one call for each index, in storage of the frame when the
 * count is a constant, else in one piece of memory. */
#include <aw.h>
#include <stdio.h>

enum { FOUR = 4 };

static async int after(int ms, int value)
{
    await aw_sleep_ms(ms);
    return value;
}

static async void say(const char *what, long i)
{
    printf("%d: %s %ld\n", (int)aw_now_ms(), what, i);
    await aw_sleep_ms(1);
}

static void show(const char *what, const int *v, int n)
{
    printf("%d: %s", (int)aw_now_ms(), what);
    for (int i = 0; i < n; i++)
        printf(" %d", v[i]);
    puts("");
}

/* All at the same time; results by index, whoever is first. */
static async void counts(int n)
{
    int r[8] = {0};

    await aw_gather_each(int i, n, r[i] = after(10 * (n - i), i * i));
    show("variable", r, n > 0 ? n : 0);
    await aw_gather_each(int i, FOUR, r[i] = after(10 * i, 7 - i));
    show("constant", r, FOUR);
    await aw_gather_each(int i, FOUR * 2 - 1, r[i] = after(1, r[i] + i));
    show("again", r, 7);
}

/* None: done at once, as an empty gather. */
static async void none(int n, unsigned u, long long l)
{
    int r[1] = {5};

    await aw_gather_each(int i, n, r[i] = after(1, i));
    await aw_gather_each(int i, n - 3, r[i] = after(1, i));
    await aw_gather_each(int i, u, r[i] = after(1, i));
    await aw_gather_each(int i, l, r[i] = after(1, i));
    await aw_gather_each(int i, 0, r[i] = after(1, i));
    await aw_gather_each(int i, -2, r[i] = after(1, i));
    show("none", r, 1);
}

/* The index has any integer type, and need not be used. */
static async void indices(void)
{
    unsigned char n = 3;
    int i = 2;

    await aw_gather_each(size_t k, n, say("size_t", (long)k));
    await aw_gather_each(unsigned char k, n, say("byte", k));
    await aw_gather_each(const long k, 2, say("const", k));
    await aw_gather_each(int _unused, 2, say("unused", i));
    await aw_gather_each(long long j, i, say("count", (long)j + i));
    printf("%d\n", i);
}

/* Lvalues and arguments are evaluated for each, in order, the count once. */
static async void effects(void)
{
    int next = 10, count = 2, r[6] = {0}, *p = r;

    await aw_gather_each(int i, ++count, *p++ = after(5 - i, next++));
    show("effects", r, 4);
    printf("%d %d %d\n", next, count, (int)(p - r));
    await aw_gather_each(int i, 2, r[4 + i] = after(1, __extension__({
                                                        int twice = i + i;
                                                        twice + 1;
                                                    })));
    show("blocks", r, 6);
}

struct pair {
    int a, b;
};

static async struct pair swap(struct pair p, double scale)
{
    await aw_sleep_ms(p.a);
    return (struct pair){(int)(p.b * scale), p.a};
}

/* Values of any type; a binding converts as assignment does. */
static async void values(int n)
{
    struct pair p[3];
    double d[3];

    await aw_gather_each(int i, n,
                         p[i] = swap((struct pair){i, 10 + i}, 0.5 * i));
    for (int i = 0; i < n; i++)
        printf("(%d %d)", p[i].a, p[i].b);
    await aw_gather_each(int i, 3, d[i] = after(i, 3 * i));
    printf(" %g %g %g\n", d[0], d[1], d[2]);
}

/* The same storage, round after round. */
static async long rounds(int n)
{
    long sum = 0;
    int r[5];

    for (int k = 1; k <= n; k++) {
        await aw_gather_each(int i, k, r[i] = after(i, k * i));
        for (int i = 0; i < k; i++)
            sum += r[i];
    }
    return sum;
}

async int main(void)
{
    await counts(5);
    await none(0, 0, 0);
    await indices();
    await effects();
    await values(3);
    printf("%d: %ld\n", (int)aw_now_ms(), await rounds(5));
    return 0;
}
