/* SPDX-License-Identifier: 0BSD
 * Blocks of a function: aw_timeout_ms and aw_group (rules 5). Both cancel the
 * body's own task, and each can tell whether the AW_CANCELLED that leaves it
 * is its own and the only one: a block that cancels takes a pair of bits in
 * its node's `blocks` until it ends. The lower one, the block's mark, says
 * that the cancellation is outstanding, the upper one that it is over. When
 * more than four blocks of one task have cancelled and not ended, the last
 * pair is shared. */
#include "impl.h"

static void cancel_body(struct aw_loop *l, struct aw_task *t,
                        struct awi_timeout *b)
{
    unsigned blocks = t->m.n.blocks, mark = 1;
    while (mark < 0x40 && (blocks & 3 * mark))
        mark <<= 2;
    b->mark = (uint8_t)mark;
    t->m.n.blocks = (uint8_t)((blocks & ~(2 * mark)) | mark);
    awi_deliver(l, t);
}

/* Takes back the block's cancellation, if it made one and nobody has caught
 * it; true when no other is outstanding. */
static bool only_mine(struct aw_task *t, const struct awi_timeout *b)
{
    unsigned outstanding = t->m.n.blocks & b->mark;
    t->m.n.blocks &= (uint8_t) ~(3u * b->mark);
    return outstanding && !awi_own(t);
}

/* --- timeout ------------------------------------------------------------- */

static void arm(struct aw_task *t, struct awi_timeout *b, int64_t when)
{
    b->timer.owner = t;
    b->timer.n.kind = AWI_TIMEOUT;
    awi_timer_arm(&b->timer, when);
}

/* Without time: due at the next turn, which is after the first suspension. */
void awi_timeout_begin(struct aw_task *t, struct awi_timeout *b, int64_t ms)
{
    b->mark = 0;
    arm(t, b, ms > 0 ? awi_deadline(awi_here(), ms) : INT64_MIN);
}

void awi_timeout_due(struct aw_loop *l, struct awi_timer *timer)
{
    struct awi_timeout *b = (struct awi_timeout *)timer;
    timer->n.state = AWI_ENDED;
    cancel_body(l, timer->owner, b);
}

int awi_timeout_end(struct aw_task *t, struct awi_timeout *b, int error)
{
    awi_timer_stop(&b->timer);
    bool mine = only_mine(t, b);
    return mine && error == AW_CANCELLED ? ETIMEDOUT : error;
}

/* --- group --------------------------------------------------------------- */

/* g.aw.state */
enum { OPEN, CLOSING };

/* g.flags */
#define FAILED 1u    /* g.error is the first error */
#define CANCELLED 2u /* by others: that is what the block ends with */

void awi_group_begin(struct aw_task *t, struct awi_group *g, uint32_t limit)
{
    awi_gather_init(&g->g);
    g->g.mode = AWI_GROUP;
    g->g.task = NULL;
    g->body = t;
    g->first = g->waiting = NULL;
    g->limit = limit;
    g->running = 0;
    g->failed.mark = 0;
    g->failed.timer.n.state = AWI_ENDED;
}

static inline void append(struct awi_group *g, struct awi_spawned *s)
{
    struct awi_member *last = g->g.last, *m = &s->task.m;
    m->owner = g;
    m->link = NULL;
    s->prev = last ? awi_spawned_of(last) : NULL;
    if (last)
        awi_set_sibling(last, m);
    else
        g->first = m;
    g->g.last = m;
    g->g.left++;
}

static AWI_INLINE void unlist(struct awi_group *g, struct awi_spawned *s,
                              struct awi_member *next)
{
    struct awi_spawned *prev = s->prev;
    if (prev)
        awi_set_sibling(&prev->task.m, next);
    else
        g->first = next;
    if (next)
        awi_spawned_of(next)->prev = prev;
    else
        g->g.last = prev ? &prev->task.m : NULL;
    g->g.left--;
}

/* Every child, in order of spawning; one that has not begun ends on its turn
 * without beginning. */
static void cancel_children(struct aw_loop *l, struct awi_group *g)
{
    for (struct awi_member *m = g->first; m; m = awi_sibling(m)) {
        struct aw_task *t = (struct aw_task *)m;
        if (m == g->waiting) {
            g->waiting = awi_sibling(m);
            g->running++;
            awi_queue(l, &m->n);
        }
        if (t->m.n.state != AWI_ENDED && t != l->running)
            awi_cancel(l, t);
    }
}

/* The first error cancels the children, then the body: now, or when it next
 * waits. */
AWI_APART
static void fail(struct aw_loop *l, struct awi_group *g, int error)
{
    g->g.flags |= FAILED;
    g->g.error = error;
    cancel_children(l, g);
    if (g->g.aw.state != OPEN)
        return;
    if (g->body == l->running) {
        arm(g->body, &g->failed, INT64_MIN);
    } else {
        cancel_body(l, g->body, &g->failed);
    }
}

/* Whether the limit keeps `t` from beginning now. */
static bool has_to_wait(struct awi_group *g, struct aw_task *t)
{
    if (!g->waiting && g->running < g->limit) {
        g->running++;
        return false;
    }
    if (!g->waiting)
        g->waiting = t;
    return true;
}

