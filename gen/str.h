/* SPDX-License-Identifier: MIT
 * Strings as pointer and length, and the table that makes equal identifiers
 * one pointer (atoms). */
#ifndef GEN_STR_H
#define GEN_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gen/arena.h"

struct str {
    const char *p;
    size_t n;
};

struct decl;
struct tag;

/* An identifier, once per unit; compare atoms by address. */
struct atom {
    const char *s;          /* NUL-terminated */
    uint32_t n;
    uint32_t hash;
    uint16_t kw;            /* enum tok_kind when it is a keyword, else 0 */
    uint16_t word;          /* enum word when it is a dialect word, else 0 */
    bool async;             /* something of this name has a type that mentions
                               async: bodies that use it are read */
    struct decl *decl;      /* innermost visible ordinary name (scope.c) */
    struct tag *tag;        /* innermost visible tag (scope.c) */
    struct atom *next;      /* hash chain */
};

struct atoms {
    struct arena *arena;
    struct atom **bucket;
    uint32_t n, nbucket;    /* nbucket is a power of two */
};

void atoms_init(struct atoms *t, struct arena *a);

/* The atom for s[0..n). */
struct atom *atoms_get(struct atoms *t, const char *s, size_t n);
struct atom *atoms_z(struct atoms *t, const char *z); /* of a C string */

/* By how many letters a, another atom, differs from `name`: some are wrong,
 * missing, too many or swapped. UINT32_MAX when they are more than one or two,
 * fewer in short names. */
uint32_t atoms_distance(const struct atom *name, const struct atom *a);

/* The atom that `usable` says yes to and that differs least from `name`; NULL
 * when none is near enough. Among equals, the first by spelling. */
struct atom *atoms_nearest(const struct atoms *t, const struct atom *name,
                           bool (*usable)(const struct atom *));

bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *z);
struct str str_z(const char *z);

#endif
