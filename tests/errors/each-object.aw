/* SPDX-License-Identifier: MIT
 * One object for all calls of an aw_gather_each. */
#include <aw.h>

struct point {
    int x, y;
};

struct name {
    char text[8];
};

static async void at(const struct point *p)
{
    await aw_sleep_ms(p->x);
}

static async void say(const char *text)
{
    await aw_sleep_ms(text[0]);
}

static async void value(struct point p)
{
    await aw_sleep_ms(p.x);
}

static struct name name_of(int i)
{
    struct name n = {{(char)i}};
    return n;
}

async int main(void)
{
    await aw_gather_each(int i, 3, at(&(struct point){i, 0}));
    await aw_gather_each(int i, 3, say((char[]){(char)i, 0}));
    await aw_gather_each(int i, 3, say(name_of(i).text));
    await aw_gather_each(int i, 3, value((struct point){i, 0}));
    await aw_gather_each(int i, 3, say(&"abc"[i]));
    return 0;
}
