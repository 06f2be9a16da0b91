/* SPDX-License-Identifier: MIT
 * An async function is named, pointed to, dereferenced and measured by typeof
 * in every way that C has for a function. */
#include <aw.h>
#include <stdio.h>

static async int twice(int x)
{
    await aw_sleep_ms(1);
    return 2 * x;
}

static __typeof__(twice) *at_file = twice, *addressed = &twice;
static __typeof__(&twice) *no_pointer_yet;
static __typeof__(*twice) *starred = *&twice;
static __typeof__(at_file) copied = (twice);
static __typeof__(twice) later;

static async int later(int x)
{
    return x + 1;
}

/* A plain function that returns a pointer to an async one. */
static async int (*choose(int which))(int)
{
    static async int (*const table[])(int) = {twice, [1] = &later, *twice};

    return which ? table[which] : *table;
}

static async int through(__typeof__(twice) *f, __typeof__(twice) g,
                         async int h(int), int x)
{
    return await f(x) + 10 * await(*g)(x) + 100 * await h(x);
}

static async int calls(void)
{
    async int (*p)(int) = &twice;
    async int (**pp)(int) = &p;
    __typeof__(twice) *q = later;
    __typeof__(*p) *r = *p;
    int n = 0;

    n += await p(1);
    n += await(*p)(10);
    n += await(**p)(100);
    n += await(&twice)(1000);
    n += await(*twice)(10000);
    n += await(**pp)(100000);
    n += await(*(n ? q : p))(1000000);
    n += await r(10000000);
    p = *q;
    p = **q;
    p = &*q;
    n += await(*p)(-1);
    return n;
}

async int main(void)
{
    no_pointer_yet = &at_file;
    printf("%d\n", await calls());
    printf("%d\n", await through(twice, later, *at_file, 3));
    printf("%d %d\n", await choose(0)(5), await choose(1)(5));
    printf("%d %d\n", await(*no_pointer_yet)(7), await copied(8));
    printf("%d %d\n", addressed == starred, &twice == *at_file);
    printf("%d\n", !!at_file + !(choose(1) == twice));
    return 0;
}
