/* SPDX-License-Identifier: 0BSD
 * Tasks: their states, waiting for one another, cancellation, references.
 *
 *              +--------------- 10 ----------------+
 *              v                                   |
 *   FREE --1--> NEW --2--> RUNNING --4--> ENDED ---+
 *                |          |   ^          ^
 *                3          5   6          |
 *                v          v   |          |
 *             DOOMED        | READY        |
 *                |          |   ^          |
 *                |          v   | 7        |
 *                |   SLEEP, RING, FLAG, FD, OWNER, JOIN (forwards: 8)
 *                +------------- 9 ---------+
 *
 *  1 awi_task_init       storage becomes a task
 *  2 run_step (loop.c)   its first turn: the body is entered
 *  3 awi_deliver         cancelled before that
 *  4 awi_task_ended      the root function returned
 *  5 awi_wait, awi_sleep_ms  it waits; sleeping zero goes straight to READY
 *  6 run_step            the innermost frame is resumed
 *  7 awi_ready           by awi_collect (a deadline), wake_waiters (a task
 *                        ended), gather.c (a combinator is decided), sync.c,
 *                        fd.c; by awi_deliver with AW_CANCELLED
 *  8 awi_deliver         a cancellation goes to the task waited for
 *  9 awi_special_step    ends without its body ever being entered
 * 10 unref               the last reference went (heap: the memory, too)
 *
 * NEW, READY, DOOMED and an ENDED whose error is to be reported stand in the
 * ready queue. What the diagram has as NEW is READY too, its frame as it was
 * made (awi_is_new); so is RUNNING, and l->running. A READY task whose await
 * ends with an error, u.outcome, is THROWN: others store and read none.
 * The node's list links serve whatever list the state implies.
 *
 * m.link of a task is its neighbour (previous task of the loop's list, or next
 * sibling in a combinator). Few tasks have anybody waiting, so the ring of
 * waiters has no field of its own: while there are waiters (AWI_WAITED),
 * m.link is the last of the ring, and that one's prev is the neighbour. A name
 * (AWI_NAMED) moves both into a struct awi_name. */
#include "impl.h"

extern inline void awi_node_init(struct awi_node *n, enum awi_kind kind,
                                 uint32_t refs);
extern inline void awi_task_init(struct aw_task *t, enum awi_kind kind,
                                 uint32_t refs, struct aw_frame *f,
                                 const struct aw_desc *d);

struct awi_name {
    void *link;
    const char *name;
};

static void **link_slot(struct awi_member *m)
{
    if (AWI_UNLIKELY(m->n.flags & AWI_NAMED))
        return &((struct awi_name *)m->link)->link;
    return &m->link;
}

void *awi_get_link(const struct awi_member *m)
{
    if (AWI_FAST && AWI_LIKELY(awi_is_linked(m)))
        return m->link;
    const struct awi_name *name = m->link;
    void *p = m->n.flags & AWI_NAMED ? name->link : m->link;
    return m->n.flags & AWI_WAITED ? ((struct awi_node *)p)->prev : p;
}

void awi_set_link(struct awi_member *m, void *neighbour)
{
    if (AWI_FAST && AWI_LIKELY(awi_is_linked(m))) {
        m->link = neighbour;
        return;
    }
    void **p = link_slot(m);
    if (m->n.flags & AWI_WAITED)
        ((struct awi_node *)*p)->prev = neighbour;
    else
        *p = neighbour;
}

/* --- waiting for a task -------------------------------------------------- */

void awi_waiter_add(struct aw_task *t, struct awi_node *waiter)
{
    void **p = link_slot(&t->m);
    if (t->m.n.flags & AWI_WAITED) {
        struct awi_node *last = *p;
        waiter->prev = last->prev;
        waiter->next = last->next;
        last->next = waiter;
    } else {
        waiter->prev = *p;
        waiter->next = waiter;
        t->m.n.flags |= AWI_WAITED;
    }
    *p = waiter;
}

void awi_waiter_remove(struct aw_task *t, struct awi_node *waiter)
{
    void **p = link_slot(&t->m);
    struct awi_node *last = *p, *before = last;
    while (before->next != waiter)
        before = before->next;
    if (before == waiter) {
        t->m.n.flags &= (uint8_t)~AWI_WAITED;
        *p = waiter->prev;
        return;
    }
    before->next = waiter->next;
    if (waiter == last) {
        before->prev = waiter->prev;
        *p = before;
    }
}

