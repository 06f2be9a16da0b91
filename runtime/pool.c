/* SPDX-License-Identifier: 0BSD
 * Memory of the hosted ports: from the program's allocator, else from a pool.
 * Tasks and frames are many, small, of few sizes, and of one thread, so they
 * come from lists of free pieces, one for each size, cut from chunks of malloc.
 * The more there are, the larger chunks get, and the system is asked for all
 * pages of a large one at once: to be interrupted for each at its first touch
 * takes longer than what is done with the tasks in it. At most an eighth more
 * is touched than used. (Huge pages take less than half of that again, but
 * several times as long where the host of a virtual machine has to find them.)
 * A piece is aligned as its size is, up to 16: no object that fits needs more.
 *
 * A thread has one pool. `live` pieces are given out; when there are none and
 * no loop, the chunks go back, so that nothing stays when a run has ended and
 * its handles are released. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE     /* madvise */
#endif
#include "impl.h"

#include <stdlib.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

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
#define AW_POOL 2048    /* bytes of the largest piece */
#endif

enum {
    GRAIN = 8,      /* a struct piece fits */
    ALIGNED = 16,   /* the pieces of this size, and its multiples */
    CLASSES = AW_POOL / GRAIN,
    CHUNK = 32 * 1024,
    LARGEST = 8 * CHUNK,
    PAGE = 4096     /* where pages are larger nothing is populated */
};

struct piece {
    struct piece *next;
};

struct chunk {
    struct chunk *next;
    char pad[ALIGNED - sizeof(void *)];
};

static AWI_THREAD struct {
    struct piece *unused[CLASSES + 1];  /* by size in GRAINs */
    char *at, *end;                     /* what is left of the last chunk */
    struct chunk *chunks;
    size_t total;                       /* bytes of chunks */
    size_t live;
} pool;

static size_t class_of(size_t size)
{
    return (size + GRAIN - 1) / GRAIN;
}

/* Gets the pages between `p` and `end`, where the system can do that; if not,
 * or if there is too little memory, they come when they are touched. */
static void populate(char *p, char *end)
{
#ifdef MADV_POPULATE_WRITE
    char *first = p + (PAGE - (uintptr_t)p % PAGE) % PAGE;
    char *last = end - (uintptr_t)end % PAGE;
    (void)madvise(first, (size_t)(last - first), MADV_POPULATE_WRITE);
#else
    (void)p;
    (void)end;
#endif
}

static bool more(void)
{
    size_t size = pool.total / 8 / CHUNK * CHUNK;
    size = size < CHUNK ? CHUNK : size > LARGEST ? LARGEST : size;
    struct chunk *c = malloc(size);
    if (!c && size > CHUNK)
        c = malloc(size = CHUNK);
    if (!c)
        return false;
    c->next = pool.chunks;
    pool.chunks = c;
    pool.total += size;
    pool.at = (char *)(c + 1);
    pool.end = (char *)c + size;
    if (size > CHUNK)
        populate(pool.at, pool.end);
    return true;
}

static inline void give(struct piece *p, size_t class)
{
    p->next = pool.unused[class];
    pool.unused[class] = p;
}

AWI_APART
static void *cut(size_t class)
{
    size_t size = class * GRAIN;
    if ((size_t)(pool.end - pool.at) < size + GRAIN && !more())
        return NULL;
    if (size % ALIGNED == 0 && (uintptr_t)pool.at % ALIGNED != 0) {
        give((struct piece *)(void *)pool.at, 1);
        pool.at += GRAIN;
    }
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
        return cut(class);
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
    give(p, class);
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
    pool.total = 0;
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

AWI_APART
static void *ask(size_t size)
{
    return allocator->alloc(allocator->ctx, size);
}

AWI_APART
static void give_back(void *p, size_t size)
{
    allocator->free(allocator->ctx, p, size);
}

void *awi_port_alloc(size_t size)
{
    return AWI_UNLIKELY(allocator) ? ask(size) : get(size);
}

void awi_port_free(void *p, size_t size)
{
    if (AWI_UNLIKELY(allocator))
        give_back(p, size);
    else
        put(p, size);
}
