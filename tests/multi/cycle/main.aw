/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include "odd.aw.h"
#include "even.aw.h"

async int main(void)
{
    odd_state o = {0};

    printf("%d %d\n", await is_even(&o, 1000), await is_odd(&o, 1000));
    printf("%d\n", o.calls);
    return 0;
}
