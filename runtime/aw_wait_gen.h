/* SPDX-License-Identifier: 0BSD
 * The frames of the async functions of <aw.h>, and the combinators that have
 * as many children as the program finds when it runs, for generated code and
 * the runtime; see aw_gen.h. */
#ifndef AW_WAIT_GEN_H
#define AW_WAIT_GEN_H

#if defined __AWAITC__ && defined __GNUC__
#pragma GCC system_header
#endif

#include "aw_gen.h"

#ifdef __cplusplus
extern "C" {
#endif

struct awf_aw_sleep_ms {
    struct aw_frame aw;
    int64_t ms;
};

struct awf_aw_event_wait {
    struct aw_frame aw;
    struct aw_event *event;
};

struct awf_aw_flag_wait {
    struct aw_frame aw;
    struct aw_flag *flag;
};

struct awf_aw_lock_acquire {
    struct aw_frame aw;
    struct aw_lock *lock;
};

struct awf_aw_semaphore_acquire {
    struct aw_frame aw;
    struct aw_semaphore *semaphore;
};

struct awf_aw_condition_wait {
    struct aw_frame aw;
    struct aw_condition *condition;
    int error;              /* to end with once the lock is held again */
};

struct awf_aw_barrier_wait {
    struct aw_frame aw;
    int ret;
    struct aw_barrier *barrier;
};

/* The value stands in the awaiting frame and is copied when it can be put;
 * got, it is copied to `dst`. A bound get needs a descriptor of its own with
 * `store`. */
struct awf_aw_queue_put {
    struct aw_frame aw;
    struct aw_queue *queue;
    const void *value;
};

struct awf_aw_queue_get {
    struct aw_frame aw;
    struct aw_queue *queue;
    void *dst;
};

AWI_FUNCTION(aw_sleep_ms);
AWI_FUNCTION(aw_event_wait);
AWI_FUNCTION(aw_flag_wait);
AWI_FUNCTION(aw_lock_acquire);
AWI_FUNCTION(aw_semaphore_acquire);
AWI_FUNCTION(aw_condition_wait);
AWI_FUNCTION(aw_barrier_wait);
AWI_FUNCTION(aw_queue_put);
AWI_FUNCTION(aw_queue_get);

/* aw_gather_tasks(tasks, n): one allocation when it has to wait. */
struct awi_gather_tasks {
    struct awi_gather g;
    struct aw_task *const *tasks;
    size_t n;
    struct awi_handle *nodes;
};
void awi_gather_tasks_init(struct awi_gather_tasks *g,
                           struct aw_task *const *tasks, size_t n);
int awi_gather_tasks(struct aw_frame *self, struct aw_task *t, int outcome);
extern const struct aw_desc awi_gather_tasks_desc;

/* aw_gather_each: a gather of n children that are an array, in the frame or in
 * a piece of memory, which new gives: NULL when n is 0, or without memory, and
 * then the gather ends with ENOMEM. Then n children are added: tasks with
 * awi_gather_add_task(), calls with awi_gather_each_add(), which knows the one
 * behind, or for the last one the first, and awi_gather_each_end() behind. */
struct awi_gather_each {
    struct awi_gather g;
    void *mem;              /* when it is not in the frame */
    size_t size;            /* bytes of mem */
};
void *awi_gather_each_new(struct awi_gather_each *e, size_t n, size_t size,
                          size_t align);
static inline void awi_gather_each_add(struct awi_gather_each *e,
                                       struct awi_child *c,
                                       struct awi_child *next,
                                       struct aw_frame *f,
                                       const struct aw_desc *d, void *dst)
{
    awi_call_init(c, f, d, dst);
    c->task.m.owner = e;
    c->task.m.link = &next->task;
    c->task.m.n.next = &next->task.m.n;
}
static inline void awi_gather_each_end(struct awi_gather_each *e,
                                       struct awi_child *last, size_t n)
{
    e->g.last = &last->task.m;
    e->g.left = (uint32_t)n;
}
int awi_gather_each(struct aw_frame *self, struct aw_task *t, int outcome);
extern const struct aw_desc awi_gather_each_desc;

/* A count as written: none when it is negative. */
static inline size_t awi_count(int64_t n)
{
    return n > 0 ? (size_t)n : 0;
}

#ifdef __cplusplus
}
#endif
#endif
