/* SPDX-License-Identifier: 0BSD
 * Combinators: gather, race, shield, wait_for (rules 4 and 5). All are
 * frames whose first resume begins their children; a child that ends tells
 * awi_member_ended, which makes the waiting task ready once the combinator is
 * decided, always with outcome 0: AW_CANCELLED there means that the waiting
 * task itself was cancelled. What was decided stands in the combinator.
 *
 * Left early (an error thrown, a wait cancelled), a combinator whose children
 * have not ended goes on as HELD, on the list of the function that owns its
 * storage, or is waited for when it has no such list. */
#include "impl.h"

/* aw.state: what member_ended makes of an end. */
enum {
    UNBEGUN,
    GATHERING, /* as WAITING; a gather of calls, of which none has failed */
    WAITING,   /* the outcome is open */
    DRAINING,  /* decided, the waiting task waits for the others to end */
    HELD       /* left, children still run */
};

extern inline void awi_gather_init(struct awi_gather *g);
extern inline void awi_gather_append(struct awi_gather *g,
                                     struct awi_member *m);
extern inline void awi_call_init(struct awi_child *c, struct aw_frame *f,
                                 const struct aw_desc *d, void *dst);
extern inline void awi_gather_add(struct awi_gather *g, struct awi_child *c,
                                  struct aw_frame *f, const struct aw_desc *d,
                                  void *dst);

static void init(struct awi_gather *g, unsigned mode)
{
    awi_gather_init(g);
    g->mode = (uint8_t)mode;
}

void awi_race_init(struct awi_gather *g)
{
    init(g, AWI_RACE);
}

void awi_shield_init(struct awi_gather *g)
{
    init(g, AWI_SHIELD);
}

/* --- members ------------------------------------------------------------- */

void awi_gather_add_task(struct awi_gather *g, struct awi_handle *h,
                         struct aw_task *t, void *dst,
                         void (*store)(void *dst, const struct aw_frame *root))
{
    awi_node_init(&h->m.n, AWI_HANDLE, 1);
    h->dst = dst;
    h->store = store;
    h->task = aw_task_retain(t);
    g->flags |= AWI_HANDLES;
    awi_gather_append(g, &h->m);
}

static struct awi_member *first_of(const struct awi_gather *g)
{
    return g->last ? awi_sibling(g->last) : NULL;
}

struct awi_member *awi_first_member(struct awi_gather *g)
{
    return g->mode == AWI_GROUP ? ((struct awi_group *)g)->first : first_of(g);
}

static struct awi_member *after(const struct awi_gather *g,
                                const struct awi_member *m)
{
    return m == g->last ? NULL : awi_sibling(m);
}

static void store_child(struct awi_child *c)
{
    const struct aw_frame *root = c->task.leaf;
    if (c->dst)
        root->desc->store(c->dst, root);
}

static void store(struct awi_member *m)
{
    if (m->n.kind == AWI_HANDLE) {
        struct awi_handle *h = (struct awi_handle *)m;
        if (h->dst && h->store)
            h->store(h->dst, h->task->leaf);
    } else {
        store_child((struct awi_child *)m);
    }
}

/* A handle whose task has ended, or is no longer waited for. */
static void drop_handle(struct awi_handle *h)
{
    h->m.n.state = AWI_ENDED;
    awi_unjoin(h->task);
    h->task = NULL;
}

static void drop_root(struct aw_task *t)
{
    awi_drop(t->leaf, t->leaf->desc);
}

/* Whether `m`, not begun, has ended nevertheless: a handle of a task that is
 * over, or can never be. *error is what it ended with. */
static bool ended_before(const struct awi_member *m, int *error)
{
    if (m->n.kind != AWI_HANDLE)
        return false;
    const struct aw_task *t = ((const struct awi_handle *)m)->task;
    *error = !t                         ? ENOMEM
             : t == awi_here()->running ? EDEADLK
                                        : t->m.n.u.outcome;
    return !t || t == awi_here()->running || t->m.n.state == AWI_ENDED;
}

/* The error of `m`, which has ended before, is thrown or decides. */
static int take(struct awi_member *m, int error)
{
    struct awi_handle *h = (struct awi_handle *)m;
    if (error == 0)
        store(m);
    else if (h->task)
        h->task->m.n.flags |= AWI_AWAITED;
    drop_handle(h);
    return error;
}

