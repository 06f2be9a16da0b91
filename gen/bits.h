/* SPDX-License-Identifier: MIT
 * Bit sets of a fixed width chosen at run time, in an arena. Sets that meet
 * in one operation have the same width. */
#ifndef GEN_BITS_H
#define GEN_BITS_H

#include <stdbool.h>
#include <stdint.h>

#include "gen/arena.h"

struct bits {
    uint64_t *w;
    uint32_t n;     /* width in bits */
};

struct bits bits_new(struct arena *a, uint32_t n);
bool bits_has(struct bits s, uint32_t i);
void bits_add(struct bits s, uint32_t i);
void bits_del(struct bits s, uint32_t i);
void bits_copy(struct bits dst, struct bits src);

/* dst |= src; true when dst changed. */
bool bits_or(struct bits dst, struct bits src);

/* dst &= ~src */
void bits_minus(struct bits dst, struct bits src);
bool bits_eq(struct bits a, struct bits b);
bool bits_empty(struct bits s);
uint32_t bits_count(struct bits s);

/* The first member >= from, or the width when there is none. */
uint32_t bits_next(struct bits s, uint32_t from);

#endif
