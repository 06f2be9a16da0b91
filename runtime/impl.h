/* SPDX-License-Identifier: 0BSD
 * Shared between the files of the runtime: the loop, the states of tasks, and
 * what each file offers the others. */
#ifndef AW_IMPL_H
#define AW_IMPL_H

#define AWI_RUNTIME 1
#include "aw.h"
#include "aw_gen.h"
#include "aw_wait_gen.h"
#include "aw_port.h"

/* Errors of the library are errno values where there are such: of the C library
 * that the program sees, freestanding or not. */
#if __STDC_HOSTED__
#define AWI_ERRNO 1
#elif defined __has_include
#if __has_include(<errno.h>)
#define AWI_ERRNO 1
#endif
#endif
#ifdef AWI_ERRNO
#include <errno.h>
#else
#define EPERM 1
#define ENOMEM 12
#define EBUSY 16
#define EPIPE 32
#define EDEADLK 35
#define ETIMEDOUT 110
#endif

/* Whether code that only saves time is welcome. */
#ifdef __OPTIMIZE_SIZE__
#define AWI_FAST 0
#else
#define AWI_FAST 1
#endif

#ifdef __GNUC__
#define AWI_LIKELY(x) __builtin_expect(!!(x), 1)
#define AWI_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define AWI_COLD __attribute__((cold))
#else
#define AWI_LIKELY(x) (x)
#define AWI_UNLIKELY(x) (x)
#define AWI_COLD
#endif

/* A rarer path, out of the way: the common one then saves no registers. Short
 * and called often: in one place, which is less code. */
#if defined __GNUC__
#define AWI_NOINLINE __attribute__((noinline))
#else
#define AWI_NOINLINE
#endif
#if defined __GNUC__ && AWI_FAST
#define AWI_APART AWI_NOINLINE
#define AWI_INLINE inline __attribute__((always_inline))
#else
#define AWI_APART
#define AWI_INLINE inline
#endif

/* What only parts of the library call back that a program may not be linked
 * with: it is never called then, and does not pull that part in. */
#if defined __GNUC__ && defined __ELF__
#define AWI_OPTIONAL __attribute__((weak))
#else
#define AWI_OPTIONAL
#endif

/* Flags of a node. */
#define AWI_ASKED 1u        /* a cancellation is outstanding; awi_own() */
#define AWI_AWAITED 2u      /* somebody has taken the error, or will */
#define AWI_GRANTED 4u      /* chosen by a sync object, see sync.c */
#define AWI_WAITED 8u       /* m.link is the ring of waiters, see task.c */
#define AWI_NAMED 16u       /* m.link is a struct awi_name, see task.c */
#define AWI_SEEN 32u        /* during a walk */
#define AWI_SWEPT 64u       /* cancelled by the end of the loop */
/* AWI_PLAIN: see awi_gather_add() */

/* --- the timer wheel (timer.c) ------------------------------------------- */

/* Slots a level (log 2) and levels; what lies beyond waits in the last level.
 * The first level of a large wheel has four times as many, so that more timers
 * need not be moved. A small machine takes 4 and 5: 640 bytes instead of 9
 * KiB. With 0 slots it is a list in order of deadline: the least code and
 * memory, for a few dozen timers, since arming one looks at those that are due
 * later. */
#ifndef AW_WHEEL_BITS
#define AW_WHEEL_BITS 6
#endif
#ifndef AW_WHEEL_LEVELS
#define AW_WHEEL_LEVELS 6
#endif

#if AW_WHEEL_BITS == 0
struct awi_wheel {
    int64_t now;            /* every node due up to here has been taken */
    size_t count;
    struct awi_node *first, *last;
};
#else
#define AWI_SLOTS (1u << AW_WHEEL_BITS)

/* One bit a slot: so many words for the first level, one for each other. */
#if AW_WHEEL_BITS == 6
#define AWI_FIRST_BITS 8
typedef uint64_t awi_bits;
#elif AW_WHEEL_BITS == 5
typedef uint32_t awi_bits;
#else
typedef uint16_t awi_bits;
#endif
#ifndef AWI_FIRST_BITS
#define AWI_FIRST_BITS AW_WHEEL_BITS
#endif
#define AWI_FIRST_WORDS (1u << (AWI_FIRST_BITS - AW_WHEEL_BITS))
#define AWI_WORDS (AWI_FIRST_WORDS + AW_WHEEL_LEVELS - 1u)

