/* SPDX-License-Identifier: MIT
 * The storage of a task holds a frame, which has to be known before. */
#include <aw.h>

static async int later(int n);
static aw_task_storage(later) early;

static async int later(int n)
{
    aw_task(int) t = aw_start(&early, later(n));
    int e = await t;
    aw_task_release(t);
    return e;
}
