/* SPDX-License-Identifier: MIT */
#include <aw.h>

async int leaf(int n)
{
    await aw_sleep_ms(1);
    return n;
}