/* Begins `m`: a call is queued, a task is waited for, at once when it is over
 * (it has not failed). */
static void begin(struct aw_loop *l, struct awi_gather *g, struct awi_member *m)
{
    int error;
    if (m->n.kind != AWI_HANDLE) {
        awi_queue(l, &m->n);
    } else if (ended_before(m, &error)) {
        take(m, 0);
    } else {
        struct aw_task *t = ((struct awi_handle *)m)->task;
        g->left++;
        m->n.state = AWI_JOIN;
        m->n.u.on = t;
        awi_waiter_add(t, &m->n);
    }
}

/* A task given as a handle is no longer waited for. */
static void let_go(struct awi_gather *g, struct awi_handle *h)
{
    if (h->m.n.state == AWI_JOIN) {
        awi_waiter_remove(h->task, &h->m.n);
        g->left--;
    }
    drop_handle(h);
}

/* A task that waits for the one that waits here cannot be cancelled, and
 * would never end. */
static void cancel_member(struct aw_loop *l, struct awi_gather *g,
                          struct awi_member *m)
{
    struct awi_handle *h = (struct awi_handle *)m;
    if (m->n.state == AWI_ENDED)
        return;
    if (m->n.kind != AWI_HANDLE)
        awi_cancel(l, (struct aw_task *)m);
    else if (!aw_cancel(h->task) && !aw_done(h->task))
        let_go(g, h);
}

void awi_cancel_members(struct aw_loop *l, struct awi_gather *g)
{
    for (struct awi_member *m = first_of(g); m; m = after(g, m))
        cancel_member(l, g, m);
}

/* `m` has no part in a combinator that is decided before it began: a call
 * never runs, a task is cancelled. */
static void call_off(struct awi_gather *g, struct awi_member *m)
{
    if (m->n.kind == AWI_HANDLE) {
        struct awi_handle *h = (struct awi_handle *)m;
        aw_cancel(h->task);
        let_go(g, h);
    } else {
        g->left--;
        awi_set_ended((struct aw_task *)m, AW_CANCELLED);
        drop_root((struct aw_task *)m);
    }
}

/* --- waiting ------------------------------------------------------------- */

static int wait_in(struct awi_gather *g, struct aw_task *t, unsigned state)
{
    g->aw.state = (awi_point)state;
    g->task = t;
    return awi_wait(t, AWI_OWNER, g);
}

void awi_wake_owner(struct aw_loop *l, struct awi_gather *g)
{
    struct aw_task *t = g->task;
    if (t && t->m.n.state == AWI_OWNER) {
        g->task = NULL;
        awi_ready(l, t, 0);
    }
}

/* Waits for the children left, then resumes here; ends with `error`, or with
 * AW_CANCELLED when it is cancelled meanwhile. */
static int drain(struct awi_gather *g, struct aw_task *t, int error)
{
    g->error = error;
    return g->left ? wait_in(g, t, DRAINING) : error;
}

static int drained(struct awi_gather *g, struct aw_task *t, int outcome)
{
    if (outcome == AW_CANCELLED) {
        awi_cancel_members(awi_here(), g);
        return drain(g, t, AW_CANCELLED);
    }
    return g->error;
}

/* The function goes on with `error` while children run: they are held. */
static int leave(struct awi_gather *g, struct aw_task *t, int error)
{
    for (struct awi_member *m = first_of(g); m; m = after(g, m))
        if (m->n.kind == AWI_HANDLE && m->n.state != AWI_ENDED)
            let_go(g, (struct awi_handle *)m);
    if (g->left == 0)
        return error;
    if (!g->held)
        return drain(g, t, error);
    struct awi_gather **list = g->held;
    g->held = (struct awi_gather **)(void *)*list;
    *list = g;
    g->aw.state = HELD;
    g->task = NULL;
    return error;
}

/* An error that is not thrown: of `m`, or NULL for that of the child that had
 * decided before the wait was cancelled. */
static void report_child(struct aw_loop *l, struct awi_member *m, int error)
{
    struct aw_task *t = (struct aw_task *)m;
    if (m && m->n.kind == AWI_HANDLE)
        t = ((struct awi_handle *)m)->task;
    awi_report(l, t, error, "error of a child was not thrown");
}

/* --- the end of a child -------------------------------------------------- */

static int index_of(const struct awi_gather *g, const struct awi_member *m)
{
    int n = 0;
    for (struct awi_member *other = first_of(g); other;
         other = after(g, other)) {
        if (other == m)
            break;
        n++;
    }
    return n;
}

