/* SPDX-License-Identifier: MIT */
#include "area.aw.h"

async int main(void)
{
    return await area((struct point){.x = 2, .y = 3}) != 6;
}
