/* SPDX-License-Identifier: MIT
 * Generators: values one by one, the consumer's early exits run the cleanup
 * of the generator, errors go both ways out. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

struct pair {
    int a;
    char text[24];
};

static async_generator(int) count(int from, int to)
{
    defer printf("count %d ends\n", from);
    for (int i = from; i < to; i++)
        yield i;
}

static async_generator(int) slow(int n, int ms)
{
    for (int i = 0; i < n; i++) {
        await aw_sleep_ms(ms);
        int square = i * i;
        yield square;
        await aw_sleep_ms(ms);
    }
}

static async_generator(struct pair) pairs(int n)
{
    struct pair p = {0, ""};
    int *k = &p.a;

    while (*k < n) {
        snprintf(p.text, sizeof p.text, "no. %d", *k);
        yield p;
        ++*k;
    }
}

static async int twice(int x)
{
    await aw_sleep_ms(1);
    return 2 * x;
}

static async_generator(int) doubled(int n)
{
    aw_for (int x, count(0, n)) {
        yield await twice(x);
    }
}

static async_generator(int) failing(int n)
{
    try {
        yield n;
        throw EIO;
    } finally {
        await aw_sleep_ms(5);
        printf("failing: cleaned at %d\n", (int)aw_now_ms());
    }
}

/* No clause takes the consumer's leaving. */
static async_generator(int) stubborn(void)
{
    for (int i = 0;; i++) {
        try {
            yield i;
        } catch (AW_CANCELLED) {
            puts("stubborn: cancelled?");
        } catch (int e) {
            printf("stubborn: %d?\n", e);
        } finally {
            await aw_sleep_ms(1);
            printf("stubborn: finally %d\n", i);
        }
    }
}

static async_generator(int) nothing(void)
{
    return;
}

struct tree {
    struct tree *l, *r;
    int v;
};

static async_generator(int) walk(struct tree *t)
{
    if (!t)
        return;
    defer printf("<%d>", t->v);
    aw_for (int x, walk(t->l)) {
        yield x;
    }
    yield t->v;
    aw_for (int x, walk(t->r)) {
        yield x;
    }
}

static struct tree *insert(struct tree *t, int v)
{
    if (!t) {
        t = calloc(1, sizeof *t);
        t->v = v;
    } else if (v < t->v) {
        t->l = insert(t->l, v);
    } else {
        t->r = insert(t->r, v);
    }
    return t;
}

static void drop(struct tree *t)
{
    if (!t)
        return;
    drop(t->l);
    drop(t->r);
    free(t);
}

static async int first_above(int limit)
{
    aw_for (int x, slow(100, 2)) {
        if (x > limit)
            return x;
    }
    return -1;
}

static async void ends(void)
{
    aw_for (int x, count(0, 5)) {
        if (x == 1)
            continue;
        if (x == 3)
            break;
        printf("x %d\n", x);
    }
    printf("%d\n", await first_above(20));
    aw_for (int x, stubborn()) {
        switch (x) {
        case 1: goto out;
        default: break;
        }
    }
out:
    aw_for (int x, nothing()) {
        printf("never %d\n", x);
    }
    aw_for (struct pair p, pairs(3)) {
        struct pair *q = &p;
        await aw_sleep_ms(1);
        printf("%d %s\n", q->a, q->text);
    }
}

static async void errors(void)
{
    try {
        aw_for (int x, failing(7)) {
            printf("got %d\n", x);
        }
    } catch (EIO) {
        puts("EIO from the generator");
    }
    try {
        aw_for (int x, count(3, 9)) {
            throw x;
        }
    } catch (int e) {
        printf("%d from the body\n", e);
    }
    try {
        aw_for (int x, failing(8)) {
            defer await aw_sleep_ms(3);
            throw x;
        }
    } catch (int e) {
        printf("%d after the cleanup\n", e);
    }
}

static async void nested(async_generator(int) (*g)(int), int n)
{
    aw_for (int x, g(n)) {
        aw_for (int y, count(x, x + 2)) {
            if (y == 3)
                break;
            printf("%d %d\n", x, y);
        }
    }
}

static async void forever(void)
{
    aw_for (int x, slow(1000, 10)) {
        defer printf("body %d left\n", x);
        await aw_sleep_ms(1000);
    }
}

async int main(void)
{
    struct tree *t = NULL;
    static const int v[] = {5, 2, 8, 1, 9, 3};

    await ends();
    await errors();
    await nested(doubled, 3);
    for (int i = 0; i < 6; i++)
        t = insert(t, v[i]);
    aw_for (int x, walk(t)) {
        printf(" %d ", x);
    }
    puts("");
    aw_for (int x, walk(t)) {
        printf(" %d ", x);
        if (x == 2)
            break;
    }
    puts("");
    drop(t);
    try {
        await aw_wait_for_ms(forever(), 25);
    } catch (ETIMEDOUT) {
        puts("timed out");
    }
    return 0;
}
