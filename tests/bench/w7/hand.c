/* SPDX-License-Identifier: MIT
 * By a wheel, the better way by hand. */
#include "../timers.h"

#include "work.h"

static struct timer timers[1000000];
static struct wheel wheel;

static void by_wheel(size_t n)
{
    struct timer *t;

    wheel_init(&wheel);
    for (size_t i = 0; i < n; i++) {
        timers[i].when = due[i];
        wheel_add(&wheel, &timers[i]);
    }
    for (size_t i = 0; i < n; i += 2)
        wheel_remove(&wheel, &timers[i]);
    while ((t = wheel_take(&wheel, ticks)))
        fire(t->when);
}

int main(void)
{
    measure(100, 3, by_wheel);
    return 0;
}
