/* SPDX-License-Identifier: MIT
 * The unit: the pieces one after the other, as soon as what they need has
 * been read. */
#include "gen/coro.h"
#include "gen/lower.h"

/* ---- pieces ---------------------------------------------------------------
 */

static void put_pass(struct lower *l, const struct piece *piece)
{
    struct edits e = {0};

    l->func = NULL;
    lower_edits(l, piece->at, NULL, &e);
    code_pass(l->c, piece->at, e.v, e.n);
}

/* What has been printed of f need not be kept, unless code that comes at the
 * end has texts in it. */
static void put_done(struct lower *l, struct func *f, uint32_t late)
{
    if (!l->o->flush)
        return;
    l->o->flush(l->o->ctx);
    if (l->late->items.n == late)
        unit_release(l->u, f);
}

/* A plain function with forms in it: its own text, helpers before it. */
static void put_plain(struct lower *l, const struct piece *piece)
{
    struct arena *outer = unit_enter(l->u, piece->func);
    struct code all, helpers, *to = l->c;
    uint32_t late = l->late->items.n;
    struct edits e = {0};

    code_init(&all, l->u->tree);
    code_init(&helpers, l->u->tree);
    l->c = &all;
    l->helpers = &helpers;
    l->func = piece->func;
    l->fn = NULL;
    lower_edits(l, piece->at, NULL, &e);
    code_append(&all, &helpers);
    code_pass(&all, piece->at, e.v, e.n);
    l->c = to;
    code_append(to, &all);
    unit_leave(l->u, outer);
    put_done(l, piece->func, late);
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
static void put_planned(struct lower *l, const struct plan *plan, uint32_t i)
{
    const struct compileds *structs = &plan->structs[i - plan->from];
    const struct compileds *funcs = &plan->funcs[i - plan->from];

    for (uint32_t k = 0; k < structs->n; k++) {
        struct compiled *c = structs->v[k];

        if (!c->frame)
            lower_frame(l->p, c);
        lower_struct(l, c);
        c->defined = true;
    }
    for (uint32_t k = 0; k < funcs->n; k++) {
        struct compiled *c = funcs->v[k];
        uint32_t late = l->late->items.n;
        struct arena *outer = unit_enter(l->u, c->func);

        c->printed = true; /* its tables come first */
        lower_func(l, c);
        unit_leave(l->u, outer);
        put_done(l, c->func, late);
    }
}

/* The structs of aw_task_storage(f) that piece is the first to name. */
static void put_storages(struct lower *l, const struct piece *piece)
{
    for (uint32_t i = 0; i < l->u->storages.n; i++) {
        struct use_of_storage s = l->u->storages.v[i];

        if (s.at < piece->at.from || s.at >= piece->at.to)
            continue;
        if (s.f->func ? !l->p->of.v[s.f->func->index]->defined
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

static void put_piece(struct lower *l, const struct plan *plan, uint32_t i)
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
        put_planned(l, plan, i);
        break;
    }
}

/* ---- the unit, as far as it has been read --------------------------------
 */

/* Whether nothing that may still come decides what a use of d becomes. */
static bool is_settled(struct unit *u, const struct decl *d)
{
    return d->kind != DECL_FUNC || !type_is_async(d->type) || d->func ||
           coro_leaf(u, d) || coro_published(u, d);
}

/* The first name in f that is not; NULL if none. */
static const struct decl *find_unsettled(struct unit *u, struct func *f)
{
    struct arena *outer = unit_enter(u, f);
    const struct decl *d = NULL;

    for (uint32_t i = 0; i < f->idents.n && !d; i++)
        if (f->idents.v[i]->decl && !is_settled(u, f->idents.v[i]->decl))
            d = f->idents.v[i]->decl;
    unit_leave(u, outer);
    return d;
}

bool lower_is_ready(struct lower *l)
{
    struct unit *u = l->u;

    if (l->unsettled && !l->unsettled->func)
        return false;
    for (; l->settled < u->funcs.n; l->settled++) {
        l->unsettled = find_unsettled(u, u->funcs.v[l->settled]);
        if (l->unsettled)
            return false;
    }
    return true;
}

struct lower *lower_begin(struct program *p, struct code *c,
                          const struct lower_options *o)
{
    struct lower *l = ARENA_NEW(&p->u->arena, struct lower);

    l->p = p;
    l->u = p->u;
    l->c = c;
    l->o = o;
    l->late = ARENA_NEW(&p->u->arena, struct code);
    code_init(l->late, &p->u->arena);
    return l;
}

void lower_pieces(struct lower *l)
{
    struct unit *u = l->u;
    uint32_t errors = u->errors;
    struct plan plan;

    if (l->p->of.n < u->funcs.n)
        lower_norm(l->p);
    if (u->errors == errors) {
        plan = lower_plan(l->p, l->next, l->funcs);
        for (; l->next < u->pieces.n; l->next++)
            put_piece(l, &plan, l->next);
    }
    for (; l->funcs < l->p->of.n; l->funcs++)
        l->p->of.v[l->funcs]->defined = true;
    l->next = u->pieces.n;
}

void lower_end(struct lower *l)
{
    lower_pieces(l);
    code_append(l->c, l->late);
}

void lower_unit(struct program *p, struct code *c,
                const struct lower_options *o)
{
    lower_end(lower_begin(p, c, o));
}
