/* SPDX-License-Identifier: MIT
 * Chunks come from calloc, so that a large one costs nothing before it is
 * touched. What is too large to share a chunk gets one of its own behind the
 * newest, whose remaining space stays in use. */
#include "gen/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SMALL = 4 * 1024,  /* bytes of the first chunk, header included */
    CHUNK = 64 * 1024, /* of the largest ordinary one */
    LARGE = CHUNK / 4, /* from here on a request is a chunk by itself */
    ALIGN = alignof(max_align_t),
};

struct arena_chunk {
    struct arena_chunk *next;
    size_t size; /* of data */
    alignas(max_align_t) unsigned char data[];
};

void arena_init(struct arena *a, void (*fail)(void *ctx), void *ctx)
{
    *a = (struct arena){.fail = fail, .ctx = ctx};
}

_Noreturn void arena_fail(const struct arena *a)
{
    if (a->fail)
        a->fail(a->ctx);
    abort();
}

static struct arena_chunk *chunk_new(struct arena *a, size_t size)
{
    size_t all = sizeof(struct arena_chunk) + size;
    if (a->limit && (a->total > a->limit || all > a->limit - a->total))
        arena_fail(a);
    struct arena_chunk *c = calloc(1, all);
    if (!c)
        arena_fail(a);
    c->size = size;
    a->total += all;
    return c;
}

static void *alloc_large(struct arena *a, size_t size)
{
    struct arena_chunk *c = chunk_new(a, size);
    if (a->head) {
        c->next = a->head->next;
        a->head->next = c;
    } else {
        a->head = c;
        a->used = size;
    }
    return c->data;
}

/* As large as all before it, so that small arenas stay small. */
static size_t next_room(const struct arena *a, size_t size)
{
    size_t all = a->total < SMALL ? SMALL : a->total;

    if (all > CHUNK || all < size + sizeof(struct arena_chunk))
        all = CHUNK;
    return all - sizeof(struct arena_chunk);
}

void *arena_alloc(struct arena *a, size_t size)
{
    if (size > SIZE_MAX / 2)
        arena_fail(a);
    size = size ? (size + ALIGN - 1) / ALIGN * ALIGN : ALIGN;
    if (!a->head || a->head->size - a->used < size) {
        if (size >= LARGE)
            return alloc_large(a, size);
        struct arena_chunk *c = chunk_new(a, next_room(a, size));
        c->next = a->head;
        a->head = c;
        a->used = 0;
    }
    void *p = a->head->data + a->used;
    a->used += size;
    return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    char *p = arena_alloc(a, n + 1);
    if (n)
        memcpy(p, s, n);
    return p;
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n < 0)
        arena_fail(a);
    char *p = arena_alloc(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    return p;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    char *p = arena_vprintf(a, fmt, ap);
    va_end(ap);
    return p;
}

void arena_free(struct arena *a)
{
    for (struct arena_chunk *c = a->head, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    a->head = NULL;
    a->used = 0;
    a->total = 0;
}
