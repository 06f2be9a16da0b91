/* SPDX-License-Identifier: 0BSD
 * The contract between generated code and the runtime. Programs include
 * <aw.h>; this header is for the output of awaitc and for the runtime.
 *
 * An async function f is a resume function over a frame. The first call has
 * state 0 and arguments in the frame; it returns 0 when f ended well (the
 * result is in the frame), AW_PENDING when f waits, else the error f ended
 * with. A later call has in `outcome` what the awaited thing ended with. */
#ifndef AW_GEN_H
#define AW_GEN_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Both sides check this number: generated code carries the one it was
 * written for. */
#define AW_ABI 1

/* What resume returns when the function waits; no error has this value. */
#define AW_PENDING INT_MIN

struct aw_frame;
struct aw_task;

/* One per async function, constant. */
struct aw_desc {
    int (*resume)(struct aw_frame *self, struct aw_task *task, int outcome);
    /* *dst = the result, as C assignment does; NULL when T is void */
    void (*store)(void *dst, const struct aw_frame *self);
    const char *name;       /* of the function, for people */
    const char *file;
    const unsigned *lines;  /* by state: line of each suspension point; [0] is
                               the line of the definition */
    uint32_t size;          /* of the frame, bytes */
    uint16_t align;         /* of the frame, bytes */
    uint16_t states;        /* entries of lines */
};

/* `up` of a frame: 0 the root of its task, AWI_UP_BOXED allocated apart
 * (the parent's header pointer stands before the frame), else the distance
 * down to the parent's header in units of AWI_UP_UNIT bytes. */
#if UINTPTR_MAX > 0xffffffffu
typedef uint32_t awi_up;
#define AWI_UP_BOXED UINT32_MAX
#define AWI_UP_UNIT 1u
#else
typedef uint16_t awi_up;
#define AWI_UP_BOXED UINT16_MAX
#define AWI_UP_UNIT 4u
#endif

/* The head of every frame. `desc` and `up` are written by the awaiting side
 * once the child waits, so a call that ends at once costs neither. */
struct aw_frame {
    const struct aw_desc *desc;
    awi_up up;
    uint16_t state;         /* suspension point to go on at; 0 is the start */
};

#ifdef __cplusplus
}
#endif
#endif
