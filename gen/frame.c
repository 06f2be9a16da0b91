/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "gen/coro.h"
#include "gen/frame.h"

/* Live at more suspension points than these it is long-lived. */
enum { MOST_SPANS = 64, MOST_TEMP_SPANS = 8 };

struct planner {
    struct unit *u;
    struct frame *f;
    const struct cfg *g;
    struct bits crosses;    /* locals whose scope has an await */
    struct bits changed;    /* parameters assigned to */
    struct bits ever_unset; /* live and maybe without value at one */
    struct bits outside;    /* live at one where its scope has ended */
    uint32_t *spans;        /* by local: suspension points it is live at */
    struct bits declared, tmp;
    struct name *taken; /* member names in use: a hash table */
    uint32_t ntaken;    /* its size, a power of two */
};

struct name {
    const char *s;
    unsigned next; /* number to try for the next one called so */
};

/* ---- where each object lives ----------------------------------------------
 */

static void cross_decls(struct planner *p, const struct nstmt *s, bool await);

static void cross_list(struct planner *p, const struct nstmt *s, bool await)
{
    for (uint32_t i = 0; i < s->body.n; i++)
        cross_decls(p, s->body.v[i], await);
}

/* Marks what s declares when the scope around it has an await. */
static void cross_decls(struct planner *p, const struct nstmt *s, bool await)
{
    const struct nstmt *sub[3] = {s->init, s->s1, s->s2};

    if (s->kind == N_DECL) {
        if (await)
            bits_add(p->crosses, s->d->index);
        return;
    }
    if (s->kind == N_DECLS) {
        cross_list(p, s, await);
        return;
    }
    if (s->kind == N_BLOCK)
        cross_list(p, s, s->has_await);
    for (int i = 0; i < 3; i++)
        if (sub[i] && sub[i] == s->init)
            cross_list(p, sub[i], s->has_await);
        else if (sub[i])
            cross_decls(p, sub[i], s->has_await);
}

static void find_crossing(struct planner *p)
{
    const struct norm *n = p->g->norm;

    for (uint32_t i = 0; i < p->g->locals.n; i++) {
        const struct decl *d = p->g->locals.v[i];

        if ((d->is_param || d->temp) && n->awaits.n)
            bits_add(p->crosses, i);
    }
    cross_decls(p, n->body, n->body->has_await);
}

static void find_live(struct planner *p)
{
    const struct live *l = p->f->live;

    for (uint32_t k = 1; k <= p->g->norm->awaits.n; k++) {
        for (uint32_t i = bits_next(l->at[k], 0); i < l->at[k].n;
             i = bits_next(l->at[k], i + 1)) {
            p->spans[i]++;
            if (bits_has(l->unset[k], i))
                bits_add(p->ever_unset, i);
        }
    }
}

/* ---- objects that are live outside of their scope --------------------------
 */

/* What the statements of a list declare is declared, or is no more. */
static void declare(struct planner *p, const struct nstmt *list, bool on)
{
    for (uint32_t i = 0; i < list->body.n; i++) {
        const struct nstmt *s = list->body.v[i];

        if (s->kind == N_DECLS)
            declare(p, s, on);
        else if (s->kind == N_DECL && on)
            bits_add(p->declared, s->d->index);
        else if (s->kind == N_DECL)
            bits_del(p->declared, s->d->index);
    }
}

static void find_outside(struct planner *p, const struct nstmt *s)
{
    const struct nstmt *sub[3] = {s->init, s->s1, s->s2};

    if (s->kind == N_DECL)
        bits_add(p->declared, s->d->index);
    if (s->kind == N_AWAIT && s->state) {
        bits_copy(p->tmp, p->f->live->at[s->state]);
        bits_minus(p->tmp, p->declared);
        bits_or(p->outside, p->tmp);
    }
    if (s->init)
        declare(p, s->init, true);
    for (int i = 1; i < 3; i++)
        if (sub[i])
            find_outside(p, sub[i]);
    for (uint32_t i = 0; i < s->body.n; i++)
        find_outside(p, s->body.v[i]);
    if (s->kind == N_BLOCK)
        declare(p, s, false);
    if (s->init)
        declare(p, s->init, false);
}

static void undeclare(struct planner *p, const struct nstmt *s)
{
    const struct nstmt *sub[3] = {s->init, s->s1, s->s2};

    declare(p, s, false);
    for (int i = 0; i < 3; i++)
        if (sub[i])
            undeclare(p, sub[i]);
    for (uint32_t i = 0; i < s->body.n; i++)
        undeclare(p, s->body.v[i]);
}

/* A jump may lead back into a scope that was left. What is live until then
 * cannot be a C local that is reloaded where its declaration is out of
 * sight. */
