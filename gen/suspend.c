/* SPDX-License-Identifier: MIT */
#include "gen/suspend.h"

#include "gen/coro.h"
#include "gen/graph.h"
#include "gen/walk.h"

struct finder {
    struct unit *u;
    uint32_t first;     /* functions before it are known */
    struct graph calls; /* which function awaits which, by name; by
                           func->index - first */
    bool *suspends, *left;
    uint32_t at; /* the function being looked at */
};

static void look_stmt(void *ctx, struct stmt *s);

static void look_await(struct finder *f, struct expr *e)
{
    struct decl *to = coro_callee(e->a);
    struct func *fn = to ? to->func : NULL;

    if (!fn || !fn->async)
        f->suspends[f->at] = true;
    else if (fn->index < f->first)
        f->suspends[f->at] |= !fn->direct;
    else
        graph_edge(&f->calls, fn->index - f->first);
}

static void look_expr(void *ctx, struct expr *e)
{
    struct finder *f = ctx;

    if (!e->has_await)
        return;
    if (e->kind == EX_AWAIT)
        look_await(f, e);
    walk_operands(e, look_expr, f);
    if (e->block)
        look_stmt(f, e->block);
}

static void look_stmt(void *ctx, struct stmt *s)
{
    struct finder *f = ctx;

    if (!s->has_await)
        return;
    f->suspends[f->at] |= s->kind == STMT_YIELD || s->kind == STMT_AW_FOR ||
                          s->kind == STMT_GROUP || s->kind == STMT_TIMEOUT;
    walk_exprs(s, look_expr, f);
    walk_stmts(s, look_stmt, f);
}

static void look_func(struct finder *f, struct func *fn)
{
    graph_node(&f->calls);
    f->at = fn->index - f->first;
    f->suspends[f->at] = !fn->async || fn->decl->type->generator;
    if (fn->async)
        look_stmt(f, fn->body);
}

/* A callee that has not been left is in a cycle with its caller. */
static void see_call(void *ctx, uint32_t v, uint32_t w, bool tree)
{
    struct finder *f = ctx;

    (void)tree;
    f->suspends[v] |= f->suspends[w] || !f->left[w];
}

static void leave_func(void *ctx, uint32_t v)
{
    struct finder *f = ctx;

    f->left[v] = true;
    f->u->funcs.v[f->first + v]->direct = !f->suspends[v];
}

void suspend_find(struct unit *u, uint32_t first)
{
    static const struct graph_visitor visitor = {NULL, see_call, leave_func};
    struct finder f = {.u = u, .first = first};
    uint32_t n = u->funcs.n - first;

    graph_init(&f.calls, u->tree);
    f.suspends = ARENA_ARRAY(u->tree, bool, n + 1);
    f.left = ARENA_ARRAY(u->tree, bool, n + 1);
    for (uint32_t i = first; i < u->funcs.n; i++)
        look_func(&f, u->funcs.v[i]);
    graph_walk(&f.calls, &visitor, &f);
}
