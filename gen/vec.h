/* SPDX-License-Identifier: MIT
 * Growable arrays in an arena. `VEC(T)` is an anonymous struct type with the
 * members v (elements), n (length) and cap; all zero is the empty vector.
 * Growth doubles; the old block stays in the arena until that is freed. */
#ifndef GEN_VEC_H
#define GEN_VEC_H

#include <stdint.h>
#include <string.h>

#include "gen/arena.h"

#define VEC(T)                                                                 \
    struct {                                                                   \
        T *v;                                                                  \
        uint32_t n;                                                            \
        uint32_t cap;                                                          \
    }

/* The same as a named type, to pass to functions. */
#define VEC_TYPE(name, T)                                                      \
    struct name {                                                              \
        T *v;                                                                  \
        uint32_t n;                                                            \
        uint32_t cap;                                                          \
    }

/* Appends x (an expression of the element type). */
#define VEC_PUSH(a, vec, x)                                                    \
    ((vec)->n == (vec)->cap                                                    \
         ? vec_grow((a), (void **)&(vec)->v, &(vec)->cap, sizeof *(vec)->v)    \
         : (void)0,                                                            \
     (vec)->v[(vec)->n++] = (x))

#define VEC_LAST(vec) ((vec)->v[(vec)->n - 1])

/* Room for at least one more element of `size` bytes. */
void vec_grow(struct arena *a, void **v, uint32_t *cap, size_t size);

#endif
