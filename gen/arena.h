/* SPDX-License-Identifier: MIT
 * Bump allocation by lifetime. Memory is zeroed, aligned for any object, and
 * freed all at once. When memory runs out `arena_alloc` does not return: it
 * calls the arena's `fail` hook, which must not return either (the driver's
 * leaves by longjmp); so no caller checks for NULL. */
#ifndef GEN_ARENA_H
#define GEN_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_chunk;

struct arena {
    struct arena_chunk *head;    /* newest chunk; the others hang behind it */
    size_t used;                 /* bytes taken from the newest chunk */
    size_t total;                /* bytes taken from malloc, for reports */
    size_t limit;                /* most that `total` may reach; 0 is none */
    void (*fail)(void *ctx);     /* out of memory; NULL aborts */
    void *ctx;
};

/* An empty arena that reports exhaustion to fail(ctx). */
void arena_init(struct arena *a, void (*fail)(void *ctx), void *ctx);

/* `size` zeroed bytes, aligned to max_align_t; never NULL. */
void *arena_alloc(struct arena *a, size_t size);

/* A copy of s[0..n) with a terminating NUL. */
char *arena_strndup(struct arena *a, const char *s, size_t n);

/* printf into the arena. */
char *arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* Reports exhaustion, as arena_alloc does when memory has run out. */
_Noreturn void arena_fail(const struct arena *a);

/* Gives everything back; the arena can be used again, its hook and
 * limit stay. */
void arena_free(struct arena *a);

#define ARENA_NEW(a, T) ((T *)arena_alloc((a), sizeof(T)))
#define ARENA_ARRAY(a, T, n) ((T *)arena_alloc((a), sizeof(T) * (size_t)(n)))

#endif
