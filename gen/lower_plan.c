/* SPDX-License-Identifier: MIT
 * The passes from norm to frame over functions; which embed which, and the
 * order that follows. */
#include <stdlib.h>

#include "gen/coro.h"
#include "gen/graph.h"
#include "gen/lower.h"
#include "gen/suspend.h"

/* ---- the call graph -------------------------------------------------------
 */

/* Edges to functions from `first` on: those before it are done with. */
struct edges {
    struct graph *to;
    uint32_t first;
};

static void add_edge(void *ctx, struct decl *f)
{
    const struct edges *e = ctx;

    if (f->func->index >= e->first)
        graph_edge(e->to, f->func->index - e->first);
}

/* Which function awaits which by name, by func->index - first; `calls`: and
 * which it starts in other ways. */
static struct graph call_graph(const struct program *p, uint32_t first,
                               bool calls)
{
    struct graph g;
    struct edges e = {&g, first};

    graph_init(&g, p->u->tree);
    for (uint32_t v = first; v < p->of.n; v++) {
        const struct norm *n = p->of.v[v]->norm;

        graph_node(&g);
        for (uint32_t i = 0; n && i < n->awaits.n; i++)
            coro_calls(n->awaits.v[i]->coro, add_edge, &e);
        for (uint32_t i = 0; n && calls && i < n->calls.n; i++)
            coro_calls(n->calls.v[i]->coro, add_edge, &e);
    }
    return g;
}

/* Tarjan's strongly connected components. */
struct cycles {
    struct program *p;
    uint32_t first;
    uint32_t *order, *low; /* by func->index - first; from 1 on */
    uint32_t *stack;
    uint32_t nstack, count;
    bool *on_stack, *self;
};

static void enter_node(void *ctx, uint32_t v)
{
    struct cycles *c = ctx;

    c->order[v] = c->low[v] = ++c->count;
    c->stack[c->nstack++] = v;
    c->on_stack[v] = true;
}

static void see_edge(void *ctx, uint32_t v, uint32_t w, bool tree)
{
    struct cycles *c = ctx;
    uint32_t low = tree ? c->low[w] : c->order[w];

    c->self[v] |= v == w;
    if ((tree || c->on_stack[w]) && low < c->low[v])
        c->low[v] = low;
}

static void pop_component(void *ctx, uint32_t v)
{
    struct cycles *c = ctx;
    uint32_t w;

    if (c->low[v] != c->order[v])
        return;
    bool cycle = c->stack[c->nstack - 1] != v || c->self[v];
    c->p->cycles += cycle;
    do {
        w = c->stack[--c->nstack];
        c->on_stack[w] = false;
        c->p->u->funcs.v[c->first + w]->cycle = cycle ? c->p->cycles : 0;
    } while (w != v);
}

static void find_cycles(struct program *p, uint32_t first)
{
    static const struct graph_visitor visitor = {enter_node, see_edge,
                                                 pop_component};
    struct arena *a = p->u->tree;
    uint32_t n = p->of.n - first;
    struct cycles c = {.p = p, .first = first};
    struct graph g = call_graph(p, first, false);

    c.order = ARENA_ARRAY(a, uint32_t, n + 1);
    c.low = ARENA_ARRAY(a, uint32_t, n + 1);
    c.stack = ARENA_ARRAY(a, uint32_t, n + 1);
    c.on_stack = ARENA_ARRAY(a, bool, n + 1);
    c.self = ARENA_ARRAY(a, bool, n + 1);
    graph_walk(&g, &visitor, &c);
}

/* ---- preparing ------------------------------------------------------------
 */

/* Names that the frame itself uses: aw, ret, c1, c2, ... */
static bool is_reserved(const char *s)
{
    if (strcmp(s, "aw") == 0 || strcmp(s, "ret") == 0)
        return true;
    return s[0] == 'c' && s[1] && strspn(s + 1, "0123456789") == strlen(s + 1);
}

static bool names_param(const struct func *f, const char *s)
{
    for (uint32_t i = 0; i < f->nparams; i++)
        if (f->params[i].name && strcmp(f->params[i].name->s, s) == 0)
            return true;
    return false;
}

static const char *field_name(struct unit *u, const struct func *f, uint32_t i)
{
    const char *s = f->params[i].name ? f->params[i].name->s : NULL;

    if (!s)
        return arena_printf(&u->arena, "awf_p%u", i + 1);
    if (!is_reserved(s))
        return s;
    do
        s = arena_printf(&u->arena, "%s_", s);
    while (names_param(f, s));
    return s;
}

static void name_fields(struct unit *u, struct func *f)
{
    f->fields = ARENA_ARRAY(&u->arena, const char *, f->nparams + 1);
    for (uint32_t i = 0; i < f->nparams; i++)
        f->fields[i] = field_name(u, f, i);
}

/* By token, outer forms before those inside. */
static int by_token(const void *pa, const void *pb)
{
    const struct expr *const *a = pa, *const *b = pb;

    if ((*a)->at.from != (*b)->at.from)
        return (*a)->at.from < (*b)->at.from ? -1 : 1;
    return (*a)->at.to > (*b)->at.to ? -1 : (*a)->at.to < (*b)->at.to;
}

