/* SPDX-License-Identifier: MIT
 * The frame of an async function: which objects stay C locals, which are
 * saved at suspension points, which live in the frame all the time, and how
 * slots and the callees' frames share its bytes.
 *
 * Overlay follows scopes: what a block declares stands side by side, and
 * beside it one union of everything that is alive only while control is
 * deeper in (inner blocks) or away (the awaited coroutine). Two members of
 * such a union are never alive together, because control is in one place.
 *
 * Result and parameters have their places, which callers know: right behind
 * the header. Where it makes the frame smaller a second view stands over them,
 * of what is awaited when they are needed no more, or, of parameters that are
 * C locals, are saved in root; and a call in the end of the function takes the
 * frame over, header and all:
 *
 *     union {
 *         struct { header, result, parameters, early };
 *         struct { header, kept of result and parameters, union of late };
 *         struct awf_f, of the tail;
 *     };
 *     what is alive in more than one of these: root */
#ifndef GEN_FRAME_H
#define GEN_FRAME_H

#include "gen/coro.h"
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

VEC_TYPE(slots, struct slot);

/* A struct of its slots followed by a union of its parts. */
struct frame_region {
    struct slots slots;
    VEC(struct frame_region *) parts;
};

/* How arguments get to a frame that stands over what they are read from: by
 * way of C locals, and one of them, the last, as it is, by memmove. */
struct frame_stage {
    bool on;
    uint32_t moved; /* that argument, from 1; 0 is none */
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
    struct bits *scope;  /* by state: locals of the blocks around it; [0]
                            those of the function */
    struct frame_region *root, *early; /* early: NULL with one view only */
    struct slots late;
    uint32_t kept; /* members between header and late */
    const struct nstmt *tail;  /* the await of it; or NULL */
    struct frame_stage *stage; /* by state */
    bool has_result;
};

struct frame *frame_build(struct unit *u, const struct live *l);

/* Whether d has to keep its bytes while the function waits at `state`. */
bool frame_needs(const struct frame *f, const struct decl *d, uint32_t state);

/* Whether the frame of what s awaits may stand over objects that its result
 * goes to. */
bool frame_is_shared(const struct frame *f, const struct nstmt *s);

/* What the header says at suspension point `state`. */
uint32_t frame_state(const struct frame *f, uint32_t state);

/* Whether a value of this type is read whole before any of it is stored, so
 * that the two may overlap. */
bool frame_is_word(const struct type *ty);

/* Checks the boundary: every local that is live at a suspension point has a
 * slot, member names are distinct, no object of automatic storage crosses a
 * suspension outside the frame. Aborts when not. */
void frame_verify(struct unit *u, const struct frame *f);

/* ---- shared by the frame_*.c files ----------------------------------------
 */

/* Bytes and alignment as type_sizeof has them; bytes -1: not known. */
struct extent {
    int64_t bytes, align;
};

/* s with a member m behind the others; beside the others, as in a union. */
struct extent frame_extent_add(struct extent s, struct extent m);
struct extent frame_extent_over(struct extent s, struct extent m);

/* As a struct or union of its own: a multiple of its alignment. */
struct extent frame_extent_whole(struct extent s);

struct extent frame_extent_type(struct unit *u, const struct type *ty);

/* frame_life.c: finds the blocks around each await (f->scope). Whether
 * liveness is not to be believed for d; whether children that are held may
 * have its address. */
void frame_find_scopes(struct unit *u, struct frame *f);
bool frame_has_address(const struct decl *d);
bool frame_is_held(const struct frame *f, const struct decl *d);

/* frame_size.c: of the header; of the frame of function f; a slot; the slots of
 * region r that `pick` takes, where they stand behind `s`; the storage of
 * coroutine e. */
struct extent frame_header(struct unit *u);
struct extent frame_of(struct unit *u, const struct decl *f);
struct extent frame_slot(struct unit *u, const struct frame *f,
                         const struct slot *s);
struct extent frame_region(struct unit *u, const struct frame *f,
                           const struct frame_region *r, struct extent s,
                           bool (*pick)(void *ctx, const struct slot *s),
                           void *ctx);
struct extent frame_storage(struct unit *u, const struct frame *f,
                            struct expr *e, enum coro_place place);

/* Whose frame is the largest in that of f; NULL: it has none. */
struct decl *frame_largest(struct unit *u, const struct frame *f);

/* frame_share.c: lays the views of f out, whose root has everything so far. */
void frame_share(struct unit *u, struct frame *f);

/* --dump=frame */
void frame_dump(struct unit *u, const struct frame *f, struct buf *out);

#endif
