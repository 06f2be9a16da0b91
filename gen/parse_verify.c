/* SPDX-License-Identifier: MIT
 * The invariants of the checked tree, looked at after every parse without
 * errors: a violation is a bug of ours and stops the compiler. */
#include <stdio.h>
#include <stdlib.h>

#include "gen/parse.h"
#include "gen/walk.h"

struct verify {
    const struct unit *u;
    const struct func *func;
    const struct expr *parent;         /* of the operand that is visited */
    struct span within;                /* tokens of the node around */
    bool has_await, effects, has_call; /* collected from operands */
};

static void broken(const struct verify *v, struct span at, const char *what)
{
    struct loc l = unit_loc(v->u, at.from);
    struct str s = unit_text(v->u, at);
    fprintf(stderr, "awaitc: internal error: %.*s:%u:%u: %s: '%.*s'\n",
            (int)l.file.n, l.file.p, (unsigned)l.line, (unsigned)l.col, what,
            (int)(s.n > 60 ? 60 : s.n), s.p);
    abort();
}

static void check_within(const struct verify *v, struct span at)
{
    if (at.from > at.to || at.to > v->u->toks.n)
        broken(v, v->within, "a node with a bad span");
    if (at.from < v->within.from || at.to > v->within.to)
        broken(v, at, "a node outside the one around it");
}

static void verify_stmt(void *ctx, struct stmt *s);
static void verify_expr(void *ctx, struct expr *e);

static void check_ident(const struct verify *v, const struct expr *e)
{
    if (!e->decl)
        broken(v, e->at, "a name that is not bound");
    const struct func *f = v->func;
    uint32_t i = walk_first_at(f->idents.v, f->idents.n, e->at.from);
    if (i >= f->idents.n || f->idents.v[i]->at.from != e->at.from)
        broken(v, e->at, "a name missing from idents");
}

static void check_flags(const struct verify *v, const struct expr *e,
                        const struct verify *parts)
{
    if (parts->has_await && !e->has_await)
        broken(v, e->at, "has_await is lost");
    if (parts->has_call && !e->has_call)
        broken(v, e->at, "has_call is lost");
    if (e->kind == EX_AWAIT && !(e->has_await && e->effects))
        broken(v, e->at, "await without its flags");
    if ((e->kind == EX_CALL || e->kind == EX_ASSIGN) && !e->effects)
        broken(v, e->at, "an effect that has no flag");
}

static void verify_expr(void *ctx, struct expr *e)
{
    struct verify *v = ctx;

    check_within(v, e->at);
    if (!e->type || e->type->kind == TY_ERROR || e->kind == EX_ERROR)
        broken(v, e->at, "an expression without a type");
    if (e->kind == EX_IDENT)
        check_ident(v, e);
    struct verify in = {
        .u = v->u, .func = v->func, .parent = e, .within = e->at};
    walk_operands(e, verify_expr, &in);
    if (e->block)
        verify_stmt(&in, e->block);
    check_flags(v, e, &in);
    if (v->parent && !walk_evaluates(v->parent, e))
        return;
    v->has_await |= e->has_await;
    v->has_call |= e->has_call;
}

static void verify_stmt(void *ctx, struct stmt *s)
{
    struct verify *v = ctx;

    check_within(v, s->at);
    struct verify in = {.u = v->u, .func = v->func, .within = s->at};
    walk_exprs(s, verify_expr, &in);
    walk_stmts(s, verify_stmt, &in);
    if (in.has_await && !s->has_await)
        broken(v, s->at, "a statement's has_await is lost");
    v->has_await |= s->has_await;
}

static void verify_pieces(const struct unit *u)
{
    struct verify v = {.u = u};
    tokidx at = 0;

    for (uint32_t i = 0; i < u->pieces.n; i++) {
        const struct piece *p = &u->pieces.v[i];
        if (p->at.from != at || p->at.to < at)
            broken(&v, p->at, "pieces that do not tile the tokens");
        at = p->at.to;
    }
    if (at != u->toks.n)
        broken(&v, (struct span){at, at + 1}, "tokens that no piece has");
}

void parse_verify_func(const struct unit *u, const struct func *f)
{
    struct verify v = {.u = u, .func = f, .within = f->at};

    verify_stmt(&v, f->body);
}

void parse_verify(const struct unit *u)
{
    verify_pieces(u);
    for (uint32_t i = 0; i < u->funcs.n; i++)
        if (u->funcs.v[i]->body)
            parse_verify_func(u, u->funcs.v[i]);
}
