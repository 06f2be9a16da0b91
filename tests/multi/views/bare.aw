/* SPDX-License-Identifier: MIT
 * By prototypes alone: arguments and result are where they always are. */
#include "kib.h"
#include <aw.h>

async int handed(struct kib k);
async int passed(int more, struct kib k);
_Async int boxed(struct kib k);

async int boxed(struct kib k)
{
    int a = await handed(k);
    return a + await passed(100, k);
}
