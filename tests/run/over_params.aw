/* SPDX-License-Identifier: MIT
 * What is awaited stands over parameters and results that are needed no more:
 * arguments that are read from there, results that go there, and everything
 * that is needed after all. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

struct kib {
    int first;
    char bytes[1016];
    int last;
};

struct pair {
    long a, b;
};

struct three {
    struct pair p;
    long c;
};

static struct kib kib(int n)
{
    struct kib k = {n, "", n + 1};

    memset(k.bytes, n, sizeof k.bytes);
    return k;
}

static int check(const struct kib *k)
{
    for (size_t i = 0; i < sizeof k->bytes; i++)
        if (k->bytes[i] != k->first)
            return -1;
    return k->last == k->first + 1 ? k->first : -1;
}

static async int down1(struct kib k)
{
    await aw_sleep_ms(1);
    return check(&k);
}

static async int down2(struct kib k, int more)
{
    return await down1(k) + more;
}

static async int down3(int more, struct kib k)
{
    return await down2(k, more + 1) + 1;
}

/* read before it is overwritten, beside the one that moves */
static async int down4(struct kib k, struct pair p)
{
    return await down3(k.first + (int)p.b, k) + 100;
}

static async int pairs1(struct pair a, struct pair b, long c)
{
    await aw_sleep_ms(1);
    return (int)(a.a * 10000 + a.b * 1000 + b.a * 100 + b.b * 10 + c);
}

static async int pairs2(long c, struct pair a, struct pair b)
{
    return await pairs1(b, a, c) + 0;
}

static async struct three three(long n, long wait)
{
    if (wait)
        await aw_sleep_ms(wait);
    return (struct three){{n, n + 1}, n + 2};
}

/* results larger than a header, one into the other */
static async struct three three2(long n, long wait)
{
    struct three t = await three(n, wait);
    return t;
}

static async struct three three3(long wait, long n)
{
    try {
        return await three2(n, wait);
    } finally {
        await aw_sleep_ms(1);
    }
}

static async struct kib next(struct kib k)
{
    await aw_sleep_ms(1);
    return kib(k.first + 1);
}

/* the parameter itself receives the result */
static async int again(struct kib k, int times)
{
    while (times-- > 0)
        k = await next(k);
    return await down1(k) + 0;
}

static async void fails(struct kib k, int code)
{
    await aw_sleep_ms(1);
    if (k.first)
        throw code;
}

static async int caught(struct kib k, int n)
{
    try {
        await fails(k, EIO);
    } catch (int e) {
        return e == EIO ? check(&k) + n : -1;
    }
    return -2;
}

static async int kept(struct kib k, int n)
{
    int r = 0;

    defer printf("kept %d\n", k.last + n);
    r += await down1(kib(3));
    r += await down2(kib(4), r);
    return r;
}

static async int by_address(int n, struct pair p)
{
    struct pair *q = &p;

    n += await pairs1(p, p, 0);
    return n + (int)(q->a + q->b);
}

static async void sets(struct pair *p, int n)
{
    await aw_sleep_ms(n);
    p->a += n;
}

/* children that are left behind go on with what they point to */
static async int holds(struct pair p, struct kib k)
{
    try {
        await aw_gather(sets(&p, 9), fails(k, ENOENT));
    } catch (ENOENT) {
        (void)await three(1, 20);
    }
    return (int)p.a;
}

static async_generator(int) counts(struct kib k, int n)
{
    for (int i = 0; i < n; i++)
        yield i + await down1(k);
    yield await down1(kib(n));
}

static async int uses(struct kib k)
{
    int sum = 0;

    aw_for (int i, counts(k, 3)) {
        sum = sum * 10 + i;
    }
    return sum;
}

static async int some(struct kib k, int way)
{
    if (way == 1)
        return await down1(k) + 0;
    if (way == 2) {
        char text[40] = "twenty";

        await aw_sleep_ms(1);
        return (int)strlen(text) + await down1(k);
    }
    for (int i = 0; i < 2; i++)
        way += await down2(kib(i + 1), way);
    return way + check(&k);
}

/* parameters that are needed later are saved elsewhere */
static async int along1(struct kib k, int n)
{
    await aw_sleep_ms(1);
    return check(&k) + n;
}

static async int along2(struct kib k, const int n, long *sum, int n_2)
{
    int r = await along1(k, n + 1);

    *sum += n;
    return r * 10 + n + n_2;
}

static async int along3(int n, struct kib k, bool twice, double d)
{
    long sum = 0;
    int r = await along2(k, n + 1, &sum, 0);

    n *= 3;
    if (twice)
        r += await along2(kib(6), n + 1, &sum, (int)d);
    await aw_sleep_ms(1);
    return r * 100 + n * 10 + (int)sum + (int)d;
}

static async void along4(struct pair p, int times, int step)
{
    for (int i = 0; i < times; i += step) {
        int r = await along3(i, kib(i + 1), i % 2, 0.5 + step);

        times -= (int)p.a;
        printf("%d of %d: %d\n", i, times, r);
    }
}

async int main(void)
{
    struct three t;

    printf("%d\n", await down1(kib(7)));
    printf("%d\n", await down4(kib(7), (struct pair){20, 30}));
    printf("%d\n", await pairs2(5, (struct pair){1, 2}, (struct pair){3, 4}));
    t = await three3(3, 40);
    printf("%ld %ld %ld\n", t.p.a, t.p.b, t.c);
    t = await three3(0, 50);
    printf("%ld %ld %ld\n", t.p.a, t.p.b, t.c);
    printf("%d\n", await again(kib(1), 5));
    printf("%d\n", await caught(kib(8), 100));
    printf("%d\n", await kept(kib(2), 10));
    printf("%d\n", await by_address(1, (struct pair){6, 7}));
    printf("%d\n", await holds((struct pair){100, 0}, kib(9)));
    printf("%d\n", await uses(kib(5)));
    for (int way = 0; way < 3; way++)
        printf("%d\n", await some(kib(30), way));
    await along4((struct pair){1, 2}, 6, 1);
    return 0;
}
