/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include "shop.h"

void log_line(const char *text, int number)
{
    printf("%s: %d\n", text, number);
}
