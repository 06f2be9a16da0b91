/* SPDX-License-Identifier: MIT
 * The rules of the dialect that need a whole body: who consumes coroutines,
 * what may leave and enter which block, what a function returns. Parsing has
 * checked what one expression shows. */
#ifndef GEN_SEMA_H
#define GEN_SEMA_H

#include "gen/unit.h"

/* Checks every parsed body of u; reports errors, changes nothing. */
void sema(struct unit *u);

/* The same for one function. */
void sema_func(struct unit *u, struct func *f);

/* Rules that hold once all of u has been read. */
void sema_end(struct unit *u);

/* ---- shared by sema.c and sema_jump.c ----------------------------------- */

enum region_kind {
    REGION_BODY,        /* the function */
    REGION_BLOCK,       /* try, catch, group, timeout, aw_for: no way in */
    REGION_CLEANUP,     /* defer, finally: no way in or out by a jump */
    REGION_DEFERRED,    /* what follows a defer in its block: no way in */
};

/* Where jumps may not go freely. */
struct region {
    enum region_kind kind;
    const struct region *up;
    struct span at;             /* the statement that makes it */
    const char *what;
};

struct jump {
    const struct stmt *s;       /* goto, or case */
    const struct region *from, *to;     /* `to` when known */
};

struct sema_label {
    const struct stmt *s;
    const struct region *region;
};

struct sema {
    struct unit *u;
    const struct func *f;
    const struct region *region;        /* of the statement visited */
    const struct region *loop, *breakable, *switch_;    /* of the targets */
    const struct stmt *group;           /* innermost aw_group */
    uint32_t nested;                    /* inside a nested function */
    bool block_child;                   /* the statement stands in a block */
    VEC(struct sema_label) labels;
    VEC(struct jump) gotos;
};

/* A region inside the current one, which it becomes. */
void sema_enter(struct sema *c, enum region_kind kind, struct span at,
                const char *what);

/* The jump from one region to the other at `at` breaks no rule; else it is
 * reported. */
void sema_check_jump(struct sema *c, struct span at, const struct region *from,
                     const struct region *to);

/* A return out of the current region. */
void sema_check_return(struct sema *c, struct span at);

/* At the end of a function: its gotos and the labels whose address it
 * takes. */
void sema_check_labels(struct sema *c);

/* Rules of expressions, for all that stand in s. (sema_rules.c) */
void sema_check_exprs(struct sema *c, const struct stmt *s);

/* The rules of one statement by itself. (sema_rules.c) */
void sema_check_stmt(struct sema *c, const struct stmt *s);

/* A statement and all inside it. */
void sema_stmt(struct sema *c, const struct stmt *s);

#endif