/* The first end decides all but a gather, which an error decides, or the last
 * end. Results are stored until then. */
static void undecided_ended(struct aw_loop *l, struct awi_gather *g,
                            struct awi_member *m, int error)
{
    if (AWI_UNLIKELY(g->error || (g->flags & (AWI_DECIDED | AWI_EXPIRED)))) {
        if (error)
            report_child(l, m, error);
        else if (g->mode == AWI_GATHER)
            store(m);
        return;
    }
    if (error == 0)
        store(m);
    else if (g->task)
        awi_trail_follow(l,
                         m->n.kind == AWI_HANDLE
                             ? ((struct awi_handle *)m)->task
                             : (struct aw_task *)m,
                         g->task, error, m->n.kind == AWI_HANDLE);
    g->error = error;
    if (g->mode == AWI_RACE)
        g->ret = index_of(g, m);
    if (g->mode == AWI_WAIT_FOR)
        awi_timer_stop(&((struct awi_wait_for *)g)->timer);
    if (g->mode != AWI_GATHER)
        g->flags |= AWI_DECIDED;
    if (g->mode != AWI_GATHER || error || g->left == 0)
        awi_wake_owner(l, g);
}

static void drop_child(struct aw_task *t)
{
    drop_root(t);
    awi_drop_name(t);
}

void awi_member_ended(struct aw_loop *l, struct awi_member *m, int error)
{
    struct awi_gather *g = m->owner;
    g->left--;
    if (AWI_FAST && g->aw.state == GATHERING)
        g->aw.state = WAITING;
    if (g->aw.state == WAITING) {
        undecided_ended(l, g, m, error);
    } else {
        report_child(l, m, error);
        if (g->left == 0)
            awi_wake_owner(l, g);
    }
    if (m->n.kind == AWI_HANDLE) {
        drop_handle((struct awi_handle *)m);
    } else {
        drop_child((struct aw_task *)m);
    }
}

#if AWI_FAST

/* The last child has ended and none has failed, while it is quiet: the task
 * goes on with what awaits the gather, which has nothing left to do but to give
 * memory back. */
static inline void gathered(struct aw_loop *l, struct awi_gather *g)
{
    struct aw_task *t = g->task;
    if (t->m.n.state != AWI_OWNER)
        return;
    if (!(g->flags & AWI_PIECE))
        t->leaf = awi_near_parent(&g->aw); /* none is boxed */
    awi_set_ready(t, 0);
    awi_append(l, &t->m.n);
}

/* The result is stored last, by a call that needs nothing saved: it is read on
 * the parent's turn. */
void awi_plain_child_ended(struct aw_loop *l, struct aw_task *t)
{
    struct awi_gather *g = t->m.owner;
    awi_set_ended(t, 0);
    if (AWI_UNLIKELY(g->aw.state != GATHERING ||
                     (g->left == 1 && !awi_quiet(l)))) {
        l->running = NULL;
        awi_member_ended(l, &t->m, 0);
        return;
    }
    if (--g->left == 0)
        gathered(l, g);
    store_child((struct awi_child *)t);
}

#endif

void awi_wait_for_due(struct aw_loop *l, struct awi_timer *timer)
{
    struct awi_wait_for *w = timer->owner;
    timer->n.state = AWI_ENDED;
    w->g.flags |= AWI_EXPIRED;
    awi_wake_owner(l, &w->g);
}

/* --- gather -------------------------------------------------------------- */

/* Of the children that had ended before, the first in argument order that
 * failed; NULL when none did. */
static struct awi_member *failed_before(struct awi_gather *g, int *error)
{
    for (struct awi_member *m = first_of(g); m; m = after(g, m))
        if (ended_before(m, error) && *error)
            return m;
    return NULL;
}

/* The general way. */
AWI_APART
static int begin_mixed(struct awi_gather *g, struct aw_task *t)
{
    int error;
    struct awi_member *failed = failed_before(g, &error);
    if (failed) {
        take(failed, error);
        for (struct awi_member *m = first_of(g); m; m = after(g, m))
            if (m->n.state != AWI_ENDED)
                call_off(g, m);
        return error;
    }
    for (struct awi_member *m = first_of(g); m; m = after(g, m))
        begin(awi_here(), g, m);
    return g->left ? wait_in(g, t, WAITING) : 0;
}

