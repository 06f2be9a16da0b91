/* SPDX-License-Identifier: MIT
 * Objects without a name whose address may be kept over a suspension:
 *
 * A compound literal lives as long as the block around it. One that a pointer
 * may be made to gets a place like a declared object; when the block has an
 * await, lowering fills that place instead of making the literal.
 *
 * A struct that is a value (a call's result) lives until the end of the full
 * expression, and arrays in it are used by address: in a statement with an
 * await it becomes a temporary that has a fixed address.
 *
 * The type of `c ? a : b` needs the sizes of both arrays, of which C evaluates
 * one: where their types are printed with what the frame has as sizes, the
 * choice is made by statements. */
#include "gen/norm.h"
#include "gen/operand.h"
#include "gen/walk.h"

struct finder {
    struct normer *n;
    bool awaits;  /* the statement has an await */
    bool chooses; /* and a choice that has to be a statement */
};

struct decl *norm_object(struct normer *n, const struct type *type,
                         const char *what)
{
    struct decl *d = norm_unnamed(n, type, what, n->n->objects.n + 1);

    d->addr_taken = true;
    VEC_PUSH(n->u->tree, &n->n->objects, d);
    norm_emit(n, N_DECL)->d = d;
    return d;
}

static void add_literal(struct normer *n, struct expr *e)
{
    struct decl *d = norm_unnamed(n, e->type, "l", n->n->literals.n + 1);

    d->literal = d->addr_taken = true;
    d->at = e->at;
    e->place = d;
    VEC_PUSH(n->u->tree, &n->n->literals, e);
    norm_emit(n, N_DECL)->d = d;
}

static bool is_array(const struct expr *e)
{
    return e->type && e->type->kind == TY_ARRAY;
}

/* A value that can hold arrays, and is not part of another. */
static bool is_struct_value(const struct expr *e)
{
    if (e->lvalue || e->kind == EX_MEMBER || e->kind == EX_PAREN || !e->type)
        return false;
    return e->type->kind == TY_STRUCT || e->type->kind == TY_UNION;
}

/* Whether a pointer into operand i of e may be made, when one into e may. */
static bool passes_address(const struct expr *e, uint32_t i, bool addressed)
{
    switch (e->kind) {
    case EX_PAREN: return addressed;
    case EX_MEMBER:
        return e->op == TK_DOT ? addressed : is_array(operand_at(e, i));
    case EX_INDEX: return is_array(operand_at(e, i)) && addressed;
    case EX_UNARY:
        if (e->op == TK_EXTENSION)
            return addressed;
        return e->op == TK_AMP || is_array(operand_at(e, i));
    case EX_INIT: /* an array is initialised by a literal's elements */
        return is_array(e->args[i]) && e->inits[i].type &&
               e->inits[i].type->kind != TY_ARRAY;
    default: return is_array(operand_at(e, i));
    }
}

static bool names_boxed(const struct expr *e)
{
    if (e->kind == EX_IDENT)
        return e->decl && e->decl->boxed;
    for (uint32_t i = 0; i < operand_count(e); i++)
        if (names_boxed(operand_at(e, i)))
            return true;
    return false;
}

static bool is_sized_choice(const struct expr *e)
{
    return e->kind == EX_COND && e->type->vla && names_boxed(e);
}

/* The children of an aw_gather_each would share what has an address in e. */
static void refuse_shared(struct finder *f, struct expr *e, bool addressed)
{
    if (addressed && (e->kind == EX_COMPOUND || is_struct_value(e))) {
        diag(f->n->u, e->at, D_each_object);
        return;
    }
    for (uint32_t i = 0; i < operand_count(e); i++)
        refuse_shared(f, operand_at(e, i), passes_address(e, i, addressed));
}

/* Returns whether e has a value that must become a temporary. */
static bool find(struct finder *f, struct expr *e, bool addressed)
{
    bool found = false;

    if (e->kind == EX_CORO && e->form == FORM_GATHER_EACH) {
        refuse_shared(f, e->args[1], false);
        return find(f, e->args[0], false);
    }
    for (uint32_t i = 0; i < operand_count(e); i++)
        found |= find(f, operand_at(e, i), passes_address(e, i, addressed));
    if (addressed && e->kind == EX_COMPOUND && !e->place && !e->type->vla)
        add_literal(f->n, e);
    if (addressed && is_struct_value(e) && f->awaits)
        found = e->addressed = true;
    if (is_sized_choice(e))
        found = f->chooses = e->c->has_await = true;
    e->has_await |= found;
    e->effects |= found;
    return found;
}

static void find_root(void *ctx, struct expr *e)
{
    find(ctx, e, is_array(e));
}

/* An array may be initialised by a literal of its type (GNU C). */
static void find_in_decls(struct finder *f, const struct stmt *s)
{
    for (uint32_t i = 0; i < s->ndecls; i++) {
        const struct decl *d = s->decls[i];

        if (d->init && d->kind == DECL_VAR && d->storage != ST_STATIC)
            find(f, d->init, is_array(d->init) && d->type->kind != TY_ARRAY);
    }
}

void norm_objects(struct normer *n, struct stmt *s)
{
    struct finder f = {n, s->has_await, false};

    if (s->kind == STMT_DECL)
        find_in_decls(&f, s);
    else if (s->kind != STMT_CASE)
        walk_exprs(s, find_root, &f);
    s->has_await |= f.chooses;
}
