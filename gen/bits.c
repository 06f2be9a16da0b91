/* SPDX-License-Identifier: MIT
 * Bits beyond the width in the last word are always zero. */
#include "gen/bits.h"

#include <string.h>

static uint32_t words(struct bits s)
{
    return s.n / 64 + (s.n % 64 != 0);
}

struct bits bits_new(struct arena *a, uint32_t n)
{
    struct bits s = {.n = n};
    s.w = ARENA_ARRAY(a, uint64_t, words(s));
    return s;
}

bool bits_has(struct bits s, uint32_t i)
{
    return i < s.n && (s.w[i / 64] >> i % 64 & 1);
}

void bits_add(struct bits s, uint32_t i)
{
    s.w[i / 64] |= UINT64_C(1) << i % 64;
}

void bits_del(struct bits s, uint32_t i)
{
    s.w[i / 64] &= ~(UINT64_C(1) << i % 64);
}

void bits_copy(struct bits dst, struct bits src)
{
    memcpy(dst.w, src.w, words(src) * sizeof *dst.w);
}

bool bits_or(struct bits dst, struct bits src)
{
    uint64_t changed = 0;
    for (uint32_t i = 0; i < words(dst); i++) {
        changed |= src.w[i] & ~dst.w[i];
        dst.w[i] |= src.w[i];
    }
    return changed != 0;
}

void bits_minus(struct bits dst, struct bits src)
{
    for (uint32_t i = 0; i < words(dst); i++)
        dst.w[i] &= ~src.w[i];
}

bool bits_eq(struct bits a, struct bits b)
{
    return memcmp(a.w, b.w, words(a) * sizeof *a.w) == 0;
}

bool bits_empty(struct bits s)
{
    return bits_next(s, 0) == s.n;
}

uint32_t bits_count(struct bits s)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < words(s); i++) {
        for (uint64_t w = s.w[i]; w; w &= w - 1)
            n++;
    }
    return n;
}

/* The number of zero bits below the lowest one of w, which is not 0. */
static uint32_t low_bit(uint64_t w)
{
    uint32_t n = 0;
    for (uint32_t step = 32; step; step /= 2) {
        if ((w & ((UINT64_C(1) << step) - 1)) == 0) {
            w >>= step;
            n += step;
        }
    }
    return n;
}

uint32_t bits_next(struct bits s, uint32_t from)
{
    if (from >= s.n)
        return s.n;
    uint32_t i = from / 64;
    uint64_t w = s.w[i] & UINT64_MAX << from % 64;
    while (!w) {
        if (++i == words(s))
            return s.n;
        w = s.w[i];
    }
    return i * 64 + low_bit(w);
}
