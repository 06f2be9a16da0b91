/* SPDX-License-Identifier: MIT
 * The flow graph of a normal form, for liveness: basic blocks of the events
 * that matter, uses and definitions of local objects. Every await ends its
 * block, its suspension point sits on the edge to the one successor. */
#ifndef GEN_CFG_H
#define GEN_CFG_H

#include "gen/bits.h"
#include "gen/norm.h"

enum event_kind {
    EV_USE,   /* the object's value is needed */
    EV_DEF,   /* the whole object is overwritten: kills it */
    EV_TOUCH, /* part of it, or maybe: assigned, but kills nothing */
    EV_SCOPE, /* its lifetime begins, with no value */
};

struct event {
    uint32_t local; /* index in the graph's locals */
    uint8_t kind;
};

struct block {
    uint32_t index;
    uint32_t state; /* suspension point at its end, or 0 */
    VEC(struct event) events;
    VEC(struct block *) succ;
};

/* A call of alloca, and where in the flow it stands. */
struct stack_use {
    const struct expr *e; /* its name */
    const struct block *block;
};

struct cfg {
    const struct norm *norm;
    VEC(struct decl *) locals; /* automatic objects, dense; decl.index */
    struct decl *result;       /* of them: what the function returns, stored in
                                  the frame before it ends; NULL: nothing */
    VEC(struct block *)
    blocks;           /* [0] is the entry; unreachable ones
                         are kept */
    VEC(struct stack_use) allocas;
    bool end_reached; /* control can reach the body's end */
};

/* An alloca whose memory an await may end is diagnosed. */
struct cfg *cfg_build(struct unit *u, const struct norm *n);

/* Whether `to` can be reached from the entry, as the C compiler sees it: from
 * every suspension point too, as the switch at the top leads there. */
bool cfg_reaches(struct unit *u, const struct cfg *g, const struct block *to);

/* Diagnoses them. */
void cfg_check_allocas(struct unit *u, const struct cfg *g);

/* Checks the boundary: await blocks have one successor and distinct dense
 * states, successors are blocks of the graph. Aborts when not. */
void cfg_verify(const struct cfg *g);

/* --dump=cfg */
void cfg_dump(const struct cfg *g, struct buf *out);

#endif
