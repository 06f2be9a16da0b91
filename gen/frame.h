/* SPDX-License-Identifier: MIT
 * The frame of an async function: which objects stay C locals, which are
 * saved at suspension points, which live in the frame all the time, and how
 * slots and the callees' frames share its bytes.
 *
 * Overlay follows scopes: what a block declares stands side by side, and
 * beside it one union of everything that is alive only while control is
 * deeper in (inner blocks) or away (the awaited coroutine). Two members of
 * such a union are never alive together, because control is in one place. */
#ifndef GEN_FRAME_H
#define GEN_FRAME_H

#include "gen/live.h"

enum residence {
    RES_LOCAL, /* a C local; not needed across any suspension */
    RES_SAVED, /* a C local, saved and reloaded at suspension points */
    RES_FRAME, /* lives in the frame: address taken, array, ... */
};

struct slot {
    struct decl *d;            /* an object, or */
    const struct nstmt *await; /* the storage of what this awaits */
    const char *name;          /* the member */
};

/* A struct of its slots followed by a union of its parts. */
struct frame_region {
    VEC(struct slot) slots;
    VEC(struct frame_region *) parts;
};

struct frame {
    const struct live *live;
    struct func *func;
    uint8_t *where;      /* enum residence, by local */
    const char **field;  /* member name, by local; NULL without slot */
    const char **child;  /* member name, by state; NULL without */
    struct bits *reload; /* by state: locals read back after it */
    struct bits *save;   /* by state: those of them written before it,
                            because the frame may not have them yet */
    struct frame_region *root;
    bool has_result;
};

struct frame *frame_build(struct unit *u, const struct live *l);

/* Checks the boundary: every local that is live at a suspension point has a
 * slot, member names are distinct, no object of automatic storage crosses a
 * suspension outside the frame. Aborts when not. */
void frame_verify(struct unit *u, const struct frame *f);

/* --dump=frame */
void frame_dump(struct unit *u, const struct frame *f, struct buf *out);

#endif
