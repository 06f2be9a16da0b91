/* SPDX-License-Identifier: 0BSD
 * The loop: turns, waiting, and the ways to run it (rules 1, 2 and 3).
 *
 * A turn polls, moves what is due to the tail of the ready queue, and runs
 * what is then in it, once each; the clock is read and the system asked only
 * when something waits for them. Turns with nothing to ask for in between
 * follow each other without a look around, until somebody wants a break. */
#include "impl.h"

AWI_THREAD struct awi_queue *awi_loop;

const char awi_abi_6 = 1;

struct awi_port *awi_port_of(struct aw_loop *l)
{
    return &l->port;
}

int awi_loop_open(struct aw_loop *l, bool own)
{
    l->ready.end.next = l->ready.end.prev = &l->ready.end;
    if (AWI_MARKS)
        l->ready.end.state = AWI_FREE;
    l->running = l->main = NULL;
    l->ready.outside = NULL;
    l->sleeping = l->interrupted = 0;
#if __STDC_HOSTED__
    l->alarm = (aw_flag){.loop = l};
#endif
    l->first = l->last = NULL;
    l->busy = l->stop = l->ending = false;
    l->breaks = 0;
    l->depth = 0;
    l->own = own;
    l->handler = NULL;
    l->handler_ctx = NULL;
#if AW_TRACE
    l->tracer = NULL;
    l->tracer_ctx = NULL;
    l->mark.state = AWI_FREE;
    l->mark.next = NULL;
#endif
    l->port.fd = l->port.wake_fd = -1;
    l->port.poll = l->port.fresh = l->port.forgets = false;
#if AW_TRAIL > 0
    l->steps = 0;
#endif
    int error = awi_port_open(l);
    if (error)
        return error;
    awi_wheel_init(&l->wheel, awi_port_now());
    awi_loop = &l->ready;
    return 0;
}

/* --- tracing ------------------------------------------------------------- */

#if AW_TRACE

void awi_trace(struct aw_loop *l, enum aw_trace_event event, struct aw_task *t)
{
    aw_trace_report report = {event, t};
    if (l->tracer)
        l->tracer(l->tracer_ctx, &report);
}

void awi_trace_queued(struct aw_loop *l, struct awi_node *n)
{
    struct aw_task *t = (struct aw_task *)n;
    bool is_new = t != l->running && awi_is_new(t);
    if (n->state == AWI_READY || n->state == AWI_THROWN)
        awi_trace(l, is_new ? AW_TRACE_NEW : AW_TRACE_READY, t);
}

void aw_loop_set_tracer(void (*fn)(void *ctx, const aw_trace_report *report),
                        void *ctx)
{
    struct aw_loop *l = awi_here();
    if (!l)
        return;
    l->tracer = fn;
    l->tracer_ctx = ctx;
    awi_break(l, AWI_LOOK);
    if (l->running && !l->stop && !l->mark.next)
        awi_queue_first(l, &l->mark); /* the others of this turn are traced */
}

#endif

void awi_queue_loudly(struct aw_loop *l, struct awi_node *n)
{
    if (awi_outside(&l->ready))
        awi_take_outside(l);
    if (AWI_TRACED(l))
        awi_trace_queued(l, n);
    awi_append(l, n);
}

#if !AWI_FAST
void awi_ready(struct aw_loop *l, struct aw_task *t, int outcome)
{
    awi_set_ready(t, outcome);
    awi_queue(l, &t->m.n);
}
#endif

/* --- turns --------------------------------------------------------------- */

/* Something from outside, or from the port. */
static void look_around(struct aw_loop *l)
{
    if (l->port.poll)
        awi_port_poll(l);
    if (AWI_LOAD(&l->interrupted)) {
        AWI_STORE(&l->interrupted, 0);
        if (l->main)
            aw_cancel(l->main);
    }
    if (awi_outside(&l->ready))
        awi_take_outside(l);
}

/* The body of `t` is over, with r: mostly a child has ended well. */
static AWI_INLINE void end_task(struct aw_loop *l, struct aw_task *t, int r)
{
    unsigned what = AWI_FAST && r == 0 ? awi_what_ends(t) : 0;
    if (AWI_LIKELY(what == AWI_PLAIN_CHILD))
        awi_plain_child_ended(l, t);
    else if (what == AWI_PLAIN_SPAWNED)
        awi_plain_spawned_ended(l, t);
    else
        awi_task_ended(l, t, r);
}

/* The leaf has ended with r: resumes each caller whose callee has ended. The
 * leaf is kept up to date so that the chain of live frames can be walked. What
 * the last one returned: that it waits, or the task has ended. */
static AWI_INLINE int go_up(struct aw_loop *l, struct aw_task *t, int r,
                            bool traced)
{
    struct aw_frame *f = t->leaf;
    do {
        if (f->up == 0) {
            if (traced)
                awi_trace(l, AW_TRACE_END, t);
            end_task(l, t, r);
            return r;
        }
        t->leaf = f = awi_parent(f);
        r = f->desc->resume(f, t, r);
    } while (!awi_waits(r));
    return r;
}