struct awi_slot {
    struct awi_node *first, *last;
};

struct awi_wheel {
    int64_t now;            /* every node due up to here has been taken */
    size_t count;
    awi_bits used[AWI_WORDS];           /* bits are cleared late */
    struct awi_slot slot[AWI_WORDS * AWI_SLOTS];
};
#endif

/* --- the loop ------------------------------------------------------------ */

/* Steps of errors that are remembered, for reports; debug builds of programs
 * fill them. */
#ifndef AW_TRAIL
#define AW_TRAIL 16
#endif

struct awi_step {
    const struct aw_task *task;
    const void *aside;      /* frame whose clause or cleanup runs, see */
    unsigned region;        /* awi_trail_aside(); else NULL */
    int error;
    aw_trail_entry at;
};

/* How deep boxed calls nest on the C stack, see awi_box_call. */
#ifndef AW_DEPTH
#define AW_DEPTH 64
#endif

/* --- descriptors (fd.c) -------------------------------------------------- */

#if __STDC_HOSTED__
#define AWI_FD_BITS 6   /* a tree for each value of these, from the lowest on */
#define AWI_TREES (1 << AWI_FD_BITS)

struct awi_fds {
    struct awi_tree {
        struct awi_node *root;  /* those who wait */
        uint64_t epoch;
    } tree[AWI_TREES];
    size_t count;
    unsigned spare;             /* events that nobody waited for */
};
#endif

/* A task that waits for a descriptor leaves the tree. */
AWI_OPTIONAL void awi_fd_leave(struct aw_loop *l, struct aw_task *t);

/* Whether tasks can be traced: a test a step. */
#ifndef AW_TRACE
#define AW_TRACE __STDC_HOSTED__
#endif

/* What is to be done at the end of a turn, before the next one begins. */
#define AWI_PAUSE 1u    /* the run function is asked */
#define AWI_DESCEND 2u  /* its last task runs once more */
#define AWI_LOOK 4u     /* there are timers, descriptors or a tracer */

/* Whether turns follow each other unasked. What comes from outside has to be
 * noticed by whoever queues a task then. */
#define AWI_OPEN_TURNS (AWI_FAST && __STDC_HOSTED__)

/* Whether a turn may get to the end of the queue, or to a mark. */
#define AWI_MARKS (AWI_OPEN_TURNS || AW_TRACE)

struct aw_loop {
    struct awi_queue ready;
    struct awi_node *extended;  /* aw_loop_stop() lets the turn go to it */
    struct aw_task *running;
    unsigned breaks;        /* AWI_PAUSE and so on */
    int sleeping;           /* in awi_port_wait, or about to be; atomic */
    int interrupted;        /* main is to be cancelled; atomic */
#if __STDC_HOSTED__
    aw_flag alarm;          /* set with it: one question less for who runs */
#endif
    struct aw_task *main;   /* of the run under way */
    struct aw_task *first, *last;   /* tasks not owned, in order of creation */
    bool busy;              /* inside a run function */
    bool ending;            /* in awi_loop_drain: nothing is shielded now */
    bool stop;
    uint16_t depth;         /* boxed calls on the C stack */
    bool own;               /* from the allocator, stays between runs */
    void (*handler)(void *ctx, const aw_error_report *report);
    void *handler_ctx;
#if AW_TRACE
    void (*tracer)(void *ctx, const aw_trace_report *report);
    void *tracer_ctx;
    struct awi_node mark;   /* queued where a turn ends early; else no next */
#endif
    struct awi_port port;
#if __STDC_HOSTED__
    struct awi_fds fds;
#endif
#if AW_TRAIL > 0
    size_t steps;
    struct awi_step step[AW_TRAIL];
#endif
    struct awi_wheel wheel;
};

/* The turn under way does not go over into the next one. */
static inline void awi_break(struct aw_loop *l, unsigned why)
{
    if (AWI_OPEN_TURNS) /* else none does */
        l->breaks |= why;
}

