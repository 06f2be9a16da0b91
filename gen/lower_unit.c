/* SPDX-License-Identifier: MIT
 * The unit: which functions embed which, the order that follows, and the
 * pieces one after the other. */
#include <stdlib.h>

#include "gen/coro.h"
#include "gen/lower.h"
#include "gen/operand.h"
#include "gen/suspend.h"

/* ---- the call graph -------------------------------------------------------
 */

/* Tarjan's strongly connected components over awaits by name. */
struct graph {
    struct program *p;
    uint32_t *order, *low; /* by func->index; 0 not visited */
    uint32_t *stack;
    uint32_t nstack, count, cycles;
    bool *on_stack, *self;
    uint32_t from; /* whose calls are being visited */
};

static void connect(struct graph *g, uint32_t v);

static void visit_call(void *ctx, struct decl *f)
{
    struct graph *g = ctx;
    uint32_t v = g->from, w = f->func->index;

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

    g->cycles += cycle;
    do {
        w = g->stack[--g->nstack];
        g->on_stack[w] = false;
        g->p->u->funcs.v[w]->cycle = cycle ? g->cycles : 0;
    } while (w != v);
}

static void connect(struct graph *g, uint32_t v)
{
    const struct norm *n = g->p->of[v].norm;

    g->order[v] = g->low[v] = ++g->count;
    g->stack[g->nstack++] = v;
    g->on_stack[v] = true;
    g->from = v;
    for (uint32_t i = 0; n && i < n->awaits.n; i++)
        coro_calls(n->awaits.v[i]->coro, visit_call, g);
    if (g->low[v] == g->order[v])
        pop_component(g, v);
}

