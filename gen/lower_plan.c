/* SPDX-License-Identifier: MIT
 * The passes from norm to frame over functions; which embed which, and the
 * order that follows. */
#include <stdlib.h>

#include "gen/coro.h"
#include "gen/lower.h"
#include "gen/suspend.h"

/* ---- the call graph -------------------------------------------------------
 */

/* Tarjan's strongly connected components over awaits by name. Functions
 * before `first` are done with: they call none of these. */
struct graph {
    struct program *p;
    uint32_t first;
    uint32_t *order, *low; /* by func->index - first; 0 not visited */
    uint32_t *stack;
    uint32_t nstack, count;
    bool *on_stack, *self;
    uint32_t from; /* whose calls are being visited */
};

static void connect(struct graph *g, uint32_t v);

static void visit_call(void *ctx, struct decl *f)
{
    struct graph *g = ctx;
    uint32_t v = g->from, w;

    if (f->func->index < g->first)
        return;
    w = f->func->index - g->first;
    if (v == w)
        g->self[v] = true;
    if (!g->order[w]) {
        connect(g, w);
        g->from = v;
        if (g->low[w] < g->low[v])
            g->low[v] = g->low[w];
    } else if (g->on_stack[w] && g->order[w] < g->low[v]) {
        g->low[v] = g->order[w];
    }
}

static void pop_component(struct graph *g, uint32_t v)
{
    uint32_t w;
    bool cycle = g->stack[g->nstack - 1] != v || g->self[v];

    g->p->cycles += cycle;
    do {
        w = g->stack[--g->nstack];
        g->on_stack[w] = false;
        g->p->u->funcs.v[g->first + w]->cycle = cycle ? g->p->cycles : 0;
    } while (w != v);
}

static void connect(struct graph *g, uint32_t v)
{
    const struct norm *n = g->p->of.v[g->first + v]->norm;

    g->order[v] = g->low[v] = ++g->count;
    g->stack[g->nstack++] = v;
    g->on_stack[v] = true;
    g->from = v;
    for (uint32_t i = 0; n && i < n->awaits.n; i++)
        coro_calls(n->awaits.v[i]->coro, visit_call, g);
    if (g->low[v] == g->order[v])
        pop_component(g, v);
}

static void find_cycles(struct program *p, uint32_t first)
{
    struct arena *a = p->u->tree;
    uint32_t n = p->of.n - first;
    struct graph g = {.p = p, .first = first};

    g.order = ARENA_ARRAY(a, uint32_t, n + 1);
    g.low = ARENA_ARRAY(a, uint32_t, n + 1);
    g.stack = ARENA_ARRAY(a, uint32_t, n + 1);
    g.on_stack = ARENA_ARRAY(a, bool, n + 1);
    g.self = ARENA_ARRAY(a, bool, n + 1);
    for (uint32_t i = 0; i < n; i++)
        if (!g.order[i])
            connect(&g, i);
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

static void prepare_frame(struct program *p, struct compiled *c);

static void prepare_callee(void *ctx, struct decl *f)
{
    struct program *p = ctx;

    if (!f->func->cycle)
        prepare_frame(p, p->of.v[f->func->index]);
}

/* Behind those that it embeds, as lower_plan orders them. */
static void prepare_frame(struct program *p, struct compiled *c)
{
    const struct norm *n = c->norm;

    if (c->frame)
        return;
    for (uint32_t i = 0; i < n->awaits.n; i++)
        coro_calls(n->awaits.v[i]->coro, prepare_callee, p);
    if (!c->frame)
        lower_frame(p, c);
}

struct program *lower_prepare(struct unit *u)
{
    struct program *p = lower_program(u);

    lower_norm(p);
    for (uint32_t i = 0; i < p->of.n && u->errors == 0; i++)
        if (p->of.v[i]->norm)
            prepare_frame(p, p->of.v[i]);
    return p;
}

/* ---- order ----------------------------------------------------------------
 */

/* A frame stands behind the frames it embeds. In a file written callees
 * first every function keeps its place. */
struct planner {
    struct program *p;
    uint32_t first; /* function; those before it are done with */
    bool *done;     /* by func->index - first */
    uint32_t at;    /* piece that the function in work needs */
    struct plan to;
};

static void plan(struct planner *pl, struct compiled *c);

/* A boxed callee's struct is only needed by code, which comes later. */
static void plan_callee(void *ctx, struct decl *f)
{
    struct planner *pl = ctx;
    struct compiled *c = pl->p->of.v[f->func->index];

    if (f->func->index < pl->first ||
        (f->func->cycle && pl->done[f->func->index - pl->first]))
        return;
    plan(pl, c);
    if (c->piece > pl->at)
        pl->at = c->piece;
}

static void plan(struct planner *pl, struct compiled *c)
{
    uint32_t outer = pl->at;

    if (pl->done[c->func->index - pl->first])
        return;
    pl->done[c->func->index - pl->first] = true;
    pl->at = c->piece;
    for (uint32_t i = 0; i < c->norm->awaits.n; i++)
        coro_calls(c->norm->awaits.v[i]->coro, plan_callee, pl);
    for (uint32_t i = 0; i < c->norm->calls.n; i++)
        coro_calls(c->norm->calls.v[i]->coro, plan_callee, pl);
    c->piece = pl->at;
    pl->at = outer;
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
    struct planner pl = {.p = p, .first = first, .to = {.from = from}};

    pl.done = ARENA_ARRAY(u->tree, bool, p->of.n - first + 1);
    pl.to.structs = ARENA_ARRAY(u->tree, struct compileds, pieces + 1);
    pl.to.funcs = ARENA_ARRAY(u->tree, struct compileds, pieces + 1);
    place_functions(p, &pl.to);
    for (uint32_t i = first; i < p->of.n; i++)
        if (p->of.v[i]->norm)
            plan(&pl, p->of.v[i]);
    for (uint32_t i = first; i < p->of.n; i++)
        if (p->of.v[i]->norm)
            VEC_PUSH(u->tree, &pl.to.funcs[p->of.v[i]->piece - from],
                     p->of.v[i]);
    return pl.to;
}