static void find_jumped(struct planner *p)
{
    const struct norm *n = p->g->norm;

    for (uint32_t i = 0; i < p->g->locals.n; i++)
        bits_add(p->declared, i);
    undeclare(p, n->body);
    find_outside(p, n->body);
}

/* Definitions beyond the one that every parameter has at the entry. */
static void find_changed(struct planner *p)
{
    const struct cfg *g = p->g;

    for (uint32_t b = 0; b < g->blocks.n; b++) {
        const struct block *k = g->blocks.v[b];

        for (uint32_t i = 0; i < k->events.n; i++) {
            struct event e = k->events.v[i];
            bool entry = b == 0 && i < g->locals.n;

            if (!entry && (e.kind == EV_DEF || e.kind == EV_TOUCH))
                bits_add(p->changed, e.local);
        }
    }
}

static bool is_plain_scalar(const struct decl *d)
{
    return type_is_scalar(d->type) &&
           (d->type->quals & (Q_VOLATILE | Q_ATOMIC)) == 0;
}

/* Whether d would be saved and reloaded at so many suspension points that what
 * is written for a function would grow as their square. A temporary is read
 * once. */
static bool is_long_lived(const struct planner *p, const struct decl *d)
{
    return p->spans[d->index] > (d->temp ? MOST_TEMP_SPANS : MOST_SPANS);
}

static enum residence residence(struct planner *p, const struct decl *d)
{
    uint32_t i = d->index;

    if (d->is_param && !is_plain_scalar(d))
        return RES_FRAME; /* it arrives there */
    if (d->framed || d->boxed)
        return RES_FRAME;
    if (!bits_has(p->crosses, i))
        return d->is_param && d->addr_taken ? RES_FRAME : RES_LOCAL;
    if (d->addr_taken || d->used_in_stmt_expr)
        return RES_FRAME;
    if (d->type->quals & (Q_VOLATILE | Q_ATOMIC))
        return RES_FRAME;
    if (p->spans[i] == 0)
        return RES_LOCAL;
    if (!is_plain_scalar(d) || d->hidden || bits_has(p->ever_unset, i) ||
        bits_has(p->outside, i) || is_long_lived(p, d))
        return RES_FRAME;
    return RES_SAVED;
}

static void place_objects(struct planner *p)
{
    for (uint32_t i = 0; i < p->g->locals.n; i++) {
        const struct decl *d = p->g->locals.v[i];

        p->f->where[i] = (uint8_t)residence(p, d);
    }
}

static void place_saves(struct planner *p)
{
    struct frame *f = p->f;

    for (uint32_t k = 1; k <= p->g->norm->awaits.n; k++) {
        struct bits live = f->live->at[k];

        f->save[k] = bits_new(p->u->tree, live.n);
        f->reload[k] = bits_new(p->u->tree, live.n);
        for (uint32_t i = bits_next(live, 0); i < live.n;
             i = bits_next(live, i + 1)) {
            if (f->where[i] != RES_SAVED)
                continue;
            bits_add(f->reload[k], i);
            if (!p->g->locals.v[i]->is_param || bits_has(p->changed, i))
                bits_add(f->save[k], i);
        }
    }
}

/* ---- member names ---------------------------------------------------------
 */

/* The entry of a name, or the free one where it belongs. */
static struct name *find_name(const struct planner *p, const char *name)
{
    uint32_t h = 2166136261u;

    for (const char *c = name; *c; c++)
        h = (h ^ (unsigned char)*c) * 16777619u;
    while (p->taken[h & (p->ntaken - 1)].s &&
           strcmp(p->taken[h & (p->ntaken - 1)].s, name) != 0)
        h++;
    return &p->taken[h & (p->ntaken - 1)];
}

static const char *take(struct planner *p, const char *name)
{
    find_name(p, name)->s = name;
    return name;
}

/* `name`, or name_2, name_3, ... when that is in use. */
static const char *take_free(struct planner *p, const char *name)
{
    struct name *first = find_name(p, name);
    const char *try;

    if (!first->s)
        return take(p, name);
    if (first->next == 0)
        first->next = 2;
    do
        try = arena_printf(p->u->tree, "%s_%u", name, first->next++);
    while (find_name(p, try)->s);
    return take(p, try);
}

/* Room for every name that can be taken, and as much again. */
static void make_names(struct planner *p)
{
    uint32_t n =
        8 + p->g->locals.n + p->g->norm->awaits.n + p->f->func->nparams;

    p->ntaken = 16;
    while (p->ntaken < 2 * n)
        p->ntaken *= 2;
    p->taken = ARENA_ARRAY(p->u->tree, struct name, p->ntaken);
}

/* ---- regions --------------------------------------------------------------
 */

