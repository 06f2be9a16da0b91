/* SPDX-License-Identifier: MIT */
#include "shop.aw.h"

async int main(void)
{
    int a, b;

    await aw_gather(a = sell((struct sale){2, 150}),
                    b = sell((struct sale){1, 400}));
    log_line(SHOP_NAME, a + b);
    return 0;
}
