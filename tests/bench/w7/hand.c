/* SPDX-License-Identifier: MIT
 * The better one of a wheel and a heap. */
#include "../timers.h"

#include "work.h"

static struct timer timers[1000000], *room[1000000];
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
    while ((t = wheel_take(&wheel, 1000)))
        fire(t->when);
}

static void by_heap(size_t n)
{
    struct heap heap = {room, 0};

    for (size_t i = 0; i < n; i++) {
        timers[i].when = due[i];
        heap_add(&heap, &timers[i]);
    }
    for (size_t i = 0; i < n; i += 2)
        heap_remove(&heap, &timers[i]);
    while (heap.n) {
        struct timer *t = heap.v[0];
        heap_remove(&heap, t);
        fire(t->when);
    }
}

int main(int argc, char **argv)
{
    void (*way)(size_t) = argc > 1 && argv[1][0] == 'h' ? by_heap : by_wheel;

    measure("10-k", 10000, 100, way);
    measure("1-m", 1000000, 3, way);
    return 0;
}
