/* SPDX-License-Identifier: 0BSD
 * Blocks of a function: aw_timeout_ms and aw_group (rules 5). Both cancel the
 * body's own task; task.blocks counts how many such cancellations are
 * outstanding, so that each block can tell whether the AW_CANCELLED that
 * leaves it is its own and the only one. */
#include "impl.h"

/* Takes back the block's cancellation, if it made one and nobody has caught
 * it; true when no other is outstanding. */
static bool only_mine(struct aw_task *t, bool fired)
{
    if (!fired || t->m.n.blocks == 0)
        return false;
    t->m.n.blocks--;
    return !awi_own(t);
}

void awi_timeout_begin(struct aw_task *t, struct awi_timeout *b, int64_t ms)
{
    struct aw_loop *l = awi_loop;
    b->fired = false;
    b->timer.owner = t;
    b->timer.n.kind = AWI_TIMEOUT;
    b->timer.n.state = AWI_SLEEP;
    awi_wheel_add(&l->wheel, &b->timer.n,
                  ms > 0 ? awi_deadline(l, ms) : INT64_MIN);
}

void awi_timeout_due(struct aw_loop *l, struct awi_timer *timer)
{
    struct awi_timeout *b = (struct awi_timeout *)timer;
    timer->n.state = AWI_ENDED;
    b->fired = true;
    awi_cancel_block(l, timer->owner);
}

int awi_timeout_end(struct aw_task *t, struct awi_timeout *b, int error)
{
    if (b->timer.n.state == AWI_SLEEP) {
        awi_wheel_remove(&awi_loop->wheel, &b->timer.n);
        b->timer.n.state = AWI_ENDED;
    }
    if (error == AW_CANCELLED && only_mine(t, b->fired))
        return ETIMEDOUT;
    return error;
}

void awi_spawned_ended(struct aw_loop *l, struct aw_task *t, int error)
{
    (void)l;
    (void)t;
    (void)error;
}