/* The loop of this thread, NULL when there is none. */
static inline struct aw_loop *awi_here(void)
{
    return (struct aw_loop *)(void *)awi_loop;
}

/* --- what comes from outside (flag.c) ------------------------------------ */

/* Atomic where others than the loop's thread exist: a plain look, a store and
 * a load that are ordered with all others. Without atomic instructions there
 * are only interrupts, on the same processor. */
#if defined __GCC_ATOMIC_POINTER_LOCK_FREE && \
    __GCC_ATOMIC_POINTER_LOCK_FREE == 2
#define AWI_ATOMIC 1
#define AWI_LOAD(p) __atomic_load_n(p, __ATOMIC_SEQ_CST)
#define AWI_STORE(p, v) __atomic_store_n(p, v, __ATOMIC_SEQ_CST)
#define AWI_PEEK(p) __atomic_load_n(p, __ATOMIC_RELAXED)
#define AWI_LOAD_P(p) AWI_LOAD(p)
#define AWI_STORE_P(p, v) AWI_STORE(p, v)
#else
#define AWI_ATOMIC 0
#define AWI_LOAD(p) (*(volatile int *)(p))
#define AWI_STORE(p, v) (*(volatile int *)(p) = (v))
#define AWI_PEEK(p) AWI_LOAD(p)
#define AWI_LOAD_P(p) (*(void *volatile *)(p))
#define AWI_STORE_P(p, v) (*(void *volatile *)(p) = (v))
#endif

/* Wakes the waiters of the flags that were set from outside. */
AWI_OPTIONAL void awi_take_outside(struct aw_loop *l);

/* Cancels the main task at the next turn. Any thread, signal handlers. */
void awi_interrupt(struct aw_loop *l);

/* --- tracing (loop.c) ---------------------------------------------------- */

#if AW_TRACE
#define AWI_TRACED(l) AWI_UNLIKELY((l)->tracer != 0)
AWI_COLD
void awi_trace(struct aw_loop *l, enum aw_trace_event event, struct aw_task *t);
/* A task joins the ready queue. */
AWI_COLD
void awi_trace_queued(struct aw_loop *l, struct awi_node *n);
#else
#define AWI_TRACED(l) false
#define awi_trace(l, event, t) ((void)0)
#define awi_trace_queued(l, n) ((void)0)
#endif

/* --- queue --------------------------------------------------------------- */

/* Whether it is enough to append: nobody wants to know what is queued, and
 * nothing has come from outside that has to stand before it. */
static inline bool awi_quiet(struct aw_loop *l)
{
#if AW_TRACE
    return !((uintptr_t)l->tracer | (uintptr_t)awi_outside(&l->ready));
#else
    return !awi_outside(&l->ready);
#endif
}

/* Whether no task is ready. */
static inline bool awi_is_idle(const struct aw_loop *l)
{
    return l->ready.end.next == &l->ready.end;
}

static inline void awi_append(struct aw_loop *l, struct awi_node *n)
{
    awi_queue_append(&l->ready, n, n);
}

/* Queues `n` when it is not quiet (loop.c). */
AWI_COLD void awi_queue_loudly(struct aw_loop *l, struct awi_node *n);

static inline void awi_queue(struct aw_loop *l, struct awi_node *n)
{
    if (AWI_FAST && AWI_LIKELY(awi_quiet(l)))
        awi_append(l, n);
    else
        awi_queue_loudly(l, n);
}

/* `n` stands before any other. */
static inline void awi_queue_first(struct aw_loop *l, struct awi_node *n)
{
    if (awi_is_idle(l))
        l->ready.end.prev = n;
    n->next = l->ready.end.next;
    l->ready.end.next = n;
}

/* A waiting task that is on no list any more becomes ready; its await ends
 * with `outcome`. awi_set_ready leaves it to the caller to queue it, and stores
 * what nobody reads where that spares a branch. */
static inline void awi_set_ready(struct aw_task *t, int outcome)
{
    t->m.n.state = outcome ? AWI_THROWN : AWI_READY;
    if (!AWI_FAST || outcome)
        t->m.n.u.outcome = outcome;
}

