/* SPDX-License-Identifier: MIT
 * Coroutine expressions: what each is made of, and what it needs in the
 * frame of the one who awaits it. The code that makes it there is
 * lower_coro.c's. */
#ifndef GEN_CORO_H
#define GEN_CORO_H

#include "gen/buf.h"
#include "gen/unit.h"

enum coro_kind {
    CORO_CALL,  /* f(args), f's frame is known here: embedded */
    CORO_LEAF,  /* a primitive of the runtime that suspends its caller
                   itself: no frame */
    CORO_BOXED, /* a call along a cycle of the call graph, or of a
                   function whose frame is not known here */
    CORO_JOIN,  /* an aw_task(T) */
    CORO_FORM,  /* aw_gather and its like: coro_combinator tells */
    CORO_QUEUE, /* aw_queue_put, aw_queue_get: `struct { FRAME g; T v; }` */
};

/* How the runtime calls a combinator. Its storage is `struct { TYPE g; v; k1;
 * k2; ... }`, the children behind it. */
struct combinator {
    enum word form;
    const char *type;   /* struct awi_xxx */
    const char *gather; /* its struct awi_gather, as a path; "" for aw_try,
                           whose child is no task of its own */
    const char *name;   /* init, resume function and descriptor begin so */
    uint32_t first;     /* argument that is a coroutine, and how many are */
    uint32_t children;
    bool result;        /* it has one of its own; else that of its child */
};

/* Of an EX_CORO; NULL for the forms of queues. */
const struct combinator *coro_combinator(const struct expr *e);

/* How many coroutines it has, and the i-th of them, which may be bound. Of an
 * aw_gather_each it is one, which is made again and again. */
uint32_t coro_children(const struct expr *e);
struct expr *coro_child(const struct expr *e, uint32_t i);

/* How often each child of combinator e stands in the frame of `in`: once, but
 * those of an aw_gather_each as often as it makes them, where their number and
 * size are known. 0 when they take memory. */
int64_t coro_copies(const struct func *in, const struct expr *e);

/* Whether e, a child of an aw_gather_each in the body of `in`, calls that: its
 * frame is known in the body, but can only stand in memory. */
bool coro_calls_itself(const struct func *in, struct expr *e);

/* Where a coroutine stands: awaited by the function itself, where a leaf
 * primitive needs no frame, or as the child of a combinator or a task. */
enum coro_place { CORO_AWAITED, CORO_CHILD };

/* Whether combinator e has a member v: its result, which is its child's, where
 * it cannot be read in the child's own frame. */
bool coro_keeps_value(struct unit *u, const struct func *in, struct expr *e,
                      enum coro_place place);

/* Whether children of e may still run, in e's storage, after the await of e:
 * when it throws, or, as e has a combinator inside another, at any rate. They
 * are held by the awaiting function (runtime.md, section 4). */
enum coro_hold { HOLD_NONE, HOLD_THROWN, HOLD_ANY };
enum coro_hold coro_hold(struct expr *e);

/* Whether e as the root of a task is wrapped in a struct awi_root, which holds
 * what combinators inside e leave behind. */
bool coro_has_root(struct expr *e);

/* Whether combinator e itself may leave children behind. */
bool coro_leaves(const struct expr *e);

/* The frame of a CORO_QUEUE, as the runtime calls it, and its v's type. */
const char *coro_queue_frame(const struct expr *e);
const struct type *coro_queue_item(struct unit *u, const struct expr *e);

/* The kind of e, parentheses aside, in a body of `in` (NULL: any plain
 * function). */
enum coro_kind coro_kind(struct unit *u, const struct func *in, struct expr *e,
                         enum coro_place place);

/* The function a call names; NULL for a call through a pointer. */
struct decl *coro_callee(struct expr *e);

/* The type of the function that a call calls, also through a pointer. */
const struct type *coro_callee_type(const struct expr *call);

/* Whether e calls a function of this unit that never suspends. */
bool coro_is_direct(struct expr *e);

/* The runtime's primitive awi_xxx for a function aw_xxx; NULL if none. */
struct decl *coro_leaf(struct unit *u, const struct decl *f);

/* Whether the primitive that e, a CORO_LEAF, calls never ends at once: it is
 * declared to return nothing. */
bool coro_always_waits(struct unit *u, struct expr *e);

/* Whether the input declares what generated code is written in, as <aw.h>
 * does. */
bool coro_known(struct unit *u);

/* The frame struct awf_f when the input declares it complete, as <aw.h> and
 * headers made by -H do; NULL otherwise. */
struct tag *coro_published(struct unit *u, const struct decl *f);

/* Of a published frame, whose first view may stand in a union: the struct whose
 * first members are the header, the result and the parameters. */
const struct tag *coro_frame_head(const struct tag *frame);

/* The coroutine of `[lvalue =] coro`; *lvalue is NULL without one. */
struct expr *coro_of(struct expr *binding, struct expr **lvalue);

/* Member of f's frame that takes argument i. */
const char *coro_param(struct unit *u, const struct decl *f, uint32_t i);

/* Whether awaiting e takes storage in the awaiting frame. */
bool coro_has_storage(struct unit *u, const struct func *in, struct expr *e);

/* Appends the declaration of that storage: a member `name`; several lines,
 * not indented. */
void coro_print_storage(struct unit *u, const struct func *in, struct expr *e,
                        enum coro_place place, const char *name,
                        struct buf *out);

/* The same of child i of a combinator: its type alone, without a name. */
void coro_print_child(struct unit *u, const struct func *in,
                      const struct expr *combinator, uint32_t i,
                      struct buf *out);

/* Calls visit for every function that e (NULL: none) calls by name and whose
 * frame this unit defines. */
void coro_calls(struct expr *e, void (*visit)(void *ctx, struct decl *f),
                void *ctx);

#endif
