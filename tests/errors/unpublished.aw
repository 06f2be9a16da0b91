/* SPDX-License-Identifier: MIT
 * options: -H /dev/null */
#include <aw.h>

async int f(int n)
{
    char a[__builtin_choose_expr(1, sizeof(long) * 2, 0) + (int)__builtin_strlen("four")];

    a[0] = (char)n;
    await aw_sleep_ms(1);
    return a[0];
}