/* Resumes the innermost frame, or enters the body. */
static AWI_INLINE void run_step(struct aw_loop *l, struct aw_task *t,
                                int outcome, bool traced)
{
    struct aw_frame *f = t->leaf;
    l->running = t;
    if (traced)
        awi_trace(l, AW_TRACE_BEGIN, t);
    int r = f->desc->resume(f, t, outcome);
    if (AWI_UNLIKELY(!awi_waits(r))) /* out of the way of those that wait */
        r = go_up(l, t, r, traced);
    if (traced && awi_waits(r))
        awi_trace(l, AW_TRACE_WAIT, t);
}

/* Not to be resumed: neither is the outcome of an await. */
enum { TURN_OVER = AW_PENDING, NO_TASK = AW_LINKED };

/* What the await of a task ends with that is not simply ready; or its turn is
 * over, or it is none. */
AWI_APART
static int odd_outcome(struct aw_loop *l, struct aw_task *t)
{
    if (AWI_MARKS && t->m.n.state == AWI_FREE)
        return NO_TASK;
    if (t->m.n.state == AWI_THROWN) {
        l->breaks &= AWI_OPEN_TURNS ? ~AWI_DESCEND : 0u; /* or it is alone */
        t->m.n.state = AWI_READY;
        return t->m.n.u.outcome;
    }
    if (AWI_TRACED(l) && t->m.n.state == AWI_DOOMED)
        awi_trace(l, AW_TRACE_END, t);
    awi_special_step(l, t);
    return TURN_OVER;
}

/* The first of the queue, taken off; its end when there is none. */
static inline struct awi_node *take_first(struct awi_queue *q)
{
    struct awi_node *n = q->end.next, *next = n->next;
    q->end.next = next;
    if (next == &q->end)
        q->end.prev = next;
    return n;
}

/* `last` has made its step, at the end of a turn in which something was asked
 * for. The last one of what goes on, which may be the same once more; NULL when
 * the turn is over. */
AWI_APART
static struct awi_node *last_after(struct aw_loop *l, struct awi_node *last)
{
    struct awi_node *to = l->extended;
    if (l->breaks & AWI_DESCEND) /* it is the first of the queue */
        return last;
    l->extended = NULL;
    return to == last ? NULL : to;
}

/* Turns, until somebody has to be asked in between, or no task is ready. The
 * end of a turn is known here alone: a step stores as little as it can. */
static AWI_INLINE void run_steps(struct aw_loop *l, bool traced)
{
    struct awi_node *n, *last = l->ready.end.prev;
    for (;;) {
        n = take_first(&l->ready);
        int outcome = 0;
        if (AWI_UNLIKELY(n->state != AWI_READY))
            outcome = odd_outcome(l, (struct aw_task *)n);
        if (!awi_waits(outcome))
            run_step(l, (struct aw_task *)n, outcome, traced);
        else if (AWI_MARKS && outcome == NO_TASK)
            return;
        if (n != last)
            continue;
        last = l->ready.end.prev;
        if ((!AWI_OPEN_TURNS || AWI_UNLIKELY(l->breaks)) &&
            !(last = last_after(l, n)))
            return;
    }
}

#if AW_TRACE
AWI_COLD
AWI_APART
static void run_traced(struct aw_loop *l)
{
    run_steps(l, true);
}
#endif

/* Whether something has come from outside. */
static inline bool has_news(struct aw_loop *l)
{
    return awi_outside(&l->ready) || AWI_PEEK(&l->interrupted);
}

static inline void turn(struct aw_loop *l)
{
    if (l->port.poll || has_news(l))
        look_around(l);
    if (l->wheel.count > 0)
        awi_collect(l);
    if (awi_is_idle(l))
        return;
    l->extended = NULL;
    if (AWI_OPEN_TURNS)
        l->breaks &= AWI_PAUSE;
    if (l->wheel.count > 0 || l->port.poll || AWI_TRACED(l))
        awi_break(l, AWI_LOOK);
#if AW_TRACE
    if (AWI_TRACED(l))
        run_traced(l);
    else
        run_steps(l, false);
    if (l->ready.end.next == &l->mark)
        take_first(&l->ready);
    l->mark.next = NULL;
#else
    run_steps(l, false);
#endif
    l->running = NULL;
}

/* Whether the run function is asked after each turn. */
static inline void set_pause(struct aw_loop *l, bool on)
{
    if (AWI_OPEN_TURNS) /* else it always is */
        l->breaks = on ? AWI_PAUSE : 0;
}

/* Whoever sets something from outside looks at `sleeping` afterwards, so one
 * of the two notices the other. */
