/* SPDX-License-Identifier: MIT
 * --poison: the output overwrites what is dead, so that a program which needs
 * it after all shows: bytes of the frame at each suspension, but for the
 * objects that are alive, and C locals that are not read back at each
 * resumption. What liveness says is believed for objects without an address;
 * the others are alive as long as control is in their block. */
#include "gen/lower.h"

/* ---- lifetimes ------------------------------------------------------------
 */

struct scoper {
    struct lower *l;
    struct bits *scope;
};

static void scope_stmt(struct scoper *c, const struct nstmt *s,
                       struct bits alive);

/* What list declares, anywhere in it: a goto may come from behind. */
static struct bits with_decls(struct scoper *c, const struct nstmt *list,
                              struct bits outer)
{
    struct bits b = bits_new(c->l->u->tree, outer.n);

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

void lower_poison_begin(struct lower *l)
{
    const struct cfg *g = l->fn->cfg;
    const struct norm *n = l->fn->norm;
    struct scoper c = {.l = l};

    if (!l->o->poison)
        return;
    c.scope = ARENA_ARRAY(l->u->tree, struct bits, n->awaits.n + 1);
    c.scope[0] = bits_new(l->u->tree, g->locals.n);
    for (uint32_t i = 0; i < g->locals.n; i++)
        if (g->locals.v[i]->is_param || g->locals.v[i]->temp)
            bits_add(c.scope[0], i);
    scope_list(&c, n->body, c.scope[0]);
    l->scope = c.scope;
    l->visible.n = 0;
}

/* ---- the frame ------------------------------------------------------------
 */

static bool has_address(const struct decl *d)
{
    return d->addr_taken || d->used_in_stmt_expr || d->boxed || d->coro ||
           (d->type->quals & (Q_VOLATILE | Q_ATOMIC)) != 0;
}

static bool is_alive(struct lower *l, const struct decl *d, uint32_t state)
{
    const struct frame *f = l->fn->frame;

    if (state == 0)
        return d->is_param;
    if (f->where[d->index] != RES_FRAME)
        return bits_has(f->reload[state], d->index);
    if (d->addr_taken && l->fn->norm->keeps)
        return true;
    if (has_address(d))
        return bits_has(l->scope[state], d->index);
    return bits_has(f->live->at[state], d->index);
}

static void put_span(struct lower *l, const char *field)
{
    lower_line(l, "{__builtin_offsetof(struct awf_%s, %s), sizeof awf->%s},",
               l->func->decl->name->s, field, field);
}

/* Parameters without a name are members too: nobody reads them. */
void lower_poison_frame(struct lower *l, uint32_t state)
{
    const struct frame *f = l->fn->frame;
    const struct cfg *g = l->fn->cfg;
    const struct norm *n = l->fn->norm;

    if (!l->o->poison)
        return;
    lower_line(l, "{");
    code_in(l->c);
    lower_line(l, "static const struct awi_span awf_live[] = {");
    code_in(l->c);
    put_span(l, "aw");
    if (f->has_result && state)
        put_span(l, "ret");
    if (state && n->holds)
        put_span(l, "awf_held");
    for (uint32_t k = 1; state && k <= n->awaits.n; k++)
        if (f->child[k] && (k == state || n->awaits.v[k - 1]->kept))
            put_span(l, f->child[k]);
    for (uint32_t i = 0; i < g->locals.n; i++)
        if (f->field[i] && is_alive(l, g->locals.v[i], state))
            put_span(l, f->field[i]);
    code_out(l->c);
    lower_line(l, "};");
    lower_line(l, "awi_poison(awf, sizeof *awf, awf_live,");
    lower_line(l, "           sizeof awf_live / sizeof *awf_live);");
    code_out(l->c);
    lower_line(l, "}");
}

/* ---- C locals -------------------------------------------------------------
 */

void lower_declared(struct lower *l, struct decl *d)
{
    if (l->o->poison && d->storage != ST_REGISTER && !d->hidden &&
        l->fn->frame->where[d->index] != RES_FRAME)
        VEC_PUSH(l->u->tree, &l->visible, d);
}

void lower_poison_locals(struct lower *l, uint32_t state)
{
    const struct frame *f = l->fn->frame;

    for (uint32_t i = 0; l->o->poison && i < l->visible.n; i++) {
        const struct decl *d = l->visible.v[i];
        const char *name = d->name->s;

        if (!bits_has(f->reload[state], d->index))
            lower_line(l,
                       "__builtin_memset((void *)(__UINTPTR_TYPE__)&%s, "
                       "AWI_POISON, sizeof %s);",
                       name, name);
    }
}
