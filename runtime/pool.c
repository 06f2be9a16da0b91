/* SPDX-License-Identifier: 0BSD
 * Memory of the hosted ports: from the program's allocator, else from a pool.
 * Tasks and frames are many, small, of few sizes, and of one thread, so they
 * come from lists of free pieces, one for each size, cut from chunks of malloc.
 *
 * A thread has one pool. `live` pieces are given out; when there are none and
 * no loop, the chunks go back, so that nothing stays when a run has ended and
 * its handles are released. */
#include "impl.h"

#include <stdlib.h>

/* With AddressSanitizer every piece is malloc's, so that it can watch them. */
#ifndef AW_POOL
#if defined __SANITIZE_ADDRESS__
#define AW_POOL 0
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define AW_POOL 0
#endif
#endif
#endif
#ifndef AW_POOL
#define AW_POOL 512     /* bytes of the largest piece */
#endif

enum { GRAIN = 16, CLASSES = AW_POOL / GRAIN, CHUNK = 32 * 1024 };

struct piece {
    struct piece *next;
};

struct chunk {
    struct chunk *next;
    char pad[GRAIN - sizeof(void *)];
};

static AWI_THREAD struct {
    struct piece *unused[CLASSES + 1];  /* by size in GRAINs */
    char *at, *end;                     /* what is left of the last chunk */
    struct chunk *chunks;
    size_t live;
} pool;

static size_t class_of(size_t size)
{
    return (size + GRAIN - 1) / GRAIN;
}

static bool more(void)
{
    struct chunk *c = malloc(CHUNK);
    if (!c)
        return false;
    c->next = pool.chunks;
    pool.chunks = c;
    pool.at = (char *)(c + 1);
    pool.end = (char *)c + CHUNK;
    return true;
}

AWI_APART
static void *cut(size_t size)
{
    if ((size_t)(pool.end - pool.at) < size && !more())
        return NULL;
    char *p = pool.at;
    pool.at += size;
    pool.live++;
    return p;
}

static inline void *get(size_t size)
{
    size_t class = class_of(size);
    if (AWI_UNLIKELY(class > CLASSES))
        return malloc(size);
    struct piece *p = pool.unused[class];
    if (AWI_UNLIKELY(!p))
        return cut(class * GRAIN);
    pool.unused[class] = p->next;
    pool.live++;
    return p;
}

static inline void put(void *p, size_t size)
{
    size_t class = class_of(size);
    if (AWI_UNLIKELY(class > CLASSES || !p)) {
        free(p);
        return;
    }
    struct piece *piece = p;
    piece->next = pool.unused[class];
    pool.unused[class] = piece;
    if (AWI_UNLIKELY(--pool.live == 0) && !awi_loop)
        awi_pool_trim();
}

void awi_pool_trim(void)
{
    if (pool.live > 0)
        return;
    for (struct chunk *c = pool.chunks, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    pool.chunks = NULL;
    pool.at = pool.end = NULL;
    for (size_t i = 0; i <= CLASSES; i++)
        pool.unused[i] = NULL;
}

/* --- the program's allocator --------------------------------------------- */

static const aw_allocator *allocator;

void aw_set_allocator(const aw_allocator *a)
{
    allocator = a;
}

void *awi_port_alloc(size_t size)
{
    if (AWI_UNLIKELY(allocator))
        return allocator->alloc(allocator->ctx, size);
    return get(size);
}

void awi_port_free(void *p, size_t size)
{
    if (AWI_UNLIKELY(allocator))
        allocator->free(allocator->ctx, p, size);
    else
        put(p, size);
}
