/* SPDX-License-Identifier: MIT */
#include "kib.h"
#include <aw.h>

async int leaf(struct kib k, int more)
{
    await aw_sleep_ms(1);
    if (k.last < 0)
        throw -k.last;
    return k.first + k.last + k.bytes[500] + more;
}
