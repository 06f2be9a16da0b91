/* SPDX-License-Identifier: 0BSD
 * async/await for C: what programs call. The forms await, aw_gather,
 * aw_task(T) ... are syntax of awaitc; everything else is here. Plain C and
 * C++ may include this too: async functions cannot be called from there.
 * "Rule" numbers refer to README.md beside this file. Unless a function says
 * otherwise it is called on the thread of its loop, and not from interrupts
 * or signal handlers. */
#ifndef AW_H
#define AW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined __AWAITC__ && !defined AW_EDITOR
#include "aw_gen.h"
#include "aw_wait_gen.h"
#else
struct aw_task;
#define aw_task(T) struct aw_task *
#if !defined _Async && defined __has_attribute
#if __has_attribute(unavailable)
#define _Async \
    __attribute__((unavailable("async: can only be awaited, in a .aw file")))
#elif __has_attribute(error)
#define _Async \
    __attribute__((error("async: can only be awaited, in a .aw file")))
#endif
#endif
#ifndef _Async
#define _Async              /* a call does not link */
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The error of an await that was cancelled. Codes of -4096 and below are the
 * library's; errno values and the program's own numbers are all others. */
#ifndef AW_CANCELLED
#define AW_CANCELLED (-4096)
#endif

/* Of <aw_io.h>: a stream has ended before what was asked for; nobody knows a
 * host of that name. */
#define AW_EOF (-4097)
#define AW_NO_HOST (-4098)

/* --- time ---------------------------------------------------------------- */

/* Waits at least `ms` milliseconds, never less; one round of the loop when
 * ms <= 0. Error: AW_CANCELLED. Rules 2.1, 2.5. */
_Async void aw_sleep_ms(int64_t ms);

/* Monotonic time in milliseconds, from an arbitrary start; virtual on port
 * `sim`. From any thread. */
int64_t aw_now_ms(void);

/* --- tasks (rules 3) ----------------------------------------------------- */

/* Takes one more reference to t (NULL is allowed) and returns t. */
aw_task(void) aw_task_retain(aw_task(void) t);

/* Gives a reference back; NULL is allowed. A task runs on without one. */
void aw_task_release(aw_task(void) t);

/* Asks t to end: what it waits for ends with AW_CANCELLED, on t's own turn.
 * false, and nothing is asked, when t is NULL, has ended, is running, or waits
 * for the running task. */
bool aw_cancel(aw_task(void) t);

/* Whether the body of t has ended; true for NULL. */
bool aw_done(aw_task(void) t);

/* The running task, not counted; NULL outside a loop. */
aw_task(void) aw_current_task(void);

/* The name for dumps and reports: as set, else that of the function. The
 * string stays the caller's and must outlive t. */
const char *aw_task_name(aw_task(void) t);
void aw_task_set_name(aw_task(void) t, const char *name);

/* --- errors -------------------------------------------------------------- */

/* One step of an error's way: where it was thrown, then each await it passed,
 * innermost first. Debug builds only. */
typedef struct aw_trail_entry {
    const char *function;
    const char *file;
    unsigned line;
} aw_trail_entry;

typedef struct aw_error_report {
    const char *message;
    int error;
    aw_task(void) task;             /* that ended with it; NULL: none */
    const aw_trail_entry *trail;
    size_t trail_length;            /* 0 in release builds */
} aw_error_report;

/* Who is told of errors that nobody awaits, on the current loop (nothing
 * happens when there is none). NULL restores the default, which prints to
 * stderr where there is one. The report is valid during the call. */
void aw_loop_set_exception_handler(
    void (*fn)(void *ctx, const aw_error_report *report), void *ctx);

/* A name for the library's codes and errno values; static storage. From any
 * thread. */
const char *aw_strerror(int error);

/* Prints the tree of tasks of this thread's loop: name, state, chain of
 * awaits. Hosted ports only. */
void aw_dump(int fd);

/* What a tracer is told, in this order for each task: NEW, BEGIN, then WAIT,
 * READY and BEGIN as often as it waits, END. A task that is cancelled before it
 * began has no BEGIN, one that only gives way (aw_sleep_ms(0)) no READY. IDLE
 * and BUSY: the loop sleeps, goes on; STOP: it ends; task is NULL then. */
enum aw_trace_event {
    AW_TRACE_NEW, AW_TRACE_READY, AW_TRACE_BEGIN, AW_TRACE_WAIT, AW_TRACE_END,
    AW_TRACE_IDLE, AW_TRACE_BUSY, AW_TRACE_STOP
};

typedef struct aw_trace_report {
    enum aw_trace_event event;
    aw_task(void) task;
} aw_trace_report;

/* Has fn told of what tasks of the current loop do from now on, but of the end
 * of the step under way; NULL ends that. It may look at the task (aw_task_name)
 * but not touch it or the loop. Nothing happens without a loop. A runtime built
 * with AW_TRACE=0, the default where there is no operating system, does not
 * have it. */
void aw_loop_set_tracer(
    void (*fn)(void *ctx, const aw_trace_report *report), void *ctx);

/* A tracer that writes to a descriptor, as JSON that ui.perfetto.dev and
 * chrome://tracing show: each task with its waits, each step, idle time. The
 * file is complete when the loop ends, or with fd -1. One loop a program at a
 * time. Hosted ports only. */
void aw_trace_to(int fd);

/* --- the loop ------------------------------------------------------------ */

/* Runs until aw_loop_stop(); 0, or EBUSY inside a running loop, or ENOMEM. */
int aw_loop_run_forever(void);

/* Lets everything already ready take one more step, then ends run_forever. */
void aw_loop_stop(void);