/* A cancellation that was forwarded and came to nothing is over. */
static void wake_waiter(struct aw_loop *l, struct aw_task *from,
                        struct awi_node *n, int error)
{
    if (n->kind == AWI_HANDLE) {
        awi_member_ended(l, (struct awi_member *)n, error);
        return;
    }
    struct aw_task *t = (struct aw_task *)n;
    if (error != AW_CANCELLED)
        awi_uncancel(t);
    if (AWI_UNLIKELY(error))
        awi_trail_follow(l, from, t, error, true);
    awi_ready(l, t, error);
}

AWI_APART
static void wake_waiters(struct aw_loop *l, struct aw_task *t, int error)
{
    void **p = link_slot(&t->m);
    struct awi_node *last = *p, *n = last->next;
    *p = last->prev;
    t->m.n.flags &= (uint8_t)~AWI_WAITED;
    t->m.n.flags |= AWI_AWAITED;
    for (bool more = true; more;) {
        struct awi_node *next = n->next;
        more = n != last;
        wake_waiter(l, t, n, error);
        n = next;
    }
}

int awi_join(struct aw_task *t, struct aw_task *other)
{
    if (!other)
        return ENOMEM;
    other->m.n.refs++;
    if (other == t)
        return EDEADLK;
    if (other->m.n.state == AWI_ENDED) {
        other->m.n.flags |= AWI_AWAITED;
        if (AWI_UNLIKELY(other->m.n.u.outcome))
            awi_trail_follow(awi_here(), other, t, other->m.n.u.outcome, true);
        return other->m.n.u.outcome;
    }
    awi_waiter_add(other, &t->m.n);
    return awi_wait(t, AWI_JOIN, other);
}

void awi_joined_init(struct awi_joined *j, struct aw_task *other)
{
    j->aw.state = 0;
    j->other = aw_task_retain(other);
}

int awi_joined(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awi_joined *j = (struct awi_joined *)self;
    if (self->state == 0) {
        self->state = 1;
        outcome = awi_join(t, j->other);
        awi_unjoin(j->other); /* j has a reference */
    }
    return outcome;
}

void awi_joined_drop(struct aw_frame *self)
{
    struct awi_joined *j = (struct awi_joined *)self;
    awi_unjoin(j->other);
    j->other = NULL;
}

const struct aw_desc awi_joined_desc = {
    .resume = awi_joined,
    .name = "await",
    .file = "",
    .size = sizeof(struct awi_joined),
    .align = sizeof(void *),
    .drop = awi_joined_drop,
};

/* --- life ---------------------------------------------------------------- */

void awi_child_init(struct awi_child *c, struct aw_frame *f,
                    const struct aw_desc *d, void *dst)
{
    awi_task_init(&c->task, AWI_MAIN, 1, f, d);
    c->dst = dst;
}

struct aw_task *awi_task_new(const struct aw_desc *d)
{
    if (!awi_here() || !awi_here()->busy)
        return NULL;
    char *p = awi_port_alloc(awi_task_size(d));
    return p ? awi_task_at(p, AWI_HEAP, 2, d) : NULL;
}

struct aw_task *awi_task_static(struct aw_task *t, struct aw_frame *f,
                                const struct aw_desc *d)
{
    if (!awi_here() || !awi_here()->busy || t->m.n.state != AWI_FREE)
        return NULL;
    awi_task_init(t, AWI_STATIC, 2, f, d);
    return t;
}

void awi_task_launch(struct aw_loop *l, struct aw_task *t)
{
    t->m.owner = NULL;
    t->m.link = l->last;
    if (l->last)
        l->last->m.owner = t;
    else
        l->first = t;
    l->last = t;
    awi_queue(l, &t->m.n);
}

void awi_task_start(struct aw_task *t)
{
    awi_task_launch(awi_here(), t);
}

static void unlist(struct aw_loop *l, struct aw_task *t)
{
    struct aw_task *prev = awi_get_link(&t->m), *next = t->m.owner;
    if (prev)
        prev->m.owner = next;
    else
        l->first = next;
    if (next)
        awi_set_link(&next->m, prev);
    else
        l->last = prev;
}

