/* SPDX-License-Identifier: MIT
 * Over a published frame, and in one; both published in turn. */
#include "leaf.aw.h"
#include <aw.h>

async int handed(struct kib k)
{
    return await leaf(k, 1) * 10;
}

async int passed(int more, struct kib k)
{
    return await leaf(k, more);
}
