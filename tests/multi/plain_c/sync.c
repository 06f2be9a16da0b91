/* SPDX-License-Identifier: MIT
 * C without one async word in it; aw_run makes it a file for awaitc. */
#include "add.aw.h"
#include <stdio.h>

int sum(void);

int main(void)
{
    int rc = 0, err = aw_run(rc = add((pair){sum(), 4}));

    printf("%d %d\n", err, rc);
    return 0;
}
