/* SPDX-License-Identifier: 0BSD
 * The contract between generated code and the runtime. Programs include
 * <aw.h>; this header is for the output of awaitc and for the runtime.
 *
 * An async function f is a resume function over a frame. The first call has
 * state 0 and arguments in the frame; it returns 0 when f ended well (the
 * result is in the frame), AW_PENDING or AW_LINKED when f waits, else the error
 * f ended with. A later call has in `outcome` what the awaited thing ended
 * with.
 *
 * What can be awaited, and how:
 *   a frame        call its resume function with outcome 0; when that says
 *                  that it waits: awi_link(), store own state, return AW_LINKED
 *   a leaf         awi_sleep_ms(), awi_join() ...: they suspend the caller's
 *                  own frame; on AW_PENDING just store state and return it.
 *                  One that returns nothing always waits
 *   a combinator   is a frame: init, add the children, call its resume
 * A frame's first call needs state 0; desc and up may be rubbish. */
#ifndef AW_GEN_H
#define AW_GEN_H

/* Much of this is not used by every program: no warnings for it. */
#if defined __AWAITC__ && defined __GNUC__
#pragma GCC system_header
#endif

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Both sides check this number: awaitc defines __AWAITC_ABI__ as the one it
 * writes code for, and every generated object refers to a symbol of that
 * number, so that a library of another one does not link. */
#define AW_ABI 6
#if defined __AWAITC_ABI__ && __AWAITC_ABI__ != AW_ABI
#error "this <aw.h> is of another version than this awaitc"
#endif
extern const char awi_abi_6;
#if defined __GNUC__ && !defined AWI_RUNTIME
/* gcc for other systems knows the attribute, and warns that it does nothing */
#if defined __has_attribute && (defined __linux__ || defined __clang__)
#if defined __ELF__ && __has_attribute(retain)
__attribute__((retain))         /* linkers that drop sections keep it */
#endif
#endif
static const char *const awi_abi_used __attribute__((used)) = &awi_abi_6;
#endif

/* What resume returns when the function waits; no error has these values. The
 * frame itself is what the task goes on with, which its caller has to note, or
 * one that it has called and linked. Resumed again it need not be noted. */
#define AW_PENDING INT_MIN
#define AW_LINKED (INT_MIN + 1)
static inline bool awi_waits(int r)
{
    return r <= AW_LINKED;
}

/* A generator returns AW_YIELDED when a value is in its result, and is resumed
 * with AW_CLOSED when its consumer has left: an error that no clause takes. No
 * other error has these values; the runtime itself does not know them. */
#define AW_YIELDED (INT_MIN + 2)
#define AW_CLOSED (INT_MIN + 3)

/* The error of an await that was cancelled. */
#ifndef AW_CANCELLED
#define AW_CANCELLED (-4096)
#endif

/* A function of the library that callers may have inline. */
#if defined __cplusplus || !defined __GNUC_GNU_INLINE__
#define AWI_INLINE_API inline
#else
#define AWI_INLINE_API extern inline
#endif

struct aw_frame;
struct aw_task;

/* One per async function, constant. */
struct aw_desc {
    int (*resume)(struct aw_frame *self, struct aw_task *task, int outcome);
    /* *dst = the result, as C assignment does; NULL when T is void, and then
       nothing is bound */
    void (*store)(void *dst, const struct aw_frame *self);
    const char *name;       /* of the function, for people */
    const char *file;
    const unsigned *lines;  /* by state: line of each suspension point; [0] is
                               the line of the definition */
    uint32_t size;          /* of the frame, bytes */
    uint16_t align;         /* of the frame, bytes */
    uint16_t states;        /* entries of lines */
    uint32_t result;        /* where the result stands in the frame; 0: right
                               after the header */
    /* NULL, or gives back what a frame of the runtime holds: after its result
       has been read, or when it never began; twice does nothing more */
    void (*drop)(struct aw_frame *self);
    /* NULL, or a function that the frame becomes that of in the end of this
       one, which only passes on what it returns. The states from 1 on are
       its states then, the line lines[1]; this one's own are above those */
    const struct aw_desc *tail;
};

