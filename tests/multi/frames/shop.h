/* SPDX-License-Identifier: MIT */
#ifndef SHOP_H
#define SHOP_H

struct price {
    long cents;
    char currency[4];
};
typedef struct shop shop;

#endif
