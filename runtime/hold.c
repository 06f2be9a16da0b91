/* SPDX-License-Identifier: 0BSD
 * Children that outlive their await (rule 4): the list on which a function
 * holds the combinators that it left early, and the root of a task that is
 * a combinator and holds what those inside it have left. */
#include "impl.h"

static bool within(const struct awi_gather *g, const void *from, size_t size)
{
    return !from || (uintptr_t)g - (uintptr_t)from < size;
}

int awi_drain(struct aw_task *t, struct awi_gather **held, const void *from,
              size_t size, int outcome)
{
    struct awi_gather **p = held, *g, *left = NULL;
    int error = 0;
    while ((g = *p) != NULL) {
        struct awi_gather **next = (struct awi_gather **)(void *)&g->held;
        if (!within(g, from, size)) {
            p = next;
            continue;
        }
        g->task = NULL;
        if (outcome == AW_CANCELLED) {
            g->flags |= AWI_CANCELLED;
            awi_cancel_members(awi_here(), g);
        }
        awi_expose(awi_here(), g);
        if (g->left) {
            left = g;
            g->task = t;
            p = next;
            continue;
        }
        unsigned flags = g->flags;
        *p = *next;
        if (flags & AWI_CANCELLED)
            error = AW_CANCELLED;
        if (flags & AWI_PIECE)
            awi_gather_each_free(g);
    }
    if (!left)
        return error;
    if (error) /* of one that has ended, with others there still */
        left->flags |= AWI_CANCELLED;
    return awi_wait(t, AWI_OWNER, left);
}

/* --- roots --------------------------------------------------------------- */

/* root->aw.state */
enum {
    UNBEGUN,
    RUNNING, /* the child */
    LEAVING  /* the child has ended; what is held has not */
};

void awi_root_init(struct awi_root *root, struct aw_frame *child,
                   const struct aw_desc *d)
{
    root->aw.state = UNBEGUN;
    root->held = NULL;
    root->child = child;
    root->desc = d;
}

int awi_root(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awi_root *root = (struct awi_root *)self;
    if (self->state == UNBEGUN) {
        self->state = RUNNING;
        outcome = awi_call(self, t, root->child, root->desc);
        if (awi_waits(outcome))
            return outcome;
    }
    if (self->state == RUNNING) {
        self->state = LEAVING;
        root->out = outcome;
        outcome = 0;
    }
    outcome = awi_drain(t, &root->held, NULL, 0, outcome);
    return outcome ? outcome : root->out;
}

void awi_root_drop(struct aw_frame *self)
{
    const struct awi_root *root = (struct awi_root *)self;
    if (self->state == UNBEGUN)
        awi_drop(root->child, root->desc);
}
