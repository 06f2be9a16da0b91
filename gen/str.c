/* SPDX-License-Identifier: MIT */
#include "gen/str.h"

#include <string.h>

enum { FIRST_BUCKETS = 1024 };

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(struct str a, const char *z)
{
    return str_eq(a, str_z(z));
}

struct str str_z(const char *z)
{
    return (struct str){z, strlen(z)};
}

void atoms_init(struct atoms *t, struct arena *a)
{
    *t = (struct atoms){.arena = a, .nbucket = FIRST_BUCKETS};
    t->bucket = ARENA_ARRAY(a, struct atom *, t->nbucket);
}

/* FNV-1a, its high half folded in for the bucket mask. */
static uint32_t hash(const char *s, size_t n)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 1099511628211u;
    return (uint32_t)(h ^ h >> 32);
}

static void grow(struct atoms *t)
{
    uint32_t n = t->nbucket * 2;
    struct atom **bucket = ARENA_ARRAY(t->arena, struct atom *, n);
    for (uint32_t i = 0; i < t->nbucket; i++) {
        for (struct atom *a = t->bucket[i], *next; a; a = next) {
            next = a->next;
            a->next = bucket[a->hash & (n - 1)];
            bucket[a->hash & (n - 1)] = a;
        }
    }
    t->bucket = bucket;
    t->nbucket = n;
}

struct atom *atoms_get(struct atoms *t, const char *s, size_t n)
{
    uint32_t h = hash(s, n);
    struct atom *a = t->bucket[h & (t->nbucket - 1)];
    for (; a; a = a->next) {
        if (a->hash == h && a->n == n && memcmp(a->s, s, n) == 0)
            return a;
    }
    if (t->n >= t->nbucket && t->nbucket <= UINT32_MAX / 4)
        grow(t);
    a = ARENA_NEW(t->arena, struct atom);
    a->s = arena_strndup(t->arena, s, n);
    a->n = (uint32_t)n;
    a->hash = h;
    a->next = t->bucket[h & (t->nbucket - 1)];
    t->bucket[h & (t->nbucket - 1)] = a;
    t->n++;
    return a;
}

struct atom *atoms_z(struct atoms *t, const char *z)
{
    return atoms_get(t, z, strlen(z));
}
