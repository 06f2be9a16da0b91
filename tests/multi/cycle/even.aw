/* SPDX-License-Identifier: MIT
 * Recursion across files: one direction knows the frame, the other one the
 * prototype. The headers include each other. */
#include "even.h"

async int is_even(odd_state *o, unsigned n)
{
    await aw_sleep_ms(0);
    return n == 0 ? 1 : await is_odd(o, n - 1);
}
