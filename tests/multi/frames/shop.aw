/* SPDX-License-Identifier: MIT
 * The callee: types of its own and of a header in its signatures. */
#include <aw.h>
#include <stdio.h>
#include <string.h>
#include "shop.h"

struct shop {
    long factor;
};

enum mood { CALM, BUSY };
typedef unsigned count_t, *count_ptr;
struct order {
    struct price each;
    count_t n;
    enum mood mood;
};
typedef async int (*listener)(int event, count_ptr seen);

static async long slow(long x)
{
    char text[24];

    snprintf(text, sizeof text, "%ld", x);
    await aw_sleep_ms(10);
    return x + (long)strlen(text);
}

async struct price total(struct order o)
{
    struct price p = o.each;

    p.cents = await slow(p.cents * (long)o.n);
    if (o.mood == BUSY)
        await aw_sleep_ms(5);
    return p;
}

async void nothing(void)
{
    await aw_sleep_ms(1);
}

async long factor(const shop *s, long x)
{
    return s->factor * await slow(x);
}

async int tell(listener l, int event, count_ptr seen)
{
    await aw_sleep_ms(1);
    return await l(event, seen) + 1;
}

async_generator(int) up_to(int n)
{
    for (int i = 0; i < n; i++) {
        await aw_sleep_ms(1);
        yield i;
    }
}

const shop *the_shop(void);
const shop *the_shop(void)
{
    static const shop s = {3};

    return &s;
}
