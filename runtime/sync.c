/* SPDX-License-Identifier: 0BSD
 * Event, lock, semaphore, condition, barrier, queue (rules 6). Each keeps its
 * waiters in a list in order of arrival. Whoever is chosen leaves the list,
 * is marked AWI_GRANTED, and takes what it was chosen for on its own turn, or
 * passes it on when it was cancelled in between. What it was chosen for stays
 * reserved until then, so nobody overtakes. */
#include "impl.h"

/* --- lists of waiters ---------------------------------------------------- */

AWI_NOINLINE
static int wait_on(struct awi_waiters *w, struct aw_task *t,
                   struct aw_frame *self, unsigned state)
{
    struct awi_node *last = w->last;
    t->m.n.next = NULL;
    t->m.n.prev = last;
    if (last)
        last->next = &t->m.n;
    else
        w->first = t;
    w->last = t;
    self->state = (awi_point)state;
    return awi_wait(t, AWI_RING, w);
}

void awi_ring_leave(struct aw_task *t)
{
    struct awi_waiters *w = t->m.n.u.on;
    if (t->m.n.prev)
        t->m.n.prev->next = t->m.n.next;
    else
        w->first = t->m.n.next;
    if (t->m.n.next)
        t->m.n.next->prev = t->m.n.prev;
    else
        w->last = t->m.n.prev;
}

/* The first waiter, off the list and ready; false when there is none. */
static bool release_first(struct awi_waiters *w, bool grant, int outcome)
{
    struct aw_task *t = w->first;
    if (!t)
        return false;
    awi_ring_leave(t);
    if (grant)
        t->m.n.flags |= AWI_GRANTED;
    awi_ready(awi_here(), t, outcome);
    return true;
}

/* Whether the task resumed was chosen. */
static bool granted(struct aw_task *t)
{
    bool was = (t->m.n.flags & AWI_GRANTED) != 0;
    t->m.n.flags &= (uint8_t)~AWI_GRANTED;
    return was;
}

/* --- event --------------------------------------------------------------- */

int awfr_aw_event_wait(struct aw_frame *self, struct aw_task *t, int outcome)
{
    aw_event *e = ((struct awf_aw_event_wait *)self)->event;
    if (self->state || e->is_set)
        return outcome;
    return wait_on(&e->waiters, t, self, 1);
}

void aw_event_set(aw_event *e)
{
    e->is_set = true;
    while (release_first(&e->waiters, false, 0))
        ;
}

void aw_event_clear(aw_event *e)
{
    e->is_set = false;
}

bool aw_event_is_set(const aw_event *e)
{
    return e->is_set;
}

/* --- lock ---------------------------------------------------------------- */

int awfr_aw_lock_acquire(struct aw_frame *self, struct aw_task *t, int outcome)
{
    aw_lock *l = ((struct awf_aw_lock_acquire *)self)->lock;
    if (self->state == 0) {
        if (l->locked)
            return wait_on(&l->waiters, t, self, 1);
        l->locked = true;
    } else if (granted(t) && outcome) {
        aw_lock_release(l);
    }
    return outcome;
}

int aw_lock_release(aw_lock *l)
{
    if (!l->locked)
        return EPERM;
    l->locked = release_first(&l->waiters, true, 0);
    return 0;
}

bool aw_lock_locked(const aw_lock *l)
{
    return l->locked;
}

/* --- semaphore ----------------------------------------------------------- */

int awfr_aw_semaphore_acquire(struct aw_frame *self, struct aw_task *t,
                              int outcome)
{
    aw_semaphore *s = ((struct awf_aw_semaphore_acquire *)self)->semaphore;
    if (self->state == 0) {
        if (s->value == 0)
            return wait_on(&s->waiters, t, self, 1);
        s->value--;
    } else if (granted(t) && outcome) {
        aw_semaphore_release(s);
    }
    return outcome;
}

void aw_semaphore_release(aw_semaphore *s)
{
    if (!release_first(&s->waiters, true, 0))
        s->value++;
}

/* --- condition ----------------------------------------------------------- */

/* The lock is taken again before the wait ends; a cancellation meanwhile has
 * to wait for that. */
static int reacquire(struct awf_aw_condition_wait *f, struct aw_task *t)
{
    aw_lock *l = f->condition->lock;
    if (l->locked)
        return wait_on(&l->waiters, t, &f->aw, 2);
    l->locked = true;
    return f->error;
}

int awfr_aw_condition_wait(struct aw_frame *self, struct aw_task *t,
                           int outcome)
{
    struct awf_aw_condition_wait *f = (struct awf_aw_condition_wait *)self;
    aw_condition *c = f->condition;
    if (self->state == 0) {
        if (aw_lock_release(c->lock))
            return EPERM;
        f->error = 0;
        return wait_on(&c->waiters, t, self, 1);
    }
    bool chosen = granted(t);
    if (outcome)
        f->error = outcome;
    if (self->state == 2)
        return chosen ? f->error : reacquire(f, t);
    if (chosen && outcome)
        release_first(&c->waiters, true, 0);
    return reacquire(f, t);
}

