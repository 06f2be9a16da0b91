/* SPDX-License-Identifier: MIT */
#ifndef SHOP_H
#define SHOP_H

struct sale {
    int pieces;
    int cents;
};

void log_line(const char *text, int number);

#endif