/* Runs what is ready once, without waiting. Returns the tick (aw_now_ms) at
 * which it wants to be called next: now or earlier when something is ready,
 * INT64_MAX when it waits for no time. */
int64_t aw_loop_run_once(void);

/* A descriptor that becomes readable when run_once should be called before
 * that tick; -1 on ports without. It stays the loop's. */
int aw_loop_fd(void);

/* Ends the loop of run_forever, run_until_complete and run_once: cancels what
 * is left and runs it to its end, as aw_run does. 0, or EBUSY inside it. */
int aw_loop_close(void);

/* --- synchronisation (rules 6) ------------------------------------------- */

/* All of these are the program's memory, initialised by the _INIT macros or,
 * but for conditions, semaphores, barriers and queues, by zero bytes. They
 * belong to one loop, flags excepted, and must outlive their waiters. Every
 * wait may end with AW_CANCELLED. */
struct awi_waiters {
    void *first, *last;
};

/* Sticky: once set, nobody waits until it is cleared. */
typedef struct aw_event {
    struct awi_waiters waiters;
    bool is_set;
} aw_event;
#define AW_EVENT_INIT {{0, 0}, false}

_Async void aw_event_wait(aw_event *event);
void aw_event_set(aw_event *event);     /* wakes all, in order */
void aw_event_clear(aw_event *event);
bool aw_event_is_set(const aw_event *event);

/* For one waiter, who clears it; set from anywhere: interrupts, signal
 * handlers, other threads. It must stay until nobody sets it any more, and so
 * must the loop that waits for it. */
typedef struct aw_flag {
    void *waiter;
    void *loop;             /* of the waiter; atomic */
    struct aw_flag *next;   /* set, the loop has not seen it yet */
    int is_set, pending;    /* atomic */
} aw_flag;
#define AW_FLAG_INIT {0, 0, 0, 0, 0}

_Async void aw_flag_wait(aw_flag *flag);    /* EBUSY: somebody waits */
void aw_flag_set(aw_flag *flag);
void aw_flag_clear(aw_flag *flag);

/* Not re-entrant. Release hands it to the first waiter: it never becomes free
 * in between. Release of a free one: EPERM, else 0. */
typedef struct aw_lock {
    struct awi_waiters waiters;
    bool locked;
} aw_lock;
#define AW_LOCK_INIT {{0, 0}, false}

_Async void aw_lock_acquire(aw_lock *lock);
int aw_lock_release(aw_lock *lock);
bool aw_lock_locked(const aw_lock *lock);

/* A counter of permits: acquire waits for one, release adds one, or hands it
 * to the first waiter. */
typedef struct aw_semaphore {
    struct awi_waiters waiters;
    size_t value;
} aw_semaphore;
#define AW_SEMAPHORE_INIT(n) {{0, 0}, (n)}

_Async void aw_semaphore_acquire(aw_semaphore *semaphore);
void aw_semaphore_release(aw_semaphore *semaphore);

/* Wait releases the lock, waits for a notification, and has the lock again
 * when it ends, however it ends. Both need the lock to be held: EPERM. Notify
 * wakes up to n waiters and returns 0. */
typedef struct aw_condition {
    aw_lock *lock;
    struct awi_waiters waiters;
} aw_condition;
#define AW_CONDITION_INIT(lock) {(lock), {0, 0}}

_Async void aw_condition_wait(aw_condition *condition);
int aw_condition_notify(aw_condition *condition, size_t n);
int aw_condition_notify_all(aw_condition *condition);

/* The nth to wait wakes the n - 1 before; each gets a different number, in
 * order of arrival. Then it is as new. */
typedef struct aw_barrier {
    struct awi_waiters waiters;
    size_t parties, count;
} aw_barrier;
#define AW_BARRIER_INIT(n) {{0, 0}, (n), 0}

_Async int aw_barrier_wait(aw_barrier *barrier);

/* Bounded, over the program's array: aw_queue(T) q = AW_QUEUE_INIT(array).
 *     async void aw_queue_put(aw_queue(T) *q, T value)
 *     async T aw_queue_get(aw_queue(T) *q)
 * put waits while it is full, get while it is empty. After close, put and
 * those who wait in it end with EPIPE, get when nothing is left. */
struct aw_queue {
    void *array;
    size_t size;            /* of an element */
    size_t capacity, count;
    size_t head;            /* index of the oldest element */
    struct awi_waiters getters, putters;
    size_t getting, putting;    /* chosen, not yet resumed */
    bool closed;
};
#define AW_QUEUE_INIT(array) \
    {(array), sizeof *(array), sizeof(array) / sizeof *(array), 0, 0, \
     {0, 0}, {0, 0}, 0, 0, false}
#ifndef __AWAITC__
#define aw_queue(T) struct aw_queue
#endif

void aw_queue_close(struct aw_queue *queue);

/* What the name of an aw_group block is, to hand on. */
typedef struct awi_group *aw_group_ref;

/* --- memory -------------------------------------------------------------- */

/* Where aw_create_task, groups and boxed calls get memory. alloc returns NULL
 * when there is none, else memory aligned for any object of the language of
 * that size; free is told the size asked for. */
typedef struct aw_allocator {
    void *(*alloc)(void *ctx, size_t size);
    void (*free)(void *ctx, void *p, size_t size);
    void *ctx;
} aw_allocator;

/* For all loops, before the first one starts; the struct must stay. NULL
 * restores the default: a pool over malloc where hosted, else none. */
void aw_set_allocator(const aw_allocator *a);

#ifdef AW_EDITOR
#include "aw_editor.h"
#endif

#ifdef __cplusplus
}
#endif
#endif
