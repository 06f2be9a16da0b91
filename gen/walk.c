/* SPDX-License-Identifier: MIT */
#include "gen/walk.h"

static void visit(struct expr *e, expr_fn *fn, void *ctx)
{
    if (e)
        fn(ctx, e);
}

static void walk_init(const struct expr *e, expr_fn *fn, void *ctx)
{
    for (uint32_t i = 0; i < e->nargs; i++) {
        for (uint32_t k = 0; k < e->inits[i].nsubscripts; k++)
            fn(ctx, e->inits[i].subscripts[k]);
        fn(ctx, e->args[i]);
    }
}

void walk_operands(const struct expr *e, expr_fn *fn, void *ctx)
{
    visit(e->a, fn, ctx);
    visit(e->b, fn, ctx);
    visit(e->c, fn, ctx);
    if (e->kind == EX_INIT) {
        walk_init(e, fn, ctx);
        return;
    }
    for (uint32_t i = 0; i < e->nargs; i++)
        fn(ctx, e->args[i]);
}

bool walk_evaluates(const struct expr *e, const struct expr *part)
{
    switch (e->kind) {
    case EX_SIZEOF: return part->type->vla && e->op == TK_SIZEOF;
    case EX_GENERIC: return part == e->chosen;
    case EX_BUILTIN: return e->chosen ? part == e->chosen : !e->constant;
    default: return true;
    }
}

/* The sizes of the array types that ty is made of, as far as they are
 * written in s and not in what a typedef or typeof names. */
static void walk_sizes(const struct stmt *s, const struct type *ty, expr_fn *fn,
                       void *ctx)
{
    for (; ty && !ty->alias; ty = ty->base) {
        if (ty->kind == TY_ARRAY && ty->size &&
            ty->size->at.from >= s->at.from && ty->size->at.to <= s->at.to)
            fn(ctx, ty->size);
        if (ty->kind != TY_ARRAY && ty->kind != TY_PTR)
            return;
    }
}

static void walk_decls(const struct stmt *s, expr_fn *fn, void *ctx)
{
    for (uint32_t i = 0; i < s->ndecls; i++) {
        const struct decl *d = s->decls[i];
        if (d->type)
            walk_sizes(s, d->type, fn, ctx);
        visit(d->init, fn, ctx);
    }
}

void walk_exprs(const struct stmt *s, expr_fn *fn, void *ctx)
{
    if (s->kind == STMT_DECL)
        walk_decls(s, fn, ctx);
    visit(s->e, fn, ctx);
    visit(s->e2, fn, ctx);
    for (uint32_t i = 0; i < s->nargs; i++)
        fn(ctx, s->args[i]);
    for (uint32_t i = 0; i < s->nclauses; i++) {
        for (uint32_t k = 0; k < s->clauses[i].ncodes; k++)
            fn(ctx, s->clauses[i].codes[k]);
    }
}

static void visit_stmt(struct stmt *s, stmt_fn *fn, void *ctx)
{
    if (s)
        fn(ctx, s);
}

void walk_stmts(const struct stmt *s, stmt_fn *fn, void *ctx)
{
    if (s->kind == STMT_FUNC && s->ndecls && s->decls[0]->func)
        visit_stmt(s->decls[0]->func->body, fn, ctx);
    visit_stmt(s->init, fn, ctx);
    visit_stmt(s->s1, fn, ctx);
    for (uint32_t i = 0; i < s->nclauses; i++)
        visit_stmt(s->clauses[i].body, fn, ctx);
    visit_stmt(s->s2, fn, ctx);
    for (uint32_t i = 0; i < s->nbody; i++)
        visit_stmt(s->body[i], fn, ctx);
}

uint32_t walk_first_at(struct expr *const *v, uint32_t n, tokidx t)
{
    uint32_t lo = 0;

    while (lo < n) {
        uint32_t mid = lo + (n - lo) / 2;

        if (v[mid]->at.from < t)
            lo = mid + 1;
        else
            n = mid;
    }
    return lo;
}