/* `up` of a frame: 0 the root of its task, AWI_UP_BOXED allocated apart
 * (the parent's header pointer stands before the frame), else the distance
 * down to the parent's header in units of AWI_UP_UNIT bytes. */
#if UINTPTR_MAX > 0xffffffffu
typedef uint32_t awi_up, awi_point;
#define AWI_UP_BOXED UINT32_MAX
#define AWI_UP_UNIT 1u
#else
typedef uint16_t awi_up, awi_point;
#define AWI_UP_BOXED UINT16_MAX
#define AWI_UP_UNIT 4u
#endif

/* The head of every frame. `desc` and `up` are written by the awaiting side
 * once the child waits, so a call that ends at once costs neither. A result
 * stands right after it: `struct { struct aw_frame aw; T ret; ... }`. */
struct aw_frame {
    const struct aw_desc *desc;
    awi_up up;
    awi_point state;        /* suspension point to go on at; 0 is the start */
};

/* --- tasks --------------------------------------------------------------- */

/* The states of a task; task.c has the diagram. The running task is READY
 * too, and l->running: a step stores as little as it can. What stands behind
 * ENDED waits. */
enum awi_state {
    AWI_FREE,       /* storage without a task; in the queue: no task */
    AWI_READY,      /* queued (or about to be), its await ends well; see
                       awi_is_new */
    AWI_THROWN,     /* the same, u.outcome is the error its await ends with */
    AWI_DOOMED,     /* queued, cancelled before its body was entered */
    AWI_ENDED,      /* u.outcome is the error; queued when to be reported */
    AWI_SLEEP,      /* on the wheel until u.when */
    AWI_JOIN,       /* on the ring of waiters of the task u.on */
    AWI_RING,       /* on the list of waiters of a sync object, u.on */
    AWI_FLAG,       /* on no list: the aw_flag u.on has it */
    AWI_FD,         /* in the tree of fd.c, u.when: descriptor and events */
    AWI_OWNER       /* on no list: the combinator u.on will wake it */
};

enum awi_kind {
    AWI_HEAP,       /* aw_create_task, from the allocator */
    AWI_STATIC,     /* aw_start, storage of the program */
    AWI_MAIN,       /* in the frame of whoever runs the loop */
    AWI_CHILD,      /* in a combinator's frame, m.owner */
    AWI_SPAWNED,    /* of a group, m.owner, from the allocator */
    AWI_HANDLE,     /* not a task: struct awi_handle */
    AWI_DEADLINE,   /* not a task: struct awi_timer of a wait_for */
    AWI_TIMEOUT     /* not a task: struct awi_timer of a timeout block */
};

/* What stands on a list: a task, a deadline, a combinator's hold on somebody
 * else's task. The fields belong to the runtime. */
struct awi_node {
    struct awi_node *next, *prev;
    union {
        int64_t when;       /* on the timer wheel: due at this tick */
        void *on;           /* waiting: the thing waited for */
        int outcome;        /* thrown, ended: the error */
    } u;
    uint8_t state;          /* enum awi_state; all zero is a free node */
    uint8_t kind;           /* enum awi_kind */
    uint8_t flags;
    uint8_t blocks;         /* cancels of timeout and group blocks: four
                               pairs of bits, see block.c */
    uint32_t refs;
};

/* A member of a combinator, or of the loop's list of tasks. */
struct awi_member {
    struct awi_node n;
    void *owner;            /* combinator; next task in the loop's list */
    void *link;             /* next sibling or previous task, see task.c */
};

struct aw_task {
    struct awi_member m;
    struct aw_frame *leaf;  /* innermost frame, the one resumed next; after
                               the end the root frame, where the result is */
};

/* Makes `n` a node of state AWI_READY that is on no list. */
AWI_INLINE_API void awi_node_init(struct awi_node *n, enum awi_kind kind,
                                  uint32_t refs)
{
    n->state = AWI_READY;
    n->kind = (uint8_t)kind;
    n->flags = n->blocks = 0;
    n->refs = refs;
}

