/* SPDX-License-Identifier: MIT */
#include <aw.h>

typedef struct {
    int a, b;
} pair;

async int add(pair p)
{
    await aw_sleep_ms(1);
    return p.a + p.b;
}

async_generator(int) pairs(pair p)
{
    yield p.a;
    yield p.b;
}
