/* SPDX-License-Identifier: MIT
 * How long the objects of a frame are alive: the blocks around each await, and
 * what has to keep its bytes while the function waits there. */
#include "gen/frame.h"

struct scoper {
    struct unit *u;
    struct bits *scope;
};

static void scope_stmt(struct scoper *c, const struct nstmt *s,
                       struct bits alive);

/* What list declares, anywhere in it: a goto may come from behind. */
static struct bits with_decls(struct scoper *c, const struct nstmt *list,
                              struct bits outer)
{
    struct bits b = bits_new(c->u->tree, outer.n);

    bits_copy(b, outer);
    for (uint32_t i = 0; i < list->body.n; i++) {
        const struct nstmt *s = list->body.v[i];

        if (s->kind == N_DECL)
            bits_add(b, s->d->index);
        for (uint32_t k = 0; s->kind == N_DECLS && k < s->body.n; k++)
            bits_add(b, s->body.v[k]->d->index);
    }
    return b;
}

static void scope_list(struct scoper *c, const struct nstmt *list,
                       struct bits outer)
{
    struct bits b = with_decls(c, list, outer);

    for (uint32_t i = 0; i < list->body.n; i++)
        scope_stmt(c, list->body.v[i], b);
}

static void scope_stmt(struct scoper *c, const struct nstmt *s,
                       struct bits alive)
{
    if (s->kind == N_AWAIT)
        c->scope[s->state] = alive;
    if (!s->has_await)
        return;
    if (s->kind == N_BLOCK)
        scope_list(c, s, alive);
    if (s->init) {
        alive = with_decls(c, s->init, alive);
        scope_list(c, s->init, alive);
    }
    if (s->s1)
        scope_stmt(c, s->s1, alive);
    if (s->s2)
        scope_stmt(c, s->s2, alive);
}

void frame_find_scopes(struct unit *u, struct frame *f)
{
    const struct cfg *g = f->live->cfg;
    struct scoper c = {.u = u};
    struct bits all = bits_new(u->tree, g->locals.n);

    c.scope = ARENA_ARRAY(u->tree, struct bits, g->norm->awaits.n + 1);
    for (uint32_t i = 0; i < g->locals.n; i++)
        if (g->locals.v[i]->is_param || g->locals.v[i]->temp)
            bits_add(all, i);
    scope_list(&c, g->norm->body, all);
    c.scope[0] = all;
    f->scope = c.scope;
}

/* What liveness says is believed for objects without an address; the others
 * are alive as long as control is in their block. */
bool frame_has_address(const struct decl *d)
{
    return d->addr_taken || d->used_in_stmt_expr || d->boxed || d->coro ||
           (d->type->quals & (Q_VOLATILE | Q_ATOMIC)) != 0;
}

bool frame_is_held(const struct frame *f, const struct decl *d)
{
    return d->addr_taken && f->live->cfg->norm->keeps;
}

/* A consumer reads the result of a generator that waits at a yield. */
static bool is_yielded(const struct frame *f, const struct decl *d,
                       uint32_t state)
{
    const struct cfg *g = f->live->cfg;

    return d == g->result && g->norm->awaits.v[state - 1]->op == AWAIT_YIELD;
}

bool frame_needs(const struct frame *f, const struct decl *d, uint32_t state)
{
    if (is_yielded(f, d, state))
        return true;
    if (f->where[d->index] != RES_FRAME)
        return bits_has(f->live->at[state], d->index);
    if (frame_is_held(f, d))
        return true;
    if (frame_has_address(d))
        return bits_has(f->scope[state], d->index);
    return bits_has(f->live->at[state], d->index);
}

bool frame_is_word(const struct type *ty)
{
    return type_is_real(ty) || ty->kind == TY_PTR || ty->kind == TY_TASK;
}
