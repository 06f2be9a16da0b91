/* SPDX-License-Identifier: 0BSD
 * The frames of the async functions of <aw.h>, for generated code and the
 * runtime; see aw_gen.h. */
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

#ifdef __cplusplus
}
#endif
#endif