static inline void wait_if_idle(struct aw_loop *l)
{
    if (!awi_is_idle(l))
        return;
    if (AWI_TRACED(l))
        awi_trace(l, AW_TRACE_IDLE, NULL);
    AWI_STORE(&l->sleeping, 1);
    if (!AWI_LOAD_P(&l->ready.outside) && !AWI_LOAD(&l->interrupted))
        awi_port_wait(l, awi_wheel_next(&l->wheel));
    AWI_STORE(&l->sleeping, 0);
    if (AWI_TRACED(l))
        awi_trace(l, AW_TRACE_BUSY, NULL);
}

/* Cancels every task left, in order of creation, those too that are created
 * by the cleanup of others, and runs until all have ended. */
void awi_loop_drain(struct aw_loop *l)
{
    l->busy = l->ending = true;
    set_pause(l, true);
    while (l->first || !awi_is_idle(l)) {
        for (struct aw_task *t = l->first; t; t = t->m.owner)
            if (!(t->m.n.flags & AWI_SWEPT)) {
                t->m.n.flags |= AWI_SWEPT;
                awi_cancel(l, t);
            }
        wait_if_idle(l);
        turn(l);
    }
    l->busy = false;
}

void awi_loop_shut(struct aw_loop *l)
{
    if (AWI_TRACED(l))
        awi_trace(l, AW_TRACE_STOP, NULL);
    awi_port_close(l);
    awi_loop = NULL;
    if (l->own)
        awi_port_free(l, sizeof *l);
}

int awi_loop_main(struct aw_loop *l, struct awi_child *main)
{
    l->busy = true;
    l->main = &main->task;
    set_pause(l, false);
    main->task.m.n.refs++;
    awi_task_launch(l, &main->task);
    while (main->task.m.n.state != AWI_ENDED) {
        wait_if_idle(l);
        turn(l);
    }
    awi_drop_name(&main->task);
    l->main = NULL;
    l->busy = false;
    return main->task.m.n.u.outcome;
}

static int run_main(struct aw_loop *l, struct awi_child *main)
{
    int error = awi_loop_main(l, main);
    struct aw_frame *f = main->task.leaf;
    if (error == 0 && main->dst)
        f->desc->store(main->dst, f);
    awi_drop(f, f->desc);
    return error;
}

/* `main` will never begin. */
static int refuse(struct awi_child *main, int error)
{
    struct aw_frame *f = main->task.leaf;
    awi_drop(f, f->desc);
    return error;
}

int awi_run(struct awi_child *main)
{
    struct aw_loop here, *l = awi_here();
    int error = 0;
    if (l && l->busy)
        return refuse(main, EBUSY);
    if (!l)
        error = awi_loop_open(l = &here, false);
    if (error)
        return refuse(main, error);
    error = run_main(l, main);
    awi_loop_drain(l);
    awi_loop_shut(l);
    return error;
}

/* The loop that stays between runs; made when there is none. */
static int get_loop(struct aw_loop **out)
{
    struct aw_loop *l = *out = awi_here();
    if (l)
        return l->busy ? EBUSY : 0;
    *out = l = awi_port_alloc(sizeof *l);
    if (!l)
        return ENOMEM;
    int error = awi_loop_open(l, true);
    if (error)
        awi_port_free(l, sizeof *l);
    return error;
}

int awi_run_until(struct awi_child *main)
{
    struct aw_loop *l;
    int error = get_loop(&l);
    return error ? refuse(main, error) : run_main(l, main);
}

int aw_loop_run_forever(void)
{
    struct aw_loop *l;
    int error = get_loop(&l);
    if (error)
        return error;
    l->busy = true;
    set_pause(l, l->stop);
    do {
        if (!l->stop)
            wait_if_idle(l);
        turn(l);
    } while (!l->stop);
    l->stop = false;
    l->busy = false;
    return 0;
}

void aw_loop_stop(void)
{
    struct aw_loop *l = awi_here();
    if (!l)
        return;
    l->stop = true;
    awi_break(l, AWI_PAUSE);
    l->extended = awi_is_idle(l) ? NULL : l->ready.end.prev;
}

int64_t aw_loop_run_once(void)
{
    struct aw_loop *l;
    if (get_loop(&l))
        return INT64_MAX;
    l->busy = true;
    set_pause(l, true);
    AWI_STORE(&l->sleeping, 0);
    if (!l->port.poll)
        awi_port_poll(l);
    turn(l);
    l->busy = false;
    AWI_STORE(&l->sleeping, 1);
    if (!awi_is_idle(l) || AWI_LOAD_P(&l->ready.outside))
        return awi_port_now();
    return awi_wheel_next(&l->wheel);
}

int aw_loop_close(void)
{
    struct aw_loop *l = awi_here();
    if (!l)
        return 0;
    if (l->busy)
        return EBUSY;
    awi_loop_drain(l);
    awi_loop_shut(l);
    return 0;
}

int aw_loop_fd(void)
{
    struct aw_loop *l = awi_here();
    return l || get_loop(&l) == 0 ? awi_port_fd(l) : -1;
}
