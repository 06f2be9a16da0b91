/* SPDX-License-Identifier: MIT
 * For the suites of the runtime: frames written by hand, a scripted worker,
 * and a trace of events with their virtual times on port `sim`. */
#ifndef TESTS_UNIT_RT_H
#define TESTS_UNIT_RT_H

#include <check.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/aw_gen.h"
#include "runtime/aw_wait_gen.h"
#include "runtime/aw.h"
#include "runtime/port/sim.h"

/* The trace: "0 A+, 100 A." ... Text, then comparison, of everything since
 * rt_reset(), which also resets the port. */
void rt_reset(void);
void rt_log(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
const char *rt_trace(void);
#define EXPECT(text) ck_assert_str_eq(rt_trace(), text)

/* FRAME(f, fields) { ... BEGIN ... END } defines struct awf_f with an int
 * result, awfr_f and awfd_f. Inside: `my` is the frame, `t` the task, `r` what
 * the last await ended with. */
#define FRAME(f, ...) \
    struct awf_##f { \
        struct aw_frame aw; \
        int ret; \
        __VA_ARGS__ \
    }; \
    static int awfr_##f(struct aw_frame *, struct aw_task *, int); \
    static void store_##f(void *dst, const struct aw_frame *self) \
    { \
        *(int *)dst = ((const struct awf_##f *)self)->ret; \
    } \
    static const struct aw_desc awfd_##f = { \
        awfr_##f, store_##f, #f, __FILE__, rt_lines, \
        sizeof(struct awf_##f), sizeof(void *), 1, 0, NULL, NULL}; \
    static int awfr_##f(struct aw_frame *self_, struct aw_task *t, int r)
extern const unsigned rt_lines[1];

#define BEGIN(f) \
    struct awf_##f *my = (struct awf_##f *)self_; \
    (void)t; \
    switch (my->aw.state) { \
    default:
#define END \
    } \
    return r

/* Awaits a leaf: r = call. */
#define LEAF(call) \
    do { \
        my->aw.state = __LINE__; \
        if ((r = (call)) == AW_PENDING) \
            return r; \
        /* fall through */ \
    case __LINE__:; \
    } while (0)
#define SLEEP(ms) LEAF((awi_sleep_ms(t, ms), AW_PENDING))

/* Awaits a frame inside this one: its header, resume function, descriptor. */
#define CALL(frame, fn, d) \
    do { \
        r = fn(&(frame), t, 0); \
        if (awi_waits(r)) { \
            size_t up_ = (size_t)((char *)&(frame) - (char *)my); \
            my->aw.state = __LINE__; \
            return awi_link(t, r, &(frame), &(d), \
                            (awi_up)(up_ / AWI_UP_UNIT)); \
        case __LINE__:; \
        } \
    } while (0)
#define GATHER(g) CALL((g).aw, awi_gather, awi_gather_desc)
#define RACE(g) CALL((g).aw, awi_race, awi_race_desc)
#define SHIELD(g) CALL((g).aw, awi_shield, awi_shield_desc)
#define WAIT_FOR(w) CALL((w).g.aw, awi_wait_for, awi_wait_for_desc)
#define JOIN(h) LEAF(awi_join(t, h))

/* Waits for the children that my->held holds, r is 0 or AW_CANCELLED. */
#define DRAIN \
    do { \
        r = 0; \
        my->aw.state = __LINE__; \
        /* fall through */ \
    case __LINE__: \
        r = awi_drain(t, &my->held, NULL, 0, r); \
        if (r == AW_PENDING) \
            return r; \
    } while (0)

/* Ends the group block that is left with `error`; r is what it ends with. */
#define GROUP_END(group, error) \
    do { \
        r = (error); \
        my->aw.state = __LINE__; \
        /* fall through */ \
    case __LINE__: \
        r = awi_group_end(t, &(group), r); \
        if (r == AW_PENDING) \
            return r; \
    } while (0)

/* Starts f as a task with these fields; the handle, counted. */
#define START(f, ...) \
    rt_start(&awfd_##f, &(struct awf_##f){__VA_ARGS__}.aw)
struct aw_task *rt_start(const struct aw_desc *d, const struct aw_frame *f);

/* The current loop's errors that nobody awaits go to the trace: "lost 7". */
void rt_watch(void);

/* What worker NAME does: logs "NAME+", sleeps ms (not at all when negative),
 * then throws `error`, or logs "NAME." and returns `value`. Cancelled, it logs
 * "NAME!", cleans up for `cleanup` ms, logs "NAME~" (again cancelled there:
 * "NAME!!") and ends with AW_CANCELLED, or with `late`, or well. */
struct work {
    const char *name;
    int64_t ms;
    int error, value;
    int64_t cleanup;
    int late;
    bool swallow;
};

struct awf_worker {
    struct aw_frame aw;
    int ret;
    struct work w;
};
int awfr_worker(struct aw_frame *self, struct aw_task *t, int r);
extern const struct aw_desc awfd_worker;

/* A worker as child of a combinator. */
struct kid {
    struct awi_child k;
    struct awf_worker f;
};
void rt_add(struct awi_gather *g, struct kid *k, struct work w, int *dst);

/* Starts a worker as a task; the handle is counted. */
struct aw_task *rt_spawn(struct work w);

/* A handle as child: stores its int result. */
void rt_add_task(struct awi_gather *g, struct awi_handle *h,
                 struct aw_task *t, int *dst);

/* Runs the frame of type awfr_f, zeroed but for `init`, as main. */
#define RUN(f, ...) \
    rt_run(&(struct { struct awi_child k; struct awf_##f f; }){ \
               .f = {__VA_ARGS__}}.k, \
           offsetof(struct { struct awi_child k; struct awf_##f f; }, f), \
           &awfd_##f)
int rt_run(struct awi_child *main, size_t at, const struct aw_desc *d);

#endif