#if AWI_FAST
static inline void awi_ready(struct aw_loop *l, struct aw_task *t, int outcome)
{
    awi_set_ready(t, outcome);
    awi_queue(l, &t->m.n);
}
#else
void awi_ready(struct aw_loop *l, struct aw_task *t, int outcome); /* loop.c */
#endif

/* The running task waits, in the frame that runs. */
static inline int awi_wait(struct aw_task *t, enum awi_state state, void *on)
{
    t->m.n.state = (uint8_t)state;
    t->m.n.u.on = on;
    return AW_PENDING;
}

/* --- timer.c ------------------------------------------------------------- */

void awi_wheel_init(struct awi_wheel *w, int64_t now);

/* Puts `n` on the wheel, due at `when` (at the next turn if that has passed);
 * takes it off before. */
void awi_wheel_add(struct awi_wheel *w, struct awi_node *n, int64_t when);
void awi_wheel_remove(struct awi_wheel *w, struct awi_node *n);

/* The same of a deadline, which waits while its state is AWI_SLEEP. */
void awi_timer_arm(struct awi_timer *timer, int64_t when);
void awi_timer_stop(struct awi_timer *timer);

/* The next node due at or before `now`, taken off, in order of deadline, then
 * of arming; NULL when there is none, then w->now = now. */
struct awi_node *awi_wheel_take(struct awi_wheel *w, int64_t now);

/* The tick at which something has to be done, at or before the first
 * deadline; INT64_MAX when the wheel is empty. */
int64_t awi_wheel_next(struct awi_wheel *w);

/* The tick `ms` after the present moment. */
int64_t awi_deadline(struct aw_loop *l, int64_t ms);

/* Takes everything due off the wheel and makes it ready. */
void awi_collect(struct aw_loop *l);

/* --- task.c -------------------------------------------------------------- */

/* How `t` ends well: AWI_HEAP when it belongs to nobody, and PLAIN, as a child
 * or of a group, when it has no name and nobody else waits for it. */
enum {
    AWI_PLAIN_CHILD = AWI_CHILD | AWI_PLAIN << 8,
    AWI_PLAIN_SPAWNED = AWI_SPAWNED | AWI_PLAIN << 8
};

static inline unsigned awi_what_ends(const struct aw_task *t)
{
    unsigned mask = 0xffu | (AWI_PLAIN | AWI_WAITED | AWI_NAMED) << 8;
    return mask & (t->m.n.kind | (unsigned)t->m.n.flags << 8);
}

static inline void awi_set_ended(struct aw_task *t, int error)
{
    t->m.n.state = AWI_ENDED;
    t->m.n.u.outcome = error;
}

/* The body of `t` is over, with `error`; the ends of plain ones are apart. */
void awi_task_ended(struct aw_loop *l, struct aw_task *t, int error);
/* The turn of a task that must not be resumed: DOOMED or ENDED. */
void awi_special_step(struct aw_loop *l, struct aw_task *t);

/* Whether the body of `t`, which is ready and does not run, has not been
 * entered. A frame that waits has another state, or is not the root. */
static inline bool awi_is_new(const struct aw_task *t)
{
    return t->leaf->up == 0 && t->leaf->state == 0;
}

/* The frame that awaits `f`, which is not boxed; of the root of a task the root
 * itself. */
static inline struct aw_frame *awi_near_parent(struct aw_frame *f)
{
    return (struct aw_frame *)(void *)((char *)f - (size_t)f->up * AWI_UP_UNIT);
}

/* The frame that awaits `f`, which is not the root of its task. */
static inline struct aw_frame *awi_parent(struct aw_frame *f)
{
    if (AWI_UNLIKELY(f->up == AWI_UP_BOXED))
        return ((struct aw_frame **)(void *)f)[-1];
    return awi_near_parent(f);
}

/* Calls the function of `child`, a frame somewhere behind `self`, and links it
 * to that when it waits. */
static inline int awi_call(struct aw_frame *self, struct aw_task *t,
                           struct aw_frame *child, const struct aw_desc *d)
{
    int r = d->resume(child, t, 0);
    size_t up = (size_t)((char *)child - (char *)self);
    if (!awi_waits(r))
        return r;
    return awi_link(t, r, child, d, (awi_up)(up / AWI_UP_UNIT));
}

