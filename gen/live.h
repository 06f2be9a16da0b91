/* SPDX-License-Identifier: MIT
 * Liveness and definite assignment over a flow graph. */
#ifndef GEN_LIVE_H
#define GEN_LIVE_H

#include "gen/bits.h"
#include "gen/cfg.h"

struct live {
    const struct cfg *cfg;
    struct bits *at;    /* by state (index 0 unused): the locals whose
                           value is needed after the suspension point */
    struct bits *unset; /* by state: the locals that may have no value
                           yet when it is reached */
};

/* Solves both problems to their fixpoints. */
struct live *live_compute(struct unit *u, const struct cfg *g);

/* Checks that the solution satisfies the equations. Aborts when not. */
void live_verify(struct unit *u, const struct live *l);

/* --dump=live */
void live_dump(const struct live *l, struct buf *out);

#endif