static void find_cycles(struct program *p)
{
    struct arena *a = &p->u->arena;
    uint32_t n = p->u->funcs.n;
    struct graph g = {.p = p};

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

static void prepare_norm(struct program *p)
{
    for (uint32_t i = 0; i < p->u->funcs.n; i++) {
        struct func *f = p->u->funcs.v[i];

        p->of[i].func = f;
        if (f->forms.n > 1)
            qsort(f->forms.v, f->forms.n, sizeof *f->forms.v, by_token);
        if (f->tag_uses.n > 1)
            qsort(f->tag_uses.v, f->tag_uses.n, sizeof *f->tag_uses.v,
                  by_first_token);
        if (!f->async)
            continue;
        name_fields(p->u, f);
        p->of[i].norm = norm(p->u, f);
        norm_verify(p->u, p->of[i].norm);
        if (p->of[i].norm->literals.n > 1)
            qsort(p->of[i].norm->literals.v, p->of[i].norm->literals.n,
                  sizeof *p->of[i].norm->literals.v, by_token);
    }
}

static void prepare_frame(struct program *p, struct compiled *c)
{
    c->cfg = cfg_build(p->u, c->norm);
    cfg_verify(c->cfg);
    c->live = live_compute(p->u, c->cfg);
    live_verify(p->u, c->live);
    c->frame = frame_build(p->u, c->live);
    frame_verify(p->u, c->frame);
}

struct program *lower_prepare(struct unit *u)
{
    struct program *p = ARENA_NEW(&u->arena, struct program);

    p->u = u;
    p->of = ARENA_ARRAY(&u->arena, struct compiled, u->funcs.n + 1);
    suspend_find(u);
    prepare_norm(p);
    if (u->errors)
        return p;
    find_cycles(p);
    for (uint32_t i = 0; i < u->funcs.n; i++)
        if (p->of[i].norm)
            prepare_frame(p, &p->of[i]);
    return p;
}

/* ---- order ----------------------------------------------------------------
 */

/* A frame stands behind the frames it embeds. In a file written callees
 * first every function keeps its place. */
VEC_TYPE(compileds, struct compiled *);

struct planner {
    struct program *p;
    bool *done;                /* by func->index */
    uint32_t at;               /* piece that the function in work needs */
    struct compileds *structs; /* by piece: the frames there, callees first */
    struct compileds *funcs;   /* by piece: in the order of the input */
};

static void plan(struct planner *pl, struct compiled *c);

/* A boxed callee's struct is only needed by code, which comes later. */
static void plan_callee(void *ctx, struct decl *f)
{
    struct planner *pl = ctx;
    struct compiled *c = &pl->p->of[f->func->index];

    if (f->func->cycle && pl->done[f->func->index])
        return;
    plan(pl, c);
    if (c->piece > pl->at)
        pl->at = c->piece;
}

static void plan(struct planner *pl, struct compiled *c)
{
    uint32_t outer = pl->at;

    if (pl->done[c->func->index])
        return;
    pl->done[c->func->index] = true;
    pl->at = c->piece;
    for (uint32_t i = 0; i < c->norm->awaits.n; i++)
        coro_calls(c->norm->awaits.v[i]->coro, plan_callee, pl);
    for (uint32_t i = 0; i < c->norm->calls.n; i++)
        coro_calls(c->norm->calls.v[i]->coro, plan_callee, pl);
    c->piece = pl->at;
    pl->at = outer;
    VEC_PUSH(&pl->p->u->arena, &pl->structs[c->piece], c);
}

static struct planner plan_all(struct program *p)
{
    struct unit *u = p->u;
    struct planner pl = {.p = p};

    pl.done = ARENA_ARRAY(&u->arena, bool, u->funcs.n + 1);
    pl.structs = ARENA_ARRAY(&u->arena, struct compileds, u->pieces.n + 1);
    pl.funcs = ARENA_ARRAY(&u->arena, struct compileds, u->pieces.n + 1);
    for (uint32_t i = 0; i < u->pieces.n; i++)
        if (u->pieces.v[i].kind == PIECE_FUNC)
            p->of[u->pieces.v[i].func->index].piece = i;
    for (uint32_t i = 0; i < u->funcs.n; i++)
        if (p->of[i].norm)
            plan(&pl, &p->of[i]);
    for (uint32_t i = 0; i < u->funcs.n; i++)
        if (p->of[i].norm)
            VEC_PUSH(&u->arena, &pl.funcs[p->of[i].piece], &p->of[i]);
    return pl;
}

/* ---- pieces ---------------------------------------------------------------
 */

static void put_pass(struct lower *l, const struct piece *piece)
{
    struct edits e = {0};

    l->func = NULL;
    lower_edits(l, piece->at, NULL, &e);
    code_pass(l->c, piece->at, e.v, e.n);
}

/* A plain function with forms in it: its own text, helpers before it. */
static void put_plain(struct lower *l, const struct piece *piece)
{
    struct code helpers;
    struct edits e = {0};

    code_init(&helpers, &l->u->arena);
    l->helpers = &helpers;
    l->func = piece->func;
    l->fn = NULL;
    lower_edits(l, piece->at, NULL, &e);
    code_append(l->c, &helpers);
    code_pass(l->c, piece->at, e.v, e.n);
}

static void declare(struct lower *l, struct decl *d)
{
    if (d->emit)
        return;
    d->emit = arena_printf(&l->u->arena, "(&awfd_%s)", d->name->s);
    lower_prototype(l, d);
}

static void put_proto(struct lower *l, const struct piece *piece)
{
    code_gap(l->c, piece->at.from);
    for (uint32_t i = 0; i < piece->ndecls; i++) {
        struct decl *d = piece->decls[i];

        /* the runtime's own come with their declarations in C */
        if (!coro_published(l->u, d))
            declare(l, d);
    }
}

/* Everything that was planned for piece i: structs, then functions. */
static void put_planned(struct lower *l, const struct planner *pl, uint32_t i)
{
    for (uint32_t k = 0; k < pl->structs[i].n; k++) {
        struct compiled *c = pl->structs[i].v[k];

        lower_struct(l, c);
        c->defined = true;
    }
    for (uint32_t k = 0; k < pl->funcs[i].n; k++)
        lower_func(l, pl->funcs[i].v[k]);
}

/* The structs of aw_task_storage(f) that piece is the first to name. */
static void put_storages(struct lower *l, const struct piece *piece)
{
    for (uint32_t i = 0; i < l->u->storages.n; i++) {
        struct use_of_storage s = l->u->storages.v[i];

        if (s.at < piece->at.from || s.at >= piece->at.to)
            continue;
        if (s.f->func ? !l->p->of[s.f->func->index].defined
                      : !coro_published(l->u, s.f))
            diag(l->u, (struct span){s.at, s.at + 1}, D_task_storage,
                 s.f->name->s);
        code_nl(l->c);
        code_text(l->c, "");
        code_nl(l->c);
        code_printf(l->c,
                    "struct awfk_%s { struct aw_task task; "
                    "struct awf_%s f; };",
                    s.f->name->s, s.f->name->s);
    }
}

static void put_piece(struct lower *l, const struct planner *pl, uint32_t i)
{
    const struct piece *piece = &l->u->pieces.v[i];

    put_storages(l, piece);

    switch ((enum piece_kind)piece->kind) {
    case PIECE_PASS: put_pass(l, piece); break;
    case PIECE_PROTO: put_proto(l, piece); break;
    case PIECE_FUNC:
        if (!piece->func->async) {
            put_plain(l, piece);
            break;
        }
        code_gap(l->c, piece->at.from);
        declare(l, piece->func->decl);
        put_planned(l, pl, i);
        break;
    }
}

void lower_unit(struct program *p, struct code *c,
                const struct lower_options *o)
{
    struct lower l = {.p = p, .u = p->u, .c = c, .o = o};
    struct planner pl = plan_all(p);

    struct code late;

    code_init(&late, &p->u->arena);
    l.late = &late;
    for (uint32_t i = 0; i < p->u->pieces.n; i++)
        put_piece(&l, &pl, i);
    code_append(c, &late);
}