/* Makes `t` a task over frame `f`, not yet queued. */
AWI_INLINE_API void awi_task_init(struct aw_task *t, enum awi_kind kind,
                                  uint32_t refs, struct aw_frame *f,
                                  const struct aw_desc *d)
{
    t->leaf = f;
    f->desc = d;
    f->up = 0;
    f->state = 0;
    awi_node_init(&t->m.n, kind, refs); /* last: its bytes are one store */
}

/* Called by the awaiting function when resume of `child` returned r, that it
 * waits, on which it returns AW_LINKED itself; `up` is offsetof(child's header)
 * / AWI_UP_UNIT. Who waits itself is the task's leaf. */
static inline int awi_link(struct aw_task *t, int r, struct aw_frame *child,
                           const struct aw_desc *d, awi_up up)
{
    if (r == AW_PENDING)
        t->leaf = child;
    child->desc = d;
    child->up = up;
    return AW_LINKED;
}

/* A new task for a call of the function of `d`, in one allocation with its
 * frame; NULL when no loop runs or there is no memory. The handle counts as
 * one reference (give it back with aw_task_release). Write the arguments into
 * awi_task_frame(), then start: the task joins the tail of the ready queue. */
struct aw_task *awi_task_new(const struct aw_desc *d);
void awi_task_start(struct aw_task *t);

/* The same over static storage `struct { struct aw_task task; F frame; }`,
 * zero at first and usable again once its task has ended and no reference is
 * left: returns t, or NULL when it is in use or no loop runs. */
struct aw_task *awi_task_static(struct aw_task *t, struct aw_frame *f,
                                const struct aw_desc *d);

/* The root frame of a task not yet started, or ended. */
static inline struct aw_frame *awi_task_frame(struct aw_task *t)
{
    return t->leaf;
}

/* `await t`. Suspends the caller until `other` has ended and yields its
 * outcome; at once when it has ended already. NULL: ENOMEM; the task itself:
 * EDEADLK.
 * Whatever it returns, it holds a reference to `other` that awi_unjoin(other)
 * gives back after the result was read, on every path, also after an error:
 *     r = awi_join(t, awf->other = h);
 *     if (r == AW_PENDING) { save; state = n; return r;  resumed: ... }
 *     if (r == 0) x = *(const T *)awi_result(awf->other, _Alignof(T));
 *     awi_unjoin(awf->other); */
int awi_join(struct aw_task *t, struct aw_task *other);
void awi_unjoin(struct aw_task *other);

/* The result in the root frame of a function, and that of a task ended well:
 * T stands right after the header, at the first place aligned for it. */
static inline const void *awi_frame_result(const struct aw_frame *f,
                                           size_t align)
{
    return (const char *)f + ((sizeof *f + align - 1) & ~(align - 1));
}

/* The same of any root frame of a task, combinators too. */
static inline const void *awi_root_result(const struct aw_frame *root,
                                          size_t align)
{
    if (root->desc->result)
        return (const char *)root + root->desc->result;
    return awi_frame_result(root, align);
}

static inline const void *awi_result(const struct aw_task *done, size_t align)
{
    return awi_root_result(done->leaf, align);
}

/* What stands behind the first `size` bytes of a frame: the result of a
 * combinator that has none of its own, and the value of a queue. */
static inline const void *awi_behind(const struct aw_frame *f, size_t size,
                                     size_t align)
{
    return (const char *)f + ((size + align - 1) & ~(align - 1));
}

/* The current loop of this thread, NULL when there is none, and the part of
 * it that is worth inlining: tasks that are ready, in order, and whether
 * something was set from outside, which has to be queued first. The tasks are
 * a ring with `end`, which is none: its `next` is the first, its `prev` the
 * last; the `prev` of others is not used. */
#if defined __unix__ || defined __APPLE__
#define AWI_THREAD __thread
#else
#define AWI_THREAD
#endif
struct awi_queue {
    struct awi_node end;
    struct aw_flag *outside;    /* atomic */
};
#if defined __AWAITC__ && defined __ELF__ && defined __unix__
/* Where the runtime is in the same program its place is a constant; whether it
 * is, only the compiler of the output knows. */
__attribute__((tls_model(AWF_TLS)))
#endif
extern AWI_THREAD struct awi_queue *awi_loop;

