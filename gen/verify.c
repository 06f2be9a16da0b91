/* SPDX-License-Identifier: MIT */
#include "gen/verify.h"

#include <stdio.h>
#include <stdlib.h>

void verify_failed(const char *pass, const char *what)
{
    fprintf(stderr, "awaitc: internal error: %s: broken invariant: %s\n", pass,
            what);
    abort();
}
