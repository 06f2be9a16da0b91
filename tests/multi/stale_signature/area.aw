/* SPDX-License-Identifier: MIT */
#include <aw.h>
#include "point.h"

async int area(struct point p)
{
    await aw_sleep_ms(1);
    return p.x * p.y;
}
