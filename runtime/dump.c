/* SPDX-License-Identifier: 0BSD
 * aw_dump, for hosted ports: the tree of tasks, each with its chain of awaits
 * out of the static tables of the generated code. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "impl.h"

#include <stdio.h>

struct dump {
    int fd;
    int depth; /* of tasks */
};

static const char *state_name(const struct aw_task *t)
{
    if (t == awi_here()->running)
        return "running";
    switch ((enum awi_state)t->m.n.state) {
    case AWI_READY: return awi_is_new(t) ? "not begun" : "ready";
    case AWI_THROWN: return "ready";
    case AWI_DOOMED: return "cancelled before it began";
    case AWI_ENDED: return "ended";
    case AWI_SLEEP: return "sleeping";
    default: return "waiting";
    }
}

static void indent(const struct dump *d, int more)
{
    dprintf(d->fd, "%*s", 2 * d->depth + more, "");
}

/* The highest state that a frame of the function may have. */
static unsigned last_state(const struct aw_desc *desc)
{
    unsigned own = desc->states - 1u;
    return desc->tail ? last_state(desc->tail) + own - 1u : own;
}

/* A function, and those that its frame has become that of. */
static void dump_level(const struct dump *d, const struct aw_desc *desc,
                       unsigned state)
{
    unsigned tail = desc->tail ? last_state(desc->tail) : 0;
    unsigned at = state;
    if (tail && state)
        at = state <= tail ? 1 : state - tail + 1;
    indent(d, 4);
    if (*desc->file)
        dprintf(d->fd, "%s %s:%u\n", desc->name, desc->file,
                desc->lines[at < desc->states ? at : 0]);
    else
        dprintf(d->fd, "%s\n", desc->name);
    if (state && state <= tail)
        dump_level(d, desc->tail, state);
}

/* The chain from the root down; of a deep one the innermost frames. */
static void dump_frame(const struct dump *d, struct aw_frame *f, int budget)
{
    const struct aw_desc *desc = f->desc;
    if (f->up) {
        if (budget > 0)
            dump_frame(d, awi_parent(f), budget - 1);
        else
            indent(d, 4), dprintf(d->fd, "...\n");
    }
    if (desc->resume == awi_root) /* has the name of its child */
        return;
    dump_level(d, desc, f->state);
}

static void dump_task(struct dump *d, struct aw_task *t);

static void dump_member(struct dump *d, struct awi_member *m)
{
    if (m->n.kind != AWI_HANDLE) {
        if (m->n.state != AWI_ENDED)
            dump_task(d, (struct aw_task *)m);
    } else if (m->n.state == AWI_JOIN) {
        indent(d, 0);
        dprintf(d->fd, "- for task %s\n",
                aw_task_name(((struct awi_handle *)m)->task));
    }
}

/* The children of a combinator are a ring, those of a group a line. */
static void dump_children(struct dump *d, struct awi_gather *g)
{
    struct awi_member *m = awi_first_member(g);
    d->depth++;
    while (m) {
        dump_member(d, m);
        m = m == g->last ? NULL : awi_sibling(m);
    }
    d->depth--;
}

static void dump_task(struct dump *d, struct aw_task *t)
{
    indent(d, 0);
    dprintf(d->fd, "- %s: %s", aw_task_name(t), state_name(t));
    if (t->m.n.state == AWI_JOIN)
        dprintf(d->fd, " for task %s", aw_task_name(t->m.n.u.on));
    if (t->m.n.state == AWI_FD)
        dprintf(d->fd, " for descriptor %lld", (long long)t->m.n.u.when >> 2);
    if (t->m.n.state == AWI_SLEEP)
        dprintf(d->fd, " until %lld", (long long)t->m.n.u.when);
    dprintf(d->fd, "\n");
    dump_frame(d, t->leaf, 64);
    if (t->m.n.state == AWI_OWNER)
        dump_children(d, t->m.n.u.on);
}

void aw_dump(int fd)
{
    struct dump d = {fd, 0};
    struct aw_loop *l = awi_here();
    for (struct aw_task *t = l ? l->first : NULL; t; t = t->m.owner)
        dump_task(&d, t);
}
