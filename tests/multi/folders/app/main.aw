/* SPDX-License-Identifier: MIT */
#include "kit.aw.h"

async int main(void)
{
    return await kit(0, 1);
}
