/* SPDX-License-Identifier: MIT */
#include "gen/graph.h"

void graph_init(struct graph *g, struct arena *a)
{
    memset(g, 0, sizeof *g);
    g->arena = a;
}

void graph_node(struct graph *g)
{
    VEC_PUSH(g->arena, &g->first, g->to.n);
}

void graph_edge(struct graph *g, uint32_t to)
{
    VEC_PUSH(g->arena, &g->to, to);
}

/* A node that has been entered and not left. */
struct open {
    uint32_t v;
    uint32_t next; /* its edge to look at */
};

struct walk {
    const struct graph *g;
    const struct graph_visitor *to;
    void *ctx;
    bool *seen;
    VEC(struct open) stack;
};

static void enter(struct walk *w, uint32_t v)
{
    struct open o = {v, w->g->first.v[v]};

    w->seen[v] = true;
    if (w->to->enter)
        w->to->enter(w->ctx, v);
    VEC_PUSH(w->g->arena, &w->stack, o);
}

static void follow(struct walk *w, uint32_t v, uint32_t to, bool tree)
{
    if (w->to->edge)
        w->to->edge(w->ctx, v, to, tree);
}

/* The innermost open node is done with: the edge that led to it is, too. */
static void leave(struct walk *w)
{
    uint32_t v = w->stack.v[--w->stack.n].v;

    if (w->to->leave)
        w->to->leave(w->ctx, v);
    if (w->stack.n)
        follow(w, VEC_LAST(&w->stack).v, v, true);
}

static void step(struct walk *w)
{
    const struct graph *g = w->g;
    struct open *o = &VEC_LAST(&w->stack);
    uint32_t end = o->v + 1 < g->first.n ? g->first.v[o->v + 1] : g->to.n;

    if (o->next == end) {
        leave(w);
        return;
    }
    uint32_t to = g->to.v[o->next++];
    if (w->seen[to])
        follow(w, o->v, to, false);
    else
        enter(w, to);
}

void graph_walk(const struct graph *g, const struct graph_visitor *to,
                void *ctx)
{
    struct walk w = {.g = g, .to = to, .ctx = ctx};

    w.seen = ARENA_ARRAY(g->arena, bool, g->first.n + 1);
    for (uint32_t v = 0; v < g->first.n; v++) {
        if (!w.seen[v])
            enter(&w, v);
        while (w.stack.n)
            step(&w);
    }
}