/* Bytes that may have to be skipped to align the frame behind its task: no
 * frame is less aligned than its head. */
static inline size_t awi_task_slack(const struct aw_desc *d)
{
    struct at {
        char c;
        struct aw_frame f;
    };
    return d->align - offsetof(struct at, f);
}

/* The first place at or behind `p` that is aligned, in the same object. */
static inline char *awi_align_up(char *p, size_t align)
{
    uintptr_t mask = align - (uintptr_t)1, at = (uintptr_t)p;
    return p + (((at + mask) & ~mask) - at);
}

/* A task and its frame in one piece: its size, and made of storage at `p`. */
static inline size_t awi_task_size(const struct aw_desc *d)
{
    return sizeof(struct aw_task) + awi_task_slack(d) + d->size;
}

static inline struct aw_task *awi_task_at(char *p, enum awi_kind kind,
                                          uint32_t refs,
                                          const struct aw_desc *d)
{
    struct aw_task *t = (struct aw_task *)(void *)p;
    char *frame = (char *)(t + 1);
    if (AWI_UNLIKELY(awi_task_slack(d) > 0))
        frame = awi_align_up(frame, d->align);
    awi_task_init(t, kind, refs, (struct aw_frame *)(void *)frame, d);
    return t;
}

/* A task of a group. */
struct awi_spawned {
    struct awi_spawned *prev;   /* the one spawned before, still there */
    void *dst;
    struct aw_task task;        /* then its frame */
};

static inline struct awi_spawned *awi_spawned_of(void *task)
{
    return (struct awi_spawned *)(void *)((char *)task -
                                          offsetof(struct awi_spawned, task));
}

static inline void awi_spawned_free(struct awi_spawned *s,
                                    const struct aw_desc *d)
{
    awi_port_free(s, offsetof(struct awi_spawned, task) + awi_task_size(d));
}

/* Puts a task of no owner on the loop's list and queues it. */
void awi_task_launch(struct aw_loop *l, struct aw_task *t);

/* The neighbour of a member: m.link, or where that has gone when it is named
 * or waited for (task.c). */
void *awi_get_link(const struct awi_member *m);
void awi_set_link(struct awi_member *m, void *neighbour);

/* Whether it is m.link. */
static inline bool awi_is_linked(const struct awi_member *m)
{
    return !(m->n.flags & (AWI_NAMED | AWI_WAITED));
}

/* The next sibling of a member of a combinator. */
static inline struct awi_member *awi_sibling(const struct awi_member *m)
{
    if (AWI_LIKELY(awi_is_linked(m)))
        return (struct awi_member *)m->link;
    return (struct awi_member *)awi_get_link(m);
}

static inline void awi_set_sibling(struct awi_member *m,
                                   struct awi_member *next)
{
    if (AWI_LIKELY(awi_is_linked(m)))
        m->link = next;
    else
        awi_set_link(m, next);
}

/* Puts a waiter (task or handle) on the ring of `t`, takes it off. */
void awi_waiter_add(struct aw_task *t, struct awi_node *waiter);
void awi_waiter_remove(struct aw_task *t, struct awi_node *waiter);

/* Asks `t`, not ended and not running, to end; the same without the mark that
 * the cancellation is its own. */
void awi_cancel(struct aw_loop *l, struct aw_task *t);
void awi_deliver(struct aw_loop *l, struct aw_task *t);

/* Forgets the name of a task whose storage goes. */
void awi_forget_name(struct aw_task *t);
static inline void awi_drop_name(struct aw_task *t)
{
    if (AWI_UNLIKELY(t->m.n.flags & AWI_NAMED))
        awi_forget_name(t);
}

/* --- sync.c -------------------------------------------------------------- */

/* A task that waits for a sync object leaves its list. */
AWI_OPTIONAL void awi_ring_leave(struct aw_task *t);

/* --- gather.c ------------------------------------------------------------ */

/* A member of a combinator has ended with `error`. */
AWI_OPTIONAL
void awi_member_ended(struct aw_loop *l, struct awi_member *m, int error);
/* The body of a plain child is over, well. */
AWI_OPTIONAL void awi_plain_child_ended(struct aw_loop *l, struct aw_task *t);
/* The task that waits for a combinator or group goes on. */
void awi_wake_owner(struct aw_loop *l, struct awi_gather *g);
/* The first child of a combinator or of a group; then awi_sibling() until
 * g->last. NULL when there is none. */
