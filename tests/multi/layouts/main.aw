/* SPDX-License-Identifier: MIT
 * All of them embedded in one frame. */
#include <stdio.h>
#include "fits.aw.h"

async int main(void)
{
    int sum = 0;
    char x[9] = {1};
    struct wide w;

    sum += await keep_bits(0) > 0;
    sum += await keep_tight(0) > 0;
    sum += await keep_some(0) > 0;
    sum += await keep_pragma(0) > 0;
    sum += await keep_wide(0) > 0;
    sum += await keep_aliases(0) > 0;
    sum += await keep_any(0) > 0;
    sum += await keep_tail(0) > 0;
    sum += await keep_aligned(0) > 0;
    sum += await keep_vec(0) > 0;
    sum += await keep_complex(0) > 0;
    sum += await keep_atomic(0) > 0;
    sum += await keep_pointer(0) > 0;
    sum += await keep_small(0) > 0;
    sum += await keep_negative(0) > 0;
    sum += await keep_text(0) > 0;
    sum += await keep_table(0) > 0;
    sum += await keep_loose(0) > 0;
    sum += await keep_strict(0) > 0;
    sum += await keep_wide_int(0) > 0;
    sum += await keep_bool(0) > 0;
    sum += await keep_ld(0) > 0;
    sum += await keep_array(0) > 0;
    printf("%d\n", sum);
    w = await by_value((struct tight){.c = 1}, 2, 3, x, (vec){4});
    printf("%d %d\n", w.c, w.v);
    return 0;
}
