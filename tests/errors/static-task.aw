/* SPDX-License-Identifier: MIT
 * aw_start wants the storage of the function that it calls. */
#include <aw.h>

static async int f(int n)
{
    return n;
}

static async int other(int n)
{
    return n;
}

static aw_task_storage(f) slot;

void g(async int (*p)(int))
{
    aw_start(&slot, f(1));
    aw_start(slot, f(1));
    aw_start(&slot, other(1));
    aw_start(&slot, p(1));
    aw_start(&slot, aw_sleep_ms(1));
}