/* Calls are linked and counted as they were added: they are queued in one
 * piece, unless it is of interest what gets ready. */
static inline int begin_calls(struct awi_gather *g, struct aw_task *t,
                              struct awi_node *first, struct awi_node *last)
{
    struct aw_loop *l = awi_here();
    if (!AWI_FAST || AWI_UNLIKELY(!awi_quiet(l)))
        return begin_mixed(g, t);
    awi_queue_append(&l->ready, first, last);
    return wait_in(g, t, GATHERING);
}

int awi_gather_calls(struct awi_gather *g, struct aw_task *t,
                     struct awi_child *first, struct awi_child *last)
{
    return begin_calls(g, t, &first->task.m.n, &last->task.m.n);
}

AWI_APART
static int resume_gather(struct awi_gather *g, struct aw_task *t, int outcome)
{
    g->task = NULL;
    if (g->aw.state == DRAINING)
        return drained(g, t, outcome);
    if (outcome != AW_CANCELLED && g->error == 0)
        return 0;
    awi_cancel_members(awi_here(), g);
    if (outcome != AW_CANCELLED)
        return leave(g, t, g->error);
    report_child(awi_here(), NULL, g->error);
    return drain(g, t, AW_CANCELLED);
}

int awi_gather(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awi_gather *g = (struct awi_gather *)self;
    if (AWI_UNLIKELY(self->state != UNBEGUN))
        return resume_gather(g, t, outcome);
    if (!AWI_FAST || g->flags & AWI_HANDLES || !g->last)
        return begin_mixed(g, t);
    return begin_calls(g, t, g->last->link, &g->last->n);
}

/* --- gather_tasks -------------------------------------------------------- */

void awi_gather_tasks_init(struct awi_gather_tasks *g,
                           struct aw_task *const *tasks, size_t n)
{
    init(&g->g, AWI_GATHER);
    g->tasks = tasks;
    g->n = n;
    g->nodes = NULL;
}

static bool all_ended(const struct awi_gather_tasks *g)
{
    for (size_t i = 0; i < g->n; i++)
        if (!g->tasks[i] || g->tasks[i]->m.n.state != AWI_ENDED ||
            g->tasks[i]->m.n.u.outcome)
            return false;
    return true;
}

int awi_gather_tasks(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awi_gather_tasks *g = (struct awi_gather_tasks *)self;
    if (self->state == UNBEGUN) {
        if (all_ended(g))
            return 0;
        g->nodes = awi_port_alloc(g->n * sizeof *g->nodes);
        if (!g->nodes)
            return ENOMEM;
        for (size_t i = 0; i < g->n; i++)
            awi_gather_add_task(&g->g, &g->nodes[i], g->tasks[i], NULL, NULL);
    }
    int r = awi_gather(self, t, outcome);
    if (r != AW_PENDING)
        awi_port_free(g->nodes, g->n * sizeof *g->nodes);
    return r;
}

/* --- race ---------------------------------------------------------------- */

static struct awi_member *first_ended(struct awi_gather *g, int *error)
{
    for (struct awi_member *m = first_of(g); m; m = after(g, m))
        if (ended_before(m, error))
            return m;
    return NULL;
}

/* With a winner there already, only tasks have to be waited for. */
static int begin_race(struct awi_gather *g, struct aw_task *t)
{
    struct aw_loop *l = awi_here();
    int error = 0, ignored;
    struct awi_member *winner = first_ended(g, &error);
    if (winner) {
        g->ret = index_of(g, winner);
        take(winner, error);
    }
    for (struct awi_member *m = first_of(g); m; m = after(g, m)) {
        if (!winner) {
            begin(l, g, m);
        } else if (m->n.kind != AWI_HANDLE) {
            call_off(g, m);
        } else if (m != winner && ended_before(m, &ignored)) {
            drop_handle((struct awi_handle *)m);
        } else if (m != winner) {
            begin(l, g, m);
            cancel_member(l, g, m);
        }
    }
    return winner ? drain(g, t, error) : wait_in(g, t, WAITING);
}

int awi_race(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awi_gather *g = (struct awi_gather *)self;
    if (self->state == UNBEGUN)
        return begin_race(g, t);
    g->task = NULL;
    if (self->state == DRAINING)
        return drained(g, t, outcome);
    awi_cancel_members(awi_here(), g);
    if (outcome != AW_CANCELLED)
        return drain(g, t, g->error);
    report_child(awi_here(), NULL, g->error);
    return drain(g, t, AW_CANCELLED);
}

