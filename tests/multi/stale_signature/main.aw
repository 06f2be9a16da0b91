/* SPDX-License-Identifier: MIT */
#include <aw.h>
#include "point.h"

async int area(struct point p);

async int main(void)
{
    return await area((struct point){.x = 2, .y = 3}) != 6;
}
