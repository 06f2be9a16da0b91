/* SPDX-License-Identifier: MIT
 * Shared by warn.c and warn_stuck.c. */
#ifndef GEN_WARN_IMPL_H
#define GEN_WARN_IMPL_H

#include "gen/warn.h"

struct warner {
    struct unit *u;
    const struct func *f;
    const struct stmt *group;   /* innermost aw_group */
    int32_t *uses;              /* by decl->index: how often a handle is
                                   named other than to be written */
};

/* A statement (of a struct warner) and all inside it. (warn.c) */
void warn_stmt(void *ctx, struct stmt *s);

/* e is a call that makes every task wait. (warn_stuck.c) */
void warn_blocking(struct warner *w, const struct expr *e);

/* s is a loop that neither ends nor suspends. (warn_stuck.c) */
void warn_endless(struct warner *w, const struct stmt *s);

#endif