/* --- shield, wait_for: one child ----------------------------------------- */

/* True when the only child was over before; *error is then the outcome. */
static bool begin_only(struct awi_gather *g, int *error)
{
    struct awi_member *m = first_of(g);
    if (!ended_before(m, error)) {
        begin(awi_here(), g, m);
        return false;
    }
    take(m, *error);
    return true;
}

void awi_expose(struct aw_loop *l, struct awi_gather *g)
{
    if (!l->ending || g->mode != AWI_SHIELD || (g->flags & AWI_EXPOSED))
        return;
    g->flags |= AWI_EXPOSED;
    awi_cancel_members(l, g);
}

int awi_shield(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awi_gather *g = (struct awi_gather *)self;
    int error;
    if (self->state == UNBEGUN)
        return begin_only(g, &error) ? error : wait_in(g, t, WAITING);
    g->task = NULL;
    if (self->state == DRAINING)
        return drained(g, t, outcome);
    if (outcome != AW_CANCELLED)
        return g->error;
    report_child(awi_here(), NULL, g->error);
    awi_expose(awi_here(), g);
    return leave(g, t, AW_CANCELLED);
}

void awi_wait_for_init(struct awi_wait_for *w, int64_t ms)
{
    init(&w->g, AWI_WAIT_FOR);
    w->ms = ms;
    w->timer.n.state = AWI_ENDED;
    w->timer.n.kind = AWI_DEADLINE;
    w->timer.owner = w;
}

/* The deadline is armed before the child's first step, so of equal ones it
 * comes first. Without time, the waiting task stands in the queue right
 * behind the child. */
static int begin_wait_for(struct awi_wait_for *w, struct aw_task *t)
{
    struct aw_loop *l = awi_here();
    int error;
    if (begin_only(&w->g, &error))
        return error;
    wait_in(&w->g, t, WAITING);
    if (w->ms > 0) {
        awi_timer_arm(&w->timer, awi_deadline(l, w->ms));
    } else {
        awi_ready(l, t, 0);
    }
    return AW_PENDING;
}

int awi_wait_for(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awi_wait_for *w = (struct awi_wait_for *)self;
    struct awi_gather *g = &w->g;
    if (self->state == UNBEGUN)
        return begin_wait_for(w, t);
    g->task = NULL;
    if (self->state == DRAINING)
        return drained(g, t, outcome);
    awi_timer_stop(&w->timer);
    if (outcome == AW_CANCELLED) {
        report_child(awi_here(), NULL, g->error);
        awi_cancel_members(awi_here(), g);
        return leave(g, t, AW_CANCELLED);
    }
    if (g->flags & AWI_DECIDED)
        return g->error;
    awi_cancel_members(awi_here(), g);
    return drain(g, t, ETIMEDOUT);
}

/* --- what was never begun ------------------------------------------------ */

void awi_gather_drop(struct aw_frame *self)
{
    struct awi_gather *g = (struct awi_gather *)self;
    if (self->state != UNBEGUN)
        return;
    for (struct awi_member *m = first_of(g); m; m = after(g, m)) {
        if (m->n.kind != AWI_HANDLE)
            drop_root((struct aw_task *)m);
        else if (m->n.state != AWI_ENDED)
            drop_handle((struct awi_handle *)m);
    }
}

/* --- descriptors --------------------------------------------------------- */

static void store_race(void *dst, const struct aw_frame *self)
{
    *(int *)dst = ((const struct awi_gather *)self)->ret;
}

#define DESC(function, type, storing, text)                                    \
    const struct aw_desc function##_desc = {                                   \
        .resume = function,                                                    \
        .store = storing,                                                      \
        .name = text,                                                          \
        .file = "",                                                            \
        .size = sizeof(struct type),                                           \
        .align = sizeof(void *),                                               \
        .drop = awi_gather_drop,                                               \
    }

DESC(awi_gather, awi_gather, NULL, "aw_gather");
DESC(awi_gather_tasks, awi_gather_tasks, NULL, "aw_gather_tasks");
DESC(awi_race, awi_gather, store_race, "aw_race");
DESC(awi_shield, awi_gather, NULL, "aw_shield");
DESC(awi_wait_for, awi_wait_for, NULL, "aw_wait_for_ms");