int aw_condition_notify(aw_condition *c, size_t n)
{
    if (!c->lock->locked)
        return EPERM;
    while (n-- > 0 && release_first(&c->waiters, true, 0))
        ;
    return 0;
}

int aw_condition_notify_all(aw_condition *c)
{
    return aw_condition_notify(c, SIZE_MAX);
}

/* --- barrier ------------------------------------------------------------- */

/* Whether one more makes it complete. `count` has those too who were cancelled
 * and have not had their turn, so when it is high enough, count again. */
static bool is_last(const aw_barrier *b)
{
    size_t n = b->count + 1;
    if (n < b->parties)
        return false;
    n = 1;
    for (const struct awi_node *w = b->waiters.first; w; w = w->next)
        n++;
    return n >= b->parties;
}

/* Numbers are given when the barrier opens, since a waiter may have gone. */
static int open_barrier(aw_barrier *b)
{
    int n = 0;
    struct aw_task *t;
    while ((t = b->waiters.first) != NULL) {
        ((struct awf_aw_barrier_wait *)t->leaf)->ret = n++;
        release_first(&b->waiters, true, 0);
    }
    b->count -= (size_t)n;
    return n;
}

int awfr_aw_barrier_wait(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_barrier_wait *f = (struct awf_aw_barrier_wait *)self;
    aw_barrier *b = f->barrier;
    if (self->state == 0) {
        if (!is_last(b)) {
            b->count++;
            return wait_on(&b->waiters, t, self, 1);
        }
        f->ret = open_barrier(b);
    } else if (!granted(t)) {
        b->count--;
    }
    return outcome;
}

/* --- queue --------------------------------------------------------------- */

static void copy(void *to, const void *from, size_t size)
{
    char *d = to;
    const char *s = from;
    while (size-- > 0)
        *d++ = *s++;
}

/* Chooses waiters for the elements and the room that nobody was chosen for. */
static void match(struct aw_queue *q)
{
    while (q->getting < q->count && release_first(&q->getters, true, 0))
        q->getting++;
    while (q->putting < q->capacity - q->count &&
           release_first(&q->putters, true, 0))
        q->putting++;
}

static void push(struct aw_queue *q, const void *value)
{
    size_t at = (q->head + q->count++) % q->capacity;
    copy((char *)q->array + at * q->size, value, q->size);
    match(q);
}

static void pop(struct aw_queue *q, void *dst)
{
    copy(dst, (char *)q->array + q->head * q->size, q->size);
    q->head = (q->head + 1) % q->capacity;
    q->count--;
    match(q);
}

/* Waits in line; chosen at once when only those chosen before are in the way.
 * Closed: EPIPE when there is nothing to wait for. */
static int line_up(struct aw_queue *q, struct awi_waiters *w, struct aw_task *t,
                   struct aw_frame *self)
{
    wait_on(w, t, self, 1);
    match(q);
    return AW_PENDING;
}

int awfr_aw_queue_put(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_queue_put *f = (struct awf_aw_queue_put *)self;
    struct aw_queue *q = f->queue;
    if (self->state == 0) {
        if (q->closed)
            return EPIPE;
        if (q->putters.first || q->putting || q->count == q->capacity)
            return line_up(q, &q->putters, t, self);
    } else if (granted(t)) {
        q->putting--;
    }
    if (outcome == 0 && q->closed)
        outcome = EPIPE;
    if (outcome == 0)
        push(q, f->value);
    else
        match(q);
    return outcome;
}

int awfr_aw_queue_get(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_queue_get *f = (struct awf_aw_queue_get *)self;
    struct aw_queue *q = f->queue;
    if (self->state == 0) {
        if (q->closed && q->getting == q->count)
            return EPIPE;
        if (q->getters.first || q->getting || q->count == 0)
            return line_up(q, &q->getters, t, self);
    } else if (granted(t)) {
        q->getting--;
    }
    if (outcome == 0)
        pop(q, f->dst);
    else
        match(q);
    return outcome;
}

void aw_queue_close(struct aw_queue *q)
{
    q->closed = true;
    while (release_first(&q->putters, false, EPIPE))
        ;
    while (release_first(&q->getters, false, EPIPE))
        ;
}

/* --- descriptors --------------------------------------------------------- */

static void store_barrier(void *dst, const struct aw_frame *self)
{
    *(int *)dst = ((const struct awf_aw_barrier_wait *)self)->ret;
}

static const unsigned no_lines[3];

#define DESC(function, storing)                                                \
    const struct aw_desc awfd_##function = {                                   \
        .resume = awfr_##function,                                             \
        .store = storing,                                                      \
        .name = #function,                                                     \
        .file = "",                                                            \
        .lines = no_lines,                                                     \
        .size = sizeof(struct awf_##function),                                 \
        .align = sizeof(void *),                                               \
        .states = 3,                                                           \
    }

DESC(aw_event_wait, NULL);
DESC(aw_lock_acquire, NULL);
DESC(aw_semaphore_acquire, NULL);
DESC(aw_condition_wait, NULL);
DESC(aw_barrier_wait, store_barrier);
DESC(aw_queue_put, NULL);
DESC(aw_queue_get, NULL);