static inline struct aw_flag *awi_outside(struct awi_queue *q)
{
#if defined __GCC_ATOMIC_POINTER_LOCK_FREE && \
    __GCC_ATOMIC_POINTER_LOCK_FREE == 2
    return __atomic_load_n(&q->outside, __ATOMIC_RELAXED);
#else
    return *(struct aw_flag *volatile *)&q->outside;
#endif
}

/* `first` to `last`, linked by `next`, join the tail. */
static inline void awi_queue_append(struct awi_queue *q,
                                    struct awi_node *first,
                                    struct awi_node *last)
{
    struct awi_node *tail = q->end.prev;
    last->next = &q->end;
    tail->next = first;
    q->end.prev = last;
}

/* `await aw_sleep_ms(ms)`: always waits, when ms <= 0 for one round. */
void awi_sleep(int64_t ms, struct aw_task *t);
static inline void awi_sleep_ms(struct aw_task *t, int64_t ms)
{
    struct awi_queue *q = awi_loop;
    if (ms > 0 || awi_outside(q)) {
        awi_sleep(ms, t); /* t is where the caller had it */
        return;
    } /* it is AWI_READY already, since it runs */
    awi_queue_append(q, &t->m.n, &t->m.n);
}

/* Whether a cancellation of `t` is outstanding: then AW_CANCELLED is t's own
 * and aw_try passes it on. */
static inline bool awi_own(const struct aw_task *t)
{
    return (t->m.n.flags & 1u) != 0 || (t->m.n.blocks & 0x55u) != 0;
}

/* The cancellations outstanding are over. */
static inline void awi_uncancel(struct aw_task *t)
{
    unsigned blocks = t->m.n.blocks;
    t->m.n.flags &= (uint8_t)~1u;
    t->m.n.blocks = (uint8_t)((blocks & 0xaau) | (blocks & 0x55u) << 1);
}

/* While a clause or a cleanup handles AW_CANCELLED, the marks that it is t's
 * own are aside, since what is awaited there may be cancelled by others, or t
 * again. They are back when the cancellation goes on, and forgotten when the
 * clause is left other than by throwing it, or another error replaces it. */
static inline int awi_marks_aside(struct aw_task *t, int error)
{
    int marks = 0;
    if (error == AW_CANCELLED) {
        marks = (t->m.n.flags & 1) << 8 | (t->m.n.blocks & 0x55);
        awi_uncancel(t);
    }
    return marks;
}

static inline void awi_marks_back(struct aw_task *t, int marks)
{
    unsigned blocks = (unsigned)marks & 0x55u;
    t->m.n.flags |= (uint8_t)(marks >> 8);
    t->m.n.blocks = (uint8_t)((t->m.n.blocks & ~(blocks << 1)) | blocks);
}

/* `throw 0`: prints where and aborts. */
void awi_throw_zero(const struct aw_desc *d, unsigned line);

/* Error trail, debug builds only: called where an error is thrown (`threw`)
 * and where an await lets it pass. awi_pass() is the latter as a value, the
 * error. */
void awi_trail(struct aw_task *t, const struct aw_desc *d, unsigned line,
               int error, bool threw);
/* The trail of a caught or pending error is put aside while its clause or
 * cleanup, `region` of the frame, runs: what is thrown there may have the same
 * code. `again`: it is thrown again, and its trail goes on. */
void awi_trail_aside(struct aw_task *t, const struct aw_frame *f,
                     unsigned region, int error);
void awi_trail_again(struct aw_task *t, const struct aw_frame *f,
                     unsigned region, int error);
int awi_pass(struct aw_task *t, const struct aw_desc *d, unsigned line,
             int error);

/* --- programs ------------------------------------------------------------ */

/* A task inside somebody's frame, its root frame somewhere behind it:
 * `struct { struct awi_child k; struct awf_f f; }`. */
struct awi_child {
    struct aw_task task;
    void *dst;              /* where desc->store puts the result, or NULL */
};

/* Make `c` a task for the call in `f`, of state 0 and with its arguments.
 * awi_gather_add() does this itself. */
void awi_child_init(struct awi_child *c, struct aw_frame *f,
                    const struct aw_desc *d, void *dst);