void awi_forget_name(struct aw_task *t)
{
    struct awi_name *name = t->m.link;
    t->m.n.flags &= (uint8_t)~AWI_NAMED;
    t->m.link = name->link;
    awi_port_free(name, sizeof *name);
}

static inline void free_task(struct aw_task *t)
{
    const struct aw_desc *d = t->leaf->desc;
    t->m.n.state = AWI_FREE;
    if (t->m.n.kind == AWI_HEAP)
        awi_port_free(t, awi_task_size(d));
    else if (t->m.n.kind == AWI_SPAWNED)
        awi_spawned_free(awi_spawned_of(t), d);
}

/* Its name and its error are forgotten, too. */
AWI_APART
static void forget_task(struct aw_task *t)
{
    awi_drop_name(t);
    if (t->m.n.u.outcome && awi_here())
        awi_trail_forget(awi_here(), t, t->m.n.u.outcome);
    free_task(t);
}

AWI_APART
static void unref(struct aw_task *t)
{
    if (--t->m.n.refs > 0)
        return;
    if (AWI_FAST && !t->m.n.u.outcome && !(t->m.n.flags & AWI_NAMED))
        free_task(t);
    else
        forget_task(t);
}

void awi_unjoin(struct aw_task *other)
{
    if (other)
        unref(other);
}

aw_task(void) aw_task_retain(aw_task(void) t)
{
    if (t)
        t->m.n.refs++;
    return t;
}

void aw_task_release(aw_task(void) t)
{
    if (t)
        unref(t);
}

/* A task of no combinator has ended. An error that nobody waits for is
 * reported on the task's next turn in the queue, unless somebody asks for it
 * before. */
AWI_APART
static void ended_alone(struct aw_loop *l, struct aw_task *t, int error)
{
    if (t == l->main)
        awi_break(l, AWI_PAUSE);
    unlist(l, t);
    if (AWI_UNLIKELY(error && error != AW_CANCELLED) &&
        t->m.n.kind != AWI_MAIN && !(t->m.n.flags & AWI_AWAITED))
        awi_queue(l, &t->m.n);
    else
        unref(t);
}

AWI_APART
static void ended_specially(struct aw_loop *l, struct aw_task *t, int error)
{
    if (t->m.n.flags & AWI_WAITED)
        wake_waiters(l, t, error);
    if (t->m.n.kind == AWI_CHILD)
        awi_member_ended(l, &t->m, error);
    else if (t->m.n.kind == AWI_SPAWNED)
        awi_spawned_ended(l, t, error);
    else
        ended_alone(l, t, error);
}

void awi_task_ended(struct aw_loop *l, struct aw_task *t, int error)
{
    bool alone = AWI_FAST && !error && awi_what_ends(t) == AWI_HEAP;
    awi_set_ended(t, error);
    l->running = NULL;
    if (alone)
        ended_alone(l, t, 0);
    else
        ended_specially(l, t, error);
}

void awi_special_step(struct aw_loop *l, struct aw_task *t)
{
    l->running = NULL;
    if (t->m.n.state == AWI_DOOMED) {
        awi_drop(t->leaf, t->leaf->desc);
        awi_task_ended(l, t, AW_CANCELLED);
        return;
    }
    if (!(t->m.n.flags & AWI_AWAITED))
        awi_report(l, t, t->m.n.u.outcome, "Task exception wasn't retrieved");
    unref(t);
}

/* --- cancellation -------------------------------------------------------- */

/* Takes `t` out of what it waits for; the await ends with AW_CANCELLED. To a
 * combinator it stays the one that waits there, until it is resumed. */
static void interrupt(struct aw_loop *l, struct aw_task *t)
{
    if (t->m.n.state == AWI_SLEEP)
        awi_wheel_remove(&l->wheel, &t->m.n);
    else if (t->m.n.state == AWI_JOIN)
        awi_waiter_remove(t->m.n.u.on, &t->m.n);
    else if (t->m.n.state == AWI_RING)
        awi_ring_leave(t);
    else if (t->m.n.state == AWI_FLAG)
        ((aw_flag *)t->m.n.u.on)->waiter = NULL;
    else if (t->m.n.state == AWI_FD)
        awi_fd_leave(l, t);
    awi_ready(l, t, AW_CANCELLED);
}