/* Begins a child that is not plain: there is a limit, or its frame holds
 * something. */
AWI_APART
static void begin_specially(struct awi_group *g, struct aw_task *t)
{
    t->m.n.flags = 0;
    if (g->limit == 0 || !has_to_wait(g, t))
        awi_queue(awi_here(), &t->m.n);
}

AWI_APART
static struct aw_task *no_memory(struct awi_group *g)
{
    fail(awi_here(), g, ENOMEM);
    return NULL;
}

/* The task is queued before its frame is filled: nothing runs until the caller
 * waits. */
struct aw_task *awi_group_spawn(struct awi_group *g, const struct aw_desc *d,
                                void *dst)
{
    if (AWI_UNLIKELY(g->g.flags & (FAILED | CANCELLED)))
        return NULL;
    size_t before = offsetof(struct awi_spawned, task);
    char *p = awi_port_alloc(before + awi_task_size(d));
    if (AWI_UNLIKELY(!p))
        return no_memory(g);
    struct awi_spawned *s = (struct awi_spawned *)(void *)p;
    awi_task_at(p + before, AWI_SPAWNED, 1, d);
    s->task.m.n.flags = AWI_PLAIN;
    s->dst = dst;
    append(g, s);
    if (!AWI_FAST || AWI_UNLIKELY(g->limit || d->drop))
        begin_specially(g, &s->task);
    else
        awi_queue(awi_here(), &s->task.m.n);
    return &s->task;
}

AWI_APART
static void begin_next(struct aw_loop *l, struct awi_group *g)
{
    struct awi_member *m = g->waiting;
    g->running--;
    if (m && g->running < g->limit) {
        g->waiting = awi_sibling(m);
        g->running++;
        awi_queue(l, &m->n);
    }
}

/* The first error fails the group, others are reported. */
AWI_APART
static void ended_badly(struct aw_loop *l, struct awi_group *g,
                        struct aw_task *t, int error)
{
    if (g->g.flags & (FAILED | CANCELLED)) {
        awi_report(l, t, error, "error of a child was not thrown");
    } else {
        awi_trail_follow(l, t, g->body, error, false);
        fail(l, g, error);
    }
}

static inline void store_result(const struct awi_spawned *s,
                                const struct aw_desc *d)
{
    if (s->dst)
        d->store(s->dst, s->task.leaf);
}

/* Also what takes more than the result: an error, a limit, others who know the
 * task, what its frame holds. */
void awi_spawned_ended(struct aw_loop *l, struct aw_task *t, int error)
{
    struct awi_group *g = t->m.owner;
    struct awi_spawned *s = awi_spawned_of(t);
    const struct aw_desc *d = t->leaf->desc;
    unlist(g, s, awi_sibling(&t->m));
    if (error == 0)
        store_result(s, d);
    else if (error != AW_CANCELLED)
        ended_badly(l, g, t, error);
    if (g->limit)
        begin_next(l, g);
    awi_drop(t->leaf, d);
    awi_unjoin(t);
    if (g->g.left == 0)
        awi_wake_owner(l, &g->g);
}

#if AWI_FAST

/* What waits for the group is only queued before the result is stored. */
void awi_plain_spawned_ended(struct aw_loop *l, struct aw_task *t)
{
    struct awi_group *g = t->m.owner;
    struct awi_spawned *s = awi_spawned_of(t);
    awi_set_ended(t, 0);
    if (AWI_UNLIKELY(t->m.n.refs > 1 ||
                     (s->prev && !awi_is_linked(&s->prev->task.m)))) {
        l->running = NULL;
        awi_spawned_ended(l, t, 0);
        return;
    }
    unlist(g, s, t->m.link);
    if (g->g.left == 0)
        awi_wake_owner(l, &g->g);
    store_result(s, t->leaf->desc);
    awi_spawned_free(s, t->leaf->desc);
}

#endif

/* The body has left with `error`: what the block will end with. */
static void close_group(struct aw_task *t, struct awi_group *g, int error)
{
    awi_timer_stop(&g->failed.timer);
    g->g.aw.state = CLOSING;
    bool mine = only_mine(t, &g->failed);
    if (error == 0 || (mine && error == AW_CANCELLED))
        return;
    if (error == AW_CANCELLED) {
        g->g.flags |= CANCELLED;
        cancel_children(awi_here(), g);
    } else if (g->g.flags & FAILED) {
        awi_report(awi_here(), t, error, "error of a body was not thrown");
    } else {
        fail(awi_here(), g, error);
    }
}

int awi_group_end(struct aw_task *t, struct awi_group *g, int outcome)
{
    g->g.task = NULL;
    if (g->g.aw.state == OPEN) {
        close_group(t, g, outcome);
    } else if (outcome == AW_CANCELLED) {
        g->g.flags |= CANCELLED;
        cancel_children(awi_here(), g);
    }
    if (g->g.left) {
        g->g.task = t;
        return awi_wait(t, AWI_OWNER, &g->g);
    }
    if (!(g->g.flags & CANCELLED))
        return g->g.error;
    awi_report(awi_here(), NULL, g->g.error, "error of a child was not thrown");
    return AW_CANCELLED;
}
