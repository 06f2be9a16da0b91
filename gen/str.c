/* SPDX-License-Identifier: MIT */
#include "gen/str.h"

#include <string.h>

enum {
    FIRST_BUCKETS = 1024,
    MAX_NEAR = 64, /* longer names are like no other */
};

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

/* ---- names that are alike ---------------------------------------------- */

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* How many letters to change, insert, drop or swap with the next to make b
 * of a, both at most MAX_NEAR long. */
static uint32_t distance(const struct atom *a, const struct atom *b)
{
    uint32_t row[3][MAX_NEAR + 1];

    for (uint32_t j = 0; j <= b->n; j++)
        row[0][j] = j;
    for (uint32_t i = 1; i <= a->n; i++) {
        uint32_t *now = row[i % 3], *last = row[(i + 2) % 3];
        const uint32_t *before = row[(i + 1) % 3];
        now[0] = i;
        for (uint32_t j = 1; j <= b->n; j++) {
            bool same = a->s[i - 1] == b->s[j - 1];
            now[j] = least(last[j - 1] + !same, least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a->s[i - 1] == b->s[j - 2] &&
                a->s[i - 2] == b->s[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return row[a->n % 3][b->n];
}

uint32_t atoms_distance(const struct atom *name, const struct atom *a)
{
    uint32_t most = name->n < 3 ? 0 : name->n < 6 ? 1 : 2;

    if (a == name || most == 0 || name->n > MAX_NEAR || a->n > MAX_NEAR ||
        a->n > name->n + most || name->n > a->n + most)
        return UINT32_MAX;
    uint32_t d = distance(name, a);
    return d <= most ? d : UINT32_MAX;
}

struct atom *atoms_nearest(const struct atoms *t, const struct atom *name,
                           bool (*usable)(const struct atom *))
{
    struct atom *best = NULL;
    uint32_t least_so_far = UINT32_MAX;

    for (uint32_t i = 0; i < t->nbucket; i++) {
        for (struct atom *a = t->bucket[i]; a; a = a->next) {
            uint32_t d = usable(a) ? atoms_distance(name, a) : UINT32_MAX;
            if (d > least_so_far || d == UINT32_MAX ||
                (best && d == least_so_far && strcmp(a->s, best->s) > 0))
                continue;
            best = a;
            least_so_far = d;
        }
    }
    return best;
}