/* aw_run(): makes the loop, runs `main` to its end and everything left after
 * it; 0 or main's error, EBUSY inside a running loop (main did not run). */
int awi_run(struct awi_child *main);

/* The same without the end of what is left: aw_loop_run_until_complete(). */
int awi_run_until(struct awi_child *main);

/* async int main: awi_run, an escaped error printed; the exit status. */
int awi_main(struct awi_child *main);

/* --- combinators --------------------------------------------------------- */

/* gather, race, shield, and the head of the others. Generated code embeds one
 * next to its children and calls, when the coroutine is made:
 *     awi_gather_init(&s->g); awi_hold_in(&s->g, &awf->held);
 *     awi_gather_add(&s->g, &s->c1.k, &s->c1.f.aw, &awfd_f, &x);
 * then awaits the frame g.aw through awi_gather / awi_gather_desc. A function
 * awaits it as any frame; a combinator that is a child of another is added
 * with its own descriptor. */
struct awi_gather {
    struct aw_frame aw;
    int ret;                /* race: index of the winner */
    int error;              /* the first failure in time */
    uint32_t left;          /* children that have not ended; tasks given by
                               their handles count while they are waited for */
    uint8_t mode;
    uint8_t flags;
    uint16_t spare;
    struct aw_task *task;   /* once begun: that waits here, NULL when none */
    struct awi_member *last;    /* ring of children in argument order */
    struct awi_gather **held;   /* list to join when left early, then next */
};

AWI_INLINE_API void awi_gather_init(struct awi_gather *g)
{
    g->aw.state = 0; /* the rest is there already: a task's root */
    g->ret = g->error = 0;
    g->left = g->spare = g->mode = g->flags = 0;
    g->last = NULL;
    g->held = NULL;
}
void awi_race_init(struct awi_gather *g);
void awi_shield_init(struct awi_gather *g);

/* The list of combinators that the function, or root, left while children had
 * not ended (NULL at its start, one for all its combinators, nested ones too).
 * Without it the combinator waits for them before it throws. */
static inline void awi_hold_in(struct awi_gather *g, struct awi_gather **held)
{
    g->held = held;
}

/* `m` becomes the last member. The calls of a gather will join the ready queue
 * in one piece, so they are linked as they will stand there. */
AWI_INLINE_API void awi_gather_append(struct awi_gather *g,
                                      struct awi_member *m)
{
    struct awi_member *last = g->last;
    m->owner = g;
    m->link = m;
    if (last) {
        m->link = last->link;
        last->link = m;
        last->n.next = &m->n;
    }
    g->last = m;
}

/* In the flags of a child's node: at its end nothing has to be done that not
 * every child needs. Asked when it is made, where `d` is known as a rule. */
#ifdef __OPTIMIZE_SIZE__
#define AWI_PLAIN 0u
#else
#define AWI_PLAIN 128u
#endif

/* Makes `c` a task for the call in `f`, as a child that is on no list yet. */
AWI_INLINE_API void awi_call_init(struct awi_child *c, struct aw_frame *f,
                                  const struct aw_desc *d, void *dst)
{
    awi_task_init(&c->task, AWI_CHILD, 1, f, d);
    c->task.m.n.flags = d->drop ? 0 : AWI_PLAIN;
    c->dst = dst;
}

/* Adds a call as a child, a task of its own: its frame `f` has its arguments
 * and state 0, `dst` is the bound object, for d->store, or NULL. */
AWI_INLINE_API void awi_gather_add(struct awi_gather *g, struct awi_child *c,
                                   struct aw_frame *f, const struct aw_desc *d,
                                   void *dst)
{
    awi_call_init(c, f, d, dst);
    awi_gather_append(g, &c->task.m);
    g->left++;
}

/* Adds a task handle. `store` does the assignment, from the root frame of the
 * task (awi_root_result); NULL, like dst, when nothing is bound. */
struct awi_handle {
    struct awi_member m;
    void *dst;
    void (*store)(void *dst, const struct aw_frame *root);
    struct aw_task *task;
};
void awi_gather_add_task(struct awi_gather *g, struct awi_handle *h,
                         struct aw_task *t, void *dst,
                         void (*store)(void *dst, const struct aw_frame *root));