static void add_object(struct planner *p, struct frame_region *r,
                       struct decl *d)
{
    struct slot s = {.d = d};

    if (p->f->where[d->index] == RES_LOCAL || d->is_param)
        return;
    if (d->addr_taken && p->g->norm->keeps)
        r = p->f->root; /* children that are held may have its address */
    s.name = take_free(p, d->name->s);
    p->f->field[d->index] = s.name;
    VEC_PUSH(p->u->tree, &r->slots, s);
}

static struct frame_region *region_new(struct planner *p,
                                       struct frame_region *in)
{
    struct frame_region *r = ARENA_NEW(p->u->tree, struct frame_region);

    if (in)
        VEC_PUSH(p->u->tree, &in->parts, r);
    return r;
}

static void add_child(struct planner *p, struct frame_region *r,
                      const struct nstmt *s)
{
    struct slot slot = {.await = s};

    if (!s->state || s->op != AWAIT_CORO ||
        !coro_has_storage(p->u, p->f->func, s->coro))
        return;
    slot.name = arena_printf(p->u->tree, "c%u", s->state);
    p->f->child[s->state] = slot.name;
    r = s->kept ? p->f->root : region_new(p, r);
    VEC_PUSH(p->u->tree, &r->slots, slot);
}

static void add_stmt(struct planner *p, struct frame_region *r,
                     const struct nstmt *s)
{
    const struct nstmt *sub[2] = {s->s1, s->s2};

    if (s->kind == N_DECL)
        add_object(p, r, s->d);
    else if (s->kind == N_AWAIT)
        add_child(p, r, s);
    if (s->kind == N_BLOCK || s->init)
        r = region_new(p, r);
    for (uint32_t i = 0; i < s->body.n; i++)
        add_stmt(p, r, s->body.v[i]);
    for (uint32_t i = 0; s->init && i < s->init->body.n; i++)
        add_stmt(p, r, s->init->body.v[i]);
    for (int i = 0; i < 2; i++)
        if (sub[i])
            add_stmt(p, r, sub[i]);
}

static void reserve_names(struct planner *p)
{
    take(p, "aw");
    take(p, "ret");
    take(p, "awf_held");
    take(p, "awf_out");
    for (uint32_t k = 1; k <= p->g->norm->awaits.n; k++)
        take(p, arena_printf(p->u->tree, "c%u", k));
}

static void name_params(struct planner *p)
{
    struct func *fn = p->f->func;

    for (uint32_t i = 0; i < fn->nparams; i++) {
        take(p, fn->fields[i]);
        if (fn->params[i].decl)
            p->f->field[fn->params[i].decl->index] = fn->fields[i];
    }
}

static void lay_out(struct planner *p)
{
    const struct norm *n = p->g->norm;

    make_names(p);
    reserve_names(p);
    name_params(p);
    if (p->g->result)
        p->f->field[p->g->result->index] = "ret";
    p->f->root = region_new(p, NULL);
    for (uint32_t i = 0; i < n->temps.n; i++)
        add_object(p, p->f->root, n->temps.v[i]);
    add_stmt(p, p->f->root, n->body);
}

static struct frame *frame_new(struct unit *u, const struct live *l)
{
    struct frame *f = ARENA_NEW(u->tree, struct frame);
    uint32_t locals = l->cfg->locals.n, states = l->cfg->norm->awaits.n + 1;

    f->live = l;
    f->func = l->cfg->norm->func;
    f->where = ARENA_ARRAY(u->tree, uint8_t, locals + 1);
    f->field = ARENA_ARRAY(u->tree, const char *, locals + 1);
    f->child = ARENA_ARRAY(u->tree, const char *, states);
    f->reload = ARENA_ARRAY(u->tree, struct bits, states);
    f->save = ARENA_ARRAY(u->tree, struct bits, states);
    f->has_result = !type_is_void(f->func->decl->type->base);
    return f;
}

struct frame *frame_build(struct unit *u, const struct live *l)
{
    uint32_t width = l->cfg->locals.n;
    struct planner p = {.u = u, .f = frame_new(u, l), .g = l->cfg};

    p.crosses = bits_new(u->tree, width);
    p.changed = bits_new(u->tree, width);
    p.ever_unset = bits_new(u->tree, width);
    p.outside = bits_new(u->tree, width);
    p.declared = bits_new(u->tree, width);
    p.tmp = bits_new(u->tree, width);
    p.spans = ARENA_ARRAY(u->tree, uint32_t, width + 1);
    find_crossing(&p);
    find_live(&p);
    find_jumped(&p);
    find_changed(&p);
    place_objects(&p);
    place_saves(&p);
    lay_out(&p);
    frame_share(u, p.f);
    return p.f;
}
