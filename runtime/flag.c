/* SPDX-License-Identifier: 0BSD
 * aw_flag, and what else comes from outside of the loop: from interrupts,
 * signal handlers and other threads (rules 6).
 *
 * A flag that is set while somebody waits is pushed on the loop's `outside`
 * stack, once until the loop has taken it off. Setting and waiting both first
 * store their own side, then look at the other's (is_set against loop), so
 * one of them sees both. The loop takes the stack at each turn, and before
 * anything else becomes ready, so that a flag set by the loop's own thread
 * wakes in the order of events. */
#include "impl.h"

/* Without atomic exchange a port's lock keeps interrupts away. */
#if AWI_ATOMIC

static int exchange(int *p, int value)
{
    return __atomic_exchange_n(p, value, __ATOMIC_SEQ_CST);
}

static void push(struct aw_loop *l, aw_flag *f)
{
    aw_flag *top = __atomic_load_n(&l->ready.outside, __ATOMIC_RELAXED);
    do
        f->next = top;
    while (!__atomic_compare_exchange_n(&l->ready.outside, &top, f, false,
                                        __ATOMIC_SEQ_CST, __ATOMIC_RELAXED));
}

static aw_flag *take(struct aw_loop *l)
{
    return __atomic_exchange_n(&l->ready.outside, NULL, __ATOMIC_SEQ_CST);
}

#else

static int exchange(int *p, int value)
{
    unsigned was = awi_port_lock();
    int old = *(volatile int *)p;
    *(volatile int *)p = value;
    awi_port_unlock(was);
    return old;
}

static void push(struct aw_loop *l, aw_flag *f)
{
    unsigned was = awi_port_lock();
    f->next = l->ready.outside;
    l->ready.outside = f;
    awi_port_unlock(was);
}

static aw_flag *take(struct aw_loop *l)
{
    unsigned was = awi_port_lock();
    aw_flag *f = l->ready.outside;
    l->ready.outside = NULL;
    awi_port_unlock(was);
    return f;
}

#endif

void aw_flag_set(aw_flag *f)
{
    AWI_STORE(&f->is_set, 1);
    struct aw_loop *l = AWI_LOAD_P(&f->loop);
    if (!l || exchange(&f->pending, 1))
        return;
    push(l, f);
    if (AWI_LOAD(&l->sleeping))
        awi_port_wake(l);
}

void aw_flag_clear(aw_flag *f)
{
    AWI_STORE(&f->is_set, 0);
}

/* A flag may have been cleared since, or its waiter gone. */
static void see(struct aw_loop *l, aw_flag *f)
{
    AWI_STORE(&f->pending, 0);
#if __STDC_HOSTED__
    if (f == &l->alarm)
        awi_break(l, AWI_LOOK);
#endif
    struct aw_task *t = f->waiter;
    if (t && AWI_LOAD(&f->is_set)) {
        f->waiter = NULL;
        awi_ready(l, t, 0);
    }
}

void awi_take_outside(struct aw_loop *l)
{
    aw_flag *f = take(l), *first = NULL;
    while (f) {
        aw_flag *next = f->next;
        f->next = first;
        first = f;
        f = next;
    }
    while (first) {
        aw_flag *next = first->next;
        see(l, first);
        first = next;
    }
}

/* A waiter that was chosen and is cancelled leaves the flag set. */
int awfr_aw_flag_wait(struct aw_frame *self, struct aw_task *t, int outcome)
{
    aw_flag *f = ((struct awf_aw_flag_wait *)self)->flag;
    if (self->state == 0) {
        if (f->waiter)
            return EBUSY;
        AWI_STORE_P(&f->loop, (void *)awi_here());
        if (!exchange(&f->is_set, 0)) {
            self->state = 1;
            f->waiter = t;
            return awi_wait(t, AWI_FLAG, f);
        }
    } else if (outcome == 0) {
        AWI_STORE(&f->is_set, 0);
    }
    AWI_STORE_P(&f->loop, (void *)NULL);
    return outcome;
}

static const unsigned no_lines[2];

const struct aw_desc awfd_aw_flag_wait = {
    .resume = awfr_aw_flag_wait,
    .name = "aw_flag_wait",
    .file = "",
    .lines = no_lines,
    .size = sizeof(struct awf_aw_flag_wait),
    .align = sizeof(void *),
    .states = 2,
};

void awi_interrupt(struct aw_loop *l)
{
    AWI_STORE(&l->interrupted, 1);
#if __STDC_HOSTED__
    aw_flag_set(&l->alarm);
#endif
    awi_port_wake(l);
}
