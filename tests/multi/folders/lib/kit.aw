/* SPDX-License-Identifier: MIT */
#include <aw.h>
#  include   "kit.h"   /* spelled oddly */
#define OTHER <stddef.h>
#include OTHER

async kit_t kit(kit_t x, size_t n)
{
    await aw_sleep_ms((kit_t)n);
    return x;
}
