/* SPDX-License-Identifier: MIT */
#ifndef EVEN_H
#define EVEN_H

#include <aw.h>
#include "odd.h"

typedef struct even_state even_state;
_Async int is_even(odd_state *o, unsigned n);

#endif
