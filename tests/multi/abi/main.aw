/* SPDX-License-Identifier: MIT */
#include "leaf.aw.h"

async int main(void)
{
    return await leaf(0);
}