struct awi_member *awi_first_member(struct awi_gather *g);

/* What a combinator is: g->mode. */
enum awi_mode { AWI_GATHER, AWI_RACE, AWI_SHIELD, AWI_WAIT_FOR, AWI_GROUP };

/* The deadline of a wait_for has passed. */
AWI_OPTIONAL void awi_wait_for_due(struct aw_loop *l, struct awi_timer *timer);

/* g->flags; a group has others. */
#define AWI_CANCELLED 1u /* held: the wait for it was cancelled */
#define AWI_EXPIRED 2u   /* wait_for: the deadline has passed */
#define AWI_DECIDED 4u   /* race: there is a winner */
#define AWI_EXPOSED 8u   /* shield: the end of the loop has cancelled it */
#define AWI_HANDLES 16u  /* tasks are among the members, not calls alone */
#define AWI_PIECE 32u    /* each: its children are in memory of their own */

/* The children of an aw_gather_each, or of any other gather, have ended: their
 * memory goes, if they had some of their own (each.c). */
AWI_OPTIONAL void awi_gather_each_free(struct awi_gather *g);

/* Cancels the members that have not ended, in argument order. */
void awi_cancel_members(struct aw_loop *l, struct awi_gather *g);

/* The end of the loop cancels every task, shielded ones too: there is nobody
 * left who could let them end. */
void awi_expose(struct aw_loop *l, struct awi_gather *g);

/* Gives back what `f` holds, if anything: see desc->drop. */
static inline void awi_drop(struct aw_frame *f, const struct aw_desc *d)
{
    if (d->drop)
        d->drop(f);
}

/* --- block.c ------------------------------------------------------------- */

/* A task of a group has ended. */
AWI_OPTIONAL
void awi_spawned_ended(struct aw_loop *l, struct aw_task *t, int error);
AWI_OPTIONAL void awi_plain_spawned_ended(struct aw_loop *l, struct aw_task *t);
/* The deadline of a timeout block has passed. */
AWI_OPTIONAL void awi_timeout_due(struct aw_loop *l, struct awi_timer *timer);

/* --- error.c ------------------------------------------------------------- */

/* Tells the exception handler of an error that nobody will get; cancellation
 * is never reported. */
void awi_report(struct aw_loop *l, struct aw_task *t, int error,
                const char *message);

/* The error that `from` ended with goes on in `to`; its steps so far. Others
 * may get it too when `shared`. */
#if AW_TRAIL > 0
void awi_trail_follow(struct aw_loop *l, const struct aw_task *from,
                      struct aw_task *to, int error, bool shared);
/* The error has been handled. */
void awi_trail_forget(struct aw_loop *l, const struct aw_task *t, int error);
size_t awi_trail_copy(struct aw_loop *l, const struct aw_task *t, int error,
                      aw_trail_entry *out);
#else
#define awi_trail_follow(l, from, to, error, shared) \
    ((void)(l), (void)(from), (void)(to))
#define awi_trail_forget(l, t, error) ((void)(l), (void)(t))
#define awi_trail_copy(l, t, error, out) ((void)(l), (void)(t), (size_t)0)
#endif

/* --- pool.c (hosted) ----------------------------------------------------- */

/* What the pool of this thread does not use goes back to the system: as a loop
 * ends. */
void awi_pool_trim(void);

/* --- loop.c -------------------------------------------------------------- */

/* A loop in `l`, the current one of this thread; 0 or an error. Runs `main`
 * to its end and gives its error (its result is not stored); runs all that
 * is left, cancelled; ends the loop. */
int awi_loop_open(struct aw_loop *l, bool own);
int awi_loop_main(struct aw_loop *l, struct awi_child *main);
void awi_loop_drain(struct aw_loop *l);
void awi_loop_shut(struct aw_loop *l);

/* What a program ends with whose `async int main` ended with `error`, which is
 * printed with its trail, or with a result; 130 when it was cancelled. */
int awi_main_status(struct awi_child *main, int error,
                    const aw_trail_entry *trail, size_t n);

#endif