static int by_first_token(const void *pa, const void *pb)
{
    const struct tag_use *a = pa, *b = pb;

    if (a->at.from != b->at.from)
        return a->at.from < b->at.from ? -1 : 1;
    return 0;
}

static void prepare_norm(struct program *p, struct compiled *c)
{
    struct func *f = c->func;

    if (f->forms.n > 1)
        qsort(f->forms.v, f->forms.n, sizeof *f->forms.v, by_token);
    if (f->tag_uses.n > 1)
        qsort(f->tag_uses.v, f->tag_uses.n, sizeof *f->tag_uses.v,
              by_first_token);
    if (!f->async)
        return;
    name_fields(p->u, f);
    c->norm = norm(p->u, f);
    norm_verify(p->u, c->norm);
    if (c->norm->literals.n > 1)
        qsort(c->norm->literals.v, c->norm->literals.n,
              sizeof *c->norm->literals.v, by_token);
}

static struct compiled *compiled_new(struct program *p, struct func *f)
{
    struct compiled *c = ARENA_NEW(&p->u->arena, struct compiled);

    c->func = f;
    VEC_PUSH(&p->u->arena, &p->of, c);
    return c;
}

void lower_norm(struct program *p)
{
    struct unit *u = p->u;
    uint32_t first = p->of.n, errors = u->errors;

    suspend_find(u, first);
    for (uint32_t i = first; i < u->funcs.n; i++) {
        struct arena *outer = unit_enter(u, u->funcs.v[i]);

        prepare_norm(p, compiled_new(p, u->funcs.v[i]));
        unit_leave(u, outer);
    }
    if (u->errors == errors)
        find_cycles(p, first);
}

void lower_frame(struct program *p, struct compiled *c)
{
    struct arena *outer = unit_enter(p->u, c->func);

    c->cfg = cfg_build(p->u, c->norm);
    cfg_verify(c->cfg);
    c->live = live_compute(p->u, c->cfg);
    live_verify(p->u, c->live);
    c->frame = frame_build(p->u, c->live);
    frame_verify(p->u, c->frame);
    unit_leave(p->u, outer);
}

struct program *lower_program(struct unit *u)
{
    struct program *p = ARENA_NEW(&u->arena, struct program);

    p->u = u;
    return p;
}

/* Behind those that it embeds, as lower_plan orders them. */
static void prepare_frame(void *ctx, uint32_t i)
{
    struct program *p = ctx;
    struct compiled *c = p->of.v[i];

    if (c->norm && !c->frame && p->u->errors == 0)
        lower_frame(p, c);
}

struct program *lower_prepare(struct unit *u)
{
    static const struct graph_visitor visitor = {.leave = prepare_frame};
    struct program *p = lower_program(u);

    lower_norm(p);
    if (u->errors)
        return p;
    struct graph g = call_graph(p, 0, false);
    graph_walk(&g, &visitor, p);
    return p;
}

/* ---- order ----------------------------------------------------------------
 */

/* A frame stands behind the frames it embeds. In a file written callees
 * first every function keeps its place. */
struct planner {
    struct program *p;
    uint32_t first; /* function; those before it are done with */
    struct plan to;
};

/* A boxed callee's struct is only needed by code, which comes later. */
static void plan_edge(void *ctx, uint32_t v, uint32_t w, bool tree)
{
    struct planner *pl = ctx;
    struct compiled *from = pl->p->of.v[pl->first + v];
    const struct compiled *to = pl->p->of.v[pl->first + w];

    if ((tree || !to->func->cycle) && to->piece > from->piece)
        from->piece = to->piece;
}

static void plan_func(void *ctx, uint32_t v)
{
    struct planner *pl = ctx;
    struct compiled *c = pl->p->of.v[pl->first + v];

    if (c->norm)
        VEC_PUSH(pl->p->u->tree, &pl->to.structs[c->piece - pl->to.from], c);
}

static void place_functions(struct program *p, const struct plan *to)
{
    const struct unit *u = p->u;

    for (uint32_t i = to->from; i < u->pieces.n; i++)
        if (u->pieces.v[i].kind == PIECE_FUNC)
            p->of.v[u->pieces.v[i].func->index]->piece = i;
}

struct plan lower_plan(struct program *p, uint32_t from, uint32_t first)
{
    struct unit *u = p->u;
    uint32_t pieces = u->pieces.n - from;
    static const struct graph_visitor visitor = {NULL, plan_edge, plan_func};
    struct planner pl = {.p = p, .first = first, .to = {.from = from}};

    pl.to.structs = ARENA_ARRAY(u->tree, struct compileds, pieces + 1);
    pl.to.funcs = ARENA_ARRAY(u->tree, struct compileds, pieces + 1);
    place_functions(p, &pl.to);
    struct graph g = call_graph(p, first, true);
    graph_walk(&g, &visitor, &pl);
    for (uint32_t i = first; i < p->of.n; i++)
        if (p->of.v[i]->norm)
            VEC_PUSH(u->tree, &pl.to.funcs[p->of.v[i]->piece - from],
                     p->of.v[i]);
    return pl.to;
}