/* The task in which the owner of `m`, a child, is awaited; NULL when it is
 * not. */
static struct aw_task *owner_task(const struct awi_member *m)
{
    if (m->n.kind != AWI_CHILD && m->n.kind != AWI_SPAWNED &&
        m->n.kind != AWI_HANDLE)
        return NULL;
    struct awi_gather *g = m->owner;
    return g->task;
}

/* Sets (then clears) AWI_SEEN on `from` and every task that waits for it,
 * directly or not. */
static void mark_above(struct aw_task *from, bool mark)
{
    while (from && ((from->m.n.flags & AWI_SEEN) != 0) != mark) {
        struct aw_task *up = owner_task(&from->m);
        from->m.n.flags ^= AWI_SEEN;
        if (from->m.n.flags & AWI_WAITED) {
            struct awi_node *last = *link_slot(&from->m), *n = last;
            do {
                n = n->next;
                mark_above(up, mark);
                up = n->kind == AWI_HANDLE ? owner_task((struct awi_member *)n)
                                           : (struct aw_task *)n;
            } while (n != last);
        }
        from = up;
    }
}

/* The task that t waits for; NULL when it is none, or waits for the running
 * one and cannot be asked. */
static struct aw_task *waits_for_task(const struct aw_task *t)
{
    if (t->m.n.state != AWI_JOIN)
        return NULL;
    struct aw_task *other = t->m.n.u.on;
    return other->m.n.flags & AWI_SEEN ? NULL : other;
}

/* Follows a chain of awaits to its innermost task, marking that the
 * cancellation was forwarded through each. Tasks that wait for each other in
 * a circle: where the circle is noticed. */
static struct aw_task *innermost(struct aw_loop *l, struct aw_task *t)
{
    struct aw_task *slow = t, *next;
    if (t->m.n.state != AWI_JOIN)
        return t;
    mark_above(l->running, true);
    for (bool odd = false; (next = waits_for_task(t)) != NULL; odd = !odd) {
        t = next;
        if (t == slow)
            break;
        t->m.n.flags |= AWI_ASKED;
        if (odd)
            slow = waits_for_task(slow);
    }
    mark_above(l->running, false);
    return t;
}

void awi_deliver(struct aw_loop *l, struct aw_task *t)
{
    t = innermost(l, t);
    if (t == l->running)
        return;
    if (t->m.n.state == AWI_READY && awi_is_new(t))
        t->m.n.state = AWI_DOOMED;
    else if (t->m.n.state == AWI_READY || t->m.n.state == AWI_THROWN)
        awi_set_ready(t, AW_CANCELLED);
    else if (t->m.n.state > AWI_ENDED)
        interrupt(l, t);
}

void awi_cancel(struct aw_loop *l, struct aw_task *t)
{
    t->m.n.flags |= AWI_ASKED;
    awi_deliver(l, t);
}

bool aw_cancel(aw_task(void) t)
{
    struct aw_loop *l = awi_here();
    if (!t || !l || t->m.n.state == AWI_ENDED || t == l->running)
        return false;
    mark_above(l->running, true);
    bool above = (t->m.n.flags & AWI_SEEN) != 0;
    mark_above(l->running, false);
    if (above)
        return false;
    awi_cancel(l, t);
    return true;
}

/* --- questions ----------------------------------------------------------- */

bool aw_done(aw_task(void) t)
{
    return !t || t->m.n.state == AWI_ENDED;
}

aw_task(void) aw_current_task(void)
{
    return awi_here() ? awi_here()->running : NULL;
}

const char *aw_task_name(aw_task(void) t)
{
    if (!t)
        return "";
    if (t->m.n.flags & AWI_NAMED)
        return ((struct awi_name *)t->m.link)->name;
    struct aw_frame *f = t->leaf;
    while (f->up)
        f = awi_parent(f);
    return f->desc->name;
}

void aw_task_set_name(aw_task(void) t, const char *name)
{
    if (!t)
        return;
    if (!(t->m.n.flags & AWI_NAMED)) {
        struct awi_name *n = awi_port_alloc(sizeof *n);
        if (!n)
            return;
        n->link = t->m.link;
        t->m.link = n;
        t->m.n.flags |= AWI_NAMED;
    }
    ((struct awi_name *)t->m.link)->name = name;
}
