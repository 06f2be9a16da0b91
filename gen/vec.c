/* SPDX-License-Identifier: MIT */
#include "gen/vec.h"

/* The pointer is read and written by memcpy: the object behind `v` is a T *,
 * which a void ** must not access. */
void vec_grow(struct arena *a, void **v, uint32_t *cap, size_t size)
{
    if (*cap > UINT32_MAX / 2)
        arena_fail(a);
    uint32_t n = *cap ? *cap * 2 : 8;
    if (n > SIZE_MAX / size)
        arena_fail(a);
    void *old, *grown = arena_alloc(a, n * size);
    memcpy(&old, v, sizeof old);
    if (*cap)
        memcpy(grown, old, *cap * size);
    memcpy(v, &grown, sizeof grown);
    *cap = n;
}
