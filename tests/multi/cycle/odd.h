/* SPDX-License-Identifier: MIT */
#ifndef ODD_H
#define ODD_H

#include <aw.h>

typedef struct odd_state {
    int calls;
} odd_state;
#include "even.h"
_Async int is_odd(odd_state *o, unsigned n);

#endif
