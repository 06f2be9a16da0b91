/* SPDX-License-Identifier: MIT */
#include <aw.h>
#include "point.h"

async int area(struct point p)
{
    struct point q = p;

    await aw_sleep_ms(1);
    return q.x * q.y;
}
