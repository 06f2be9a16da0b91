/* SPDX-License-Identifier: MIT */
#include "even.aw.h"

async int is_odd(odd_state *o, unsigned n)
{
    o->calls++;
    await aw_sleep_ms(0);
    return n == 0 ? 0 : await is_even(o, n - 1);
}