/* The first resume of a gather of calls alone, by the function that awaits it
 * and knows where they are: what was stored just now is not waited for. */
int awi_gather_calls(struct awi_gather *g, struct aw_task *t,
                     struct awi_child *first, struct awi_child *last);
int awi_gather(struct aw_frame *self, struct aw_task *t, int outcome);
int awi_race(struct aw_frame *self, struct aw_task *t, int outcome);
int awi_shield(struct aw_frame *self, struct aw_task *t, int outcome);
void awi_gather_drop(struct aw_frame *self);    /* of all combinators */
extern const struct aw_desc awi_gather_desc;    /* void */
extern const struct aw_desc awi_race_desc;      /* int, in `ret` */
extern const struct aw_desc awi_shield_desc;    /* see awi_wait_for_desc */

/* Waits until the children have ended that are held within [from, from +
 * size), or all of them when from is NULL: before a function is left, and
 * before storage that a combinator used is used again.
 *     for (r = 0; awf->held && (r = awi_drain(t, &awf->held, p, n, r)) ==
 *          AW_PENDING;) { state = n; return r;  resumed: r = awf_r; }
 * Ends with 0 or AW_CANCELLED (the wait was cancelled, the children too). */
int awi_drain(struct aw_task *t, struct awi_gather **held, const void *from,
              size_t size, int outcome);

/* The root of a task that is a combinator with others inside it: it holds what
 * they leave, as a function does that awaits the combinator. `child`, whose
 * head is in reach as that of an awi_try, holds in &root->held. Its descriptor
 * is the generated code's: resume awi_root, `result` the child's. */
struct awi_root {
    struct aw_frame aw;
    int out;                /* what the child ended with */
    struct awi_gather *held;
    struct aw_frame *child;
    const struct aw_desc *desc;
};
void awi_root_init(struct awi_root *root, struct aw_frame *child,
                   const struct aw_desc *d);
int awi_root(struct aw_frame *self, struct aw_task *t, int outcome);
void awi_root_drop(struct aw_frame *self);

/* A node of the timer wheel apart from a task. */
struct awi_timer {
    struct awi_node n;
    void *owner;
};

/* aw_wait_for_ms(coro, ms): one child, added to g by awi_gather_add or
 * awi_gather_add_task. The result of wait_for and shield is their child's:
 * read it in the child's frame, or give the child a `dst` (needed for a task
 * handle). As a bound child of another combinator they need a descriptor of
 * their own, like this one but with `store`. */
struct awi_wait_for {
    struct awi_gather g;
    struct awi_timer timer;
    int64_t ms;
};
void awi_wait_for_init(struct awi_wait_for *w, int64_t ms);
int awi_wait_for(struct aw_frame *self, struct aw_task *t, int outcome);
extern const struct aw_desc awi_wait_for_desc;

/* aw_try(binding) as a frame (a directly awaited one can be compiled away:
 * see awi_own). `child` stands within 4 GiB behind the awi_try (32-bit: 256
 * KiB), has its arguments and state 0. */
struct awi_try {
    struct aw_frame aw;
    int ret;                /* 0 or the error */
    struct aw_frame *child;
    const struct aw_desc *desc;
    void *dst;
};
void awi_try_init(struct awi_try *y, struct aw_frame *child,
                  const struct aw_desc *d, void *dst);
int awi_try(struct aw_frame *self, struct aw_task *t, int outcome);
void awi_try_drop(struct aw_frame *self);
extern const struct aw_desc awi_try_desc;       /* int, in `ret` */

/* A task handle as a frame, where no awi_handle can stand: under aw_try, or as
 * the root of a task. It holds a reference to `other`. Its result is other's;
 * a bound one needs its own descriptor with `store`, which may read
 * awi_result(other). */
struct awi_joined {
    struct aw_frame aw;
    struct aw_task *other;
};
void awi_joined_init(struct awi_joined *j, struct aw_task *other);
int awi_joined(struct aw_frame *self, struct aw_task *t, int outcome);
void awi_joined_drop(struct aw_frame *self);
extern const struct aw_desc awi_joined_desc;

