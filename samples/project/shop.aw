/* SPDX-License-Identifier: MIT
 * main.aw embeds the frame of sell: the build writes shop.aw.h. */
#include <aw.h>
#include "shop.h"

async int sell(struct sale s)
{
    await aw_sleep_ms(10);
    log_line("pieces", s.pieces);
    return s.pieces * s.cents;
}
