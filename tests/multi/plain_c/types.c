/* SPDX-License-Identifier: MIT
 * The header in plain C: its types and prototypes, no calls. */
#include "add.aw.h"

int sum(void);
int sum(void)
{
    pair p = {1, 2};

#ifdef CALL
    return add(p);
#else
    return p.a + p.b;
#endif
}