/* --- blocks -------------------------------------------------------------- */

/* aw_timeout_ms (ms) { body }. Every way out of the block calls end with the
 * error it leaves with, or 0, and goes on with what end returns. */
struct awi_timeout {
    struct awi_timer timer;
    uint8_t mark;           /* of its cancellation in the task's node, or 0 */
};
void awi_timeout_begin(struct aw_task *t, struct awi_timeout *b, int64_t ms);
int awi_timeout_end(struct aw_task *t, struct awi_timeout *b, int error);

/* aw_group (g, .limit = n) { body }. Spawn: awi_group_spawn gives a task that
 * will begin when the caller waits, or NULL when nothing shall start (failed
 * group, no memory); write the arguments into awi_task_frame() at once. Every
 * way out of the block calls end with the error it leaves with, or 0, and while
 * that returns AW_PENDING waits, and calls it again with the outcome. The last
 * value is what the block ends with. */
struct awi_group {
    struct awi_gather g;
    struct aw_task *body;
    void *first;            /* children in order of spawning */
    void *waiting;          /* the first that the limit keeps from beginning */
    uint32_t limit;         /* 0 is none */
    uint32_t running;
    struct awi_timeout failed;  /* cancels the body */
};
void awi_group_begin(struct aw_task *t, struct awi_group *g, uint32_t limit);
struct aw_task *awi_group_spawn(struct awi_group *g, const struct aw_desc *d,
                                void *dst);
int awi_group_end(struct aw_task *t, struct awi_group *g, int outcome);

/* --- awaitc --poison ------------------------------------------------------ */

/* Overwrites the frame but for the n spans that are alive. */
struct awi_span {
    size_t at, size;
};
enum { AWI_POISON = 0xa5 };
static inline void awi_poison(void *frame, size_t size,
                              const struct awi_span *live, size_t n)
{
    unsigned char *p = (unsigned char *)frame;
    for (size_t i = 0, k = 0; i < size; i++, k = 0) {
        while (k < n && (i < live[k].at || i - live[k].at >= live[k].size))
            k++;
        if (k == n)
            p[i] = AWI_POISON;
        else
            i = live[k].at + live[k].size - 1;
    }
}

/* --- memory -------------------------------------------------------------- */

/* A frame apart, for recursion and for functions whose frame is not known
 * here: arguments follow, its first call, and awi_box_free once it has ended.
 * NULL: ENOMEM. */
struct aw_frame *awi_box_new(struct aw_frame *parent, const struct aw_desc *d);
void awi_box_free(struct aw_frame *f, const struct aw_desc *d);

/* Calls or resumes a frame from awi_box_new. When too many such calls stand on
 * the C stack already, AW_LINKED is returned and the frame is called in the
 * same step, once its callers have returned: recursion of any depth needs
 * memory for its frames only. */
int awi_box_call(struct aw_frame *f, struct aw_task *t, int outcome);

/* A boxed call as a frame, where the call cannot be awaited directly: the
 * child of a combinator. init makes the box, whose arguments follow; without
 * memory (box NULL) it will end with ENOMEM. The box goes once the result has
 * been stored, which a binding of another type needs a descriptor of its own
 * for: `store` may read awi_root_result(box). */
struct awi_boxed {
    struct aw_frame aw;
    struct aw_frame *box;
};
struct aw_frame *awi_boxed_init(struct awi_boxed *b, const struct aw_desc *d);
int awi_boxed(struct aw_frame *self, struct aw_task *t, int outcome);
void awi_boxed_drop(struct aw_frame *self);
extern const struct aw_desc awi_boxed_desc;

/* Other storage whose size is known at run time only (VLAs). */
void *awi_mem_new(size_t size);
void awi_mem_free(void *p, size_t size);

/* --- the async functions of the runtime ----------------------------------- */

/* Their frames are in aw_wait_gen.h, those of <aw_io.h> in aw_io_gen.h. */
#define AWI_FUNCTION(f) \
    int awfr_##f(struct aw_frame *self, struct aw_task *t, int outcome); \
    extern const struct aw_desc awfd_##f

#ifdef __cplusplus
}
#endif
#endif
