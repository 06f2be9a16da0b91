/* SPDX-License-Identifier: MIT
 * By a heap of four children a node, the other way by hand. */
#include "../timers.h"

#include "work.h"

static struct timer timers[1000000], *room[1000000];

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

int main(void)
{
    measure(100, 3, by_heap);
    return 0;
}
