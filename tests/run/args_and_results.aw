/* SPDX-License-Identifier: MIT
 * Arguments and results of many types, across a suspension and without one. */
#include <aw.h>
#include <stdio.h>

struct point {
    int x, y;
    char name[8];
};

enum color { RED, GREEN = 7 };

static async struct point move(struct point p, int dx, long long dy)
{
    await aw_sleep_ms(1);
    p.x += dx;
    p.y += (int)dy;
    return p;
}

static async double half(float f, short s)
{
    await aw_sleep_ms(1);
    return (double)f / s;
}

static async enum color next(enum color c, const char *const *names)
{
    printf("%s\n", names[c == RED ? 0 : 1]);
    return GREEN;
}

static async _Bool is_odd(unsigned long n)
{
    await aw_sleep_ms(0);
    return n % 2;
}

static async void nothing(void)
{
}

async int main(void)
{
    static const char *const names[] = {"red", "green"};
    struct point p = {1, 2, "point"};
    p = await move(p, 10, -2);
    printf("%s %d %d\n", p.name, p.x, p.y);
    double d = await half(3.0f, 2);
    printf("%.2f\n", d);
    enum color c = await next(RED, names);
    c = await next(c, names);
    printf("%d\n", (int)c);
    _Bool odd = await is_odd(7);
    printf("%d\n", odd);
    await nothing();
    return 0;
}
