/* SPDX-License-Identifier: MIT
 * Pointers to async functions: variables, members, arrays, parameters,
 * typedefs, conditional expressions. */
#include <aw.h>
#include <stdio.h>

typedef async int (*step)(int);

struct stage {
    const char *name;
    async int (*run)(int);
};

static async int twice(int x)
{
    await aw_sleep_ms(1);
    return 2 * x;
}

static async int next(int x)
{
    return x + 1;
}

static async int apply(step f, int x)
{
    return await f(x);
}

async int main(void)
{
    struct stage stages[] = {{"twice", twice}, {"next", next}};
    step table[2] = {next, twice};
    int x = 1;

    for (int i = 0; i < 2; i++) {
        x = await stages[i].run(x);
        printf("%s %d\n", stages[i].name, x);
    }
    for (int i = 0; i < 2; i++)
        x = await apply(table[i], x);
    printf("%d\n", x);
    printf("%d\n", await(x > 5 ? next : twice)(x));
    printf("%d\n", table[0] == next);
    return 0;
}
