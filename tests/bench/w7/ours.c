/* SPDX-License-Identifier: MIT
 * The wheel of the runtime, behind every sleep and time limit. */
#include "runtime/impl.h"

#include "bench.h"
#include "w7/work.h"

static struct awi_node nodes[1000000];
static struct awi_wheel wheel;

static void by_wheel(size_t n)
{
    struct awi_node *t;

    awi_wheel_init(&wheel, 0);
    for (size_t i = 0; i < n; i++)
        awi_wheel_add(&wheel, &nodes[i], (int64_t)due[i]);
    for (size_t i = 0; i < n; i += 2)
        awi_wheel_remove(&wheel, &nodes[i]);
    while ((t = awi_wheel_take(&wheel, (int64_t)ticks)))
        fire((uint64_t)t->u.when);
}

int main(void)
{
    measure(100, 3, by_wheel);
    return 0;
}
