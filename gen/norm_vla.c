/* SPDX-License-Identifier: MIT
 * Types whose sizes are known at run time only. An object of such a type that
 * lives across an await cannot be a C local, because the way back leads past
 * its declaration. Its sizes move to objects in the frame, where the type is
 * printed with them, and the frame has a pointer: to the array, whose memory
 * is asked for here and given back on every way out of the scope, or the
 * pointer to an array that the user has declared. */
#include "gen/norm.h"
#include "gen/operand.h"

static bool awaits_from(const struct stmt *block, uint32_t i)
{
    for (; i < block->nbody; i++)
        if (block->body[i]->has_await)
            return true;
    return false;
}

static bool has_vla_member(const struct tag *t)
{
    for (uint32_t i = 0; i < t->members.n; i++)
        if (t->members.v[i].type->vla)
            return true;
    return false;
}

bool norm_vla_declares(const struct stmt *s)
{
    if (s->kind != STMT_DECL)
        return false;
    for (uint32_t i = 0; i < s->ndecls; i++)
        if (s->decls[i]->type->vla)
            return true;
    for (uint32_t k = 0; k < s->ntags; k++)
        if (has_vla_member(s->tags[k]))
            return true;
    return false;
}

/* A typedef is no object, but its sizes are as much as those of one. */
static bool is_boxable(const struct decl *d)
{
    return d->type->vla && (decl_is_automatic(d) || d->kind == DECL_TYPEDEF);
}

/* What only a copy of the declaration could say. */
static void refuse(struct normer *n, const struct stmt *s)
{
    for (uint32_t k = 0; k < s->ndecls; k++)
        if (s->decls[k]->type->vla && !is_boxable(s->decls[k]))
            diag(n->u, s->decls[k]->at, D_vla_static, s->decls[k]->name->s);
    for (uint32_t k = 0; k < s->ntags; k++)
        if (has_vla_member(s->tags[k]))
            diag(n->u, s->tags[k]->toks, D_vla_member);
}

bool norm_vla_starts(struct normer *n, const struct stmt *block, uint32_t i)
{
    struct stmt *s = block->body[i];
    bool found = false;

    if (s->kind != STMT_DECL || n->n->func->direct || !awaits_from(block, i))
        return false;
    refuse(n, s);
    for (uint32_t k = 0; k < s->ndecls; k++)
        if (is_boxable(s->decls[k]))
            found = s->decls[k]->boxed = true;
    return found;
}

bool norm_vla_apart(const struct stmt *block, uint32_t i)
{
    return i > 0 && norm_vla_declares(block->body[i]) &&
           !awaits_from(block, i) && awaits_from(block, 0);
}

/* A size as written moves to an object, once: types made from one another
 * share it. Returns how it is printed. */
static const char *keep_size(struct normer *n, struct expr *size)
{
    struct kept_size k = {size, NULL};
    struct decl *d;

    for (uint32_t i = 0; i < n->sizes.n; i++)
        if (n->sizes.v[i].size == size)
            return n->sizes.v[i].text;
    norm_expr(n, size);
    d = norm_temp(n, size->type);
    d->addr_taken = d->framed = true;
    norm_set(n, d, size);
    k.text = arena_printf(n->u->tree, "awf->%s", d->name->s);
    VEC_PUSH(n->u->tree, &n->sizes, k);
    return k.text;
}

static const struct type *keep_sizes(struct normer *n, const struct type *ty)
{
    struct type *c;

    if (!ty->vla)
        return ty;
    c = type_copy(&n->u->types, ty);
    c->alias = NULL;
    if (ty->kind == TY_ARRAY && ty->count < 0 && ty->size)
        c->size_text = keep_size(n, ty->size);
    c->base = keep_sizes(n, ty->base);
    return c;
}

void norm_vla_sizes(struct normer *n, struct decl *d)
{
    d->type = keep_sizes(n, d->type);
    if (d->align || d->align_type)
        diag(n->u, d->at, D_vla_align, d->name->s);
}

void norm_vla_memory(struct normer *n, struct decl *d)
{
    norm_failing(n, N_MAKE)->d = d;
}

static void add_idents(struct normer *n, struct func *f, struct expr *e)
{
    if (e->kind == EX_IDENT)
        VEC_PUSH(n->u->tree, &f->idents, e);
    for (uint32_t i = 0; i < operand_count(e); i++)
        add_idents(n, f, operand_at(e, i));
}

/* The names in the sizes, which were read before there was a function, join
 * its idents, in front of those of the body. */
static void name_sizes(struct normer *n, struct func *f)
{
    struct func with = {0};

    for (uint32_t i = 0; i < f->nparams; i++)
        for (const struct type *ty = f->params[i].type; ty->vla; ty = ty->base)
            if (ty->kind == TY_ARRAY && ty->count < 0 && ty->size)
                add_idents(n, &with, ty->size);
    for (uint32_t i = 0; with.idents.n && i < f->idents.n; i++)
        VEC_PUSH(n->u->tree, &with.idents, f->idents.v[i]);
    if (with.idents.n)
        f->idents = with.idents;
}

void norm_vla_params(struct normer *n)
{
    struct func *f = n->n->func;

    name_sizes(n, f);
    for (uint32_t i = 0; i < f->nparams; i++) {
        struct decl *d = f->params[i].decl;

        if (!d || !d->type->vla)
            continue;
        d->boxed = true;
        norm_vla_sizes(n, d);
    }
}
