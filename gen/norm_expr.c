/* SPDX-License-Identifier: MIT
 * Awaits inside expressions: only the nodes on a path to an await are
 * rewritten, and what C evaluates before that await moves in front of it. */
#include "gen/coro.h"
#include "gen/norm.h"
#include "gen/operand.h"
#include "gen/sema_expr.h"

struct expr *norm_as_await(struct expr *e)
{
    e = operand_strip(e);
    return e->kind == EX_AWAIT && !e->repl ? e : NULL;
}

static bool own_effect(const struct expr *e)
{
    switch (e->kind) {
    case EX_CALL:
    case EX_ASSIGN:
    case EX_POSTFIX:
    case EX_STMT_EXPR:
    case EX_AWAIT:
    case EX_CORO:
    case EX_FORM:
    case EX_BUILTIN: return true;
    case EX_UNARY: return e->op == TK_INC || e->op == TK_DEC;
    default: return false;
    }
}

static bool is_volatile_read(const struct expr *e)
{
    return e->lvalue && e->type && (e->type->quals & Q_VOLATILE) != 0 &&
           e->type->kind != TY_ARRAY;
}

/* Whether e, wanted as an lvalue or a value, still has effects. */
static bool effects_as(const struct expr *e, bool lvalue)
{
    if (e->repl || !e->effects)
        return false;
    if (own_effect(e) || (!lvalue && is_volatile_read(e)))
        return true;
    for (uint32_t i = 0; i < operand_count(e); i++)
        if (effects_as(operand_at(e, i), operand_is_lvalue(e, i)))
            return true;
    return false;
}

bool norm_effects(const struct expr *e)
{
    return effects_as(e, false);
}

struct decl *norm_temp(struct normer *n, const struct type *type)
{
    return norm_named(n, type, "v", ++n->temps);
}

struct decl *norm_unnamed(struct normer *n, const struct type *type,
                          const char *what, uint32_t number)
{
    struct unit *u = n->u;
    struct decl *d = ARENA_NEW(u->tree, struct decl);
    const char *name = arena_printf(u->tree, "awf_%s%u", what, number);

    d->kind = DECL_VAR;
    d->local = true;
    d->name = atoms_z(&u->atoms, name);
    d->type = type;
    d->at = n->at;
    return d;
}

struct decl *norm_named(struct normer *n, const struct type *type,
                        const char *what, uint32_t number)
{
    struct types *t = &n->u->types;
    struct decl *d =
        norm_unnamed(n, type_unqual(t, type_decay(t, type)), what, number);

    if (d->type->vla) {
        d->boxed = true;
        norm_vla_sizes(n, d);
    }
    d->temp = true;
    VEC_PUSH(n->u->tree, &n->n->temps, d);
    return d;
}

/* A temporary for the value of e, of type `type`. */
static struct decl *temp_new(struct normer *n, const struct expr *e,
                             const struct type *type)
{
    struct decl *d = norm_temp(n, type);

    d->addr_taken = e->addressed;
    return d;
}

/* Emits `t = e` for what e still is, and makes e print as t. */
static void spill_to(struct normer *n, struct expr *e, struct decl *t)
{
    struct expr *copy = ARENA_NEW(n->u->tree, struct expr);

    *copy = *e;
    norm_set(n, t, copy);
    e->repl = t;
}

static void spill(struct normer *n, struct expr *e)
{
    spill_to(n, e, temp_new(n, e, expr_value_type(&n->u->types, e)));
}

static bool is_logical(const struct expr *e)
{
    return e->kind == EX_BINARY && (e->op == TK_ANDAND || e->op == TK_OROR);
}

/* Whether e reads objects beside its calls, in which it reads what it likes. */
static bool reads(const struct expr *e, bool lvalue)
{
    if (e->repl || own_effect(e))
        return false;
    if (e->lvalue && !lvalue && e->type->kind != TY_ARRAY)
        return true;
    for (uint32_t i = 0; i < operand_count(e); i++)
        if (reads(operand_at(e, i), operand_is_lvalue(e, i)))
            return true;
    return false;
}

/* Whether e can be computed later than its operands' effects: all that it
 * reads itself, C leaves unsequenced. */
static bool waits(const struct expr *e)
{
    switch (e->kind) {
    case EX_PAREN:
    case EX_UNARY:
    case EX_CAST:
    case EX_INDEX: break;
    case EX_BINARY:
        if (is_logical(e))
            return false;
        break;
    case EX_MEMBER:
        if (!e->lvalue)
            return false;
        break;
    default: return false;
    }
    return !is_volatile_read(e) && reads(e, false);
}

/* Moves the effects that e still has into temporaries. A lvalue stays one:
 * only the values that its address is computed from move. Nor does a plain
 * read move: the await behind it may change the object (language.md 4). */
static void purify(struct normer *n, struct expr *e, bool lvalue)
{
    bool keep = (lvalue && e->lvalue) || waits(e);

    if (!effects_as(e, lvalue))
        return;
    if (e->type->kind == TY_ARRAY && e->kind != EX_STRING)
        keep = true; /* arrays cannot be assigned: go below them */
    if (!keep || own_effect(e)) {
        spill(n, e);
        return;
    }
    for (uint32_t i = 0; i < operand_count(e); i++) {
        struct expr *o = operand_at(e, i);
        purify(n, o, operand_is_lvalue(e, i) || o->type->kind == TY_ARRAY);
    }
}

/* An operand list in evaluation order. */
struct operands {
    VEC(struct operand {
        struct expr *e;
        bool lvalue;
    })
    v;
};

static void add_operand(struct normer *n, struct operands *l, struct expr *e,
                        bool lvalue)
{
    struct operand o = {e, lvalue};

    VEC_PUSH(n->u->tree, &l->v, o);
}

/* Frees the list of awaits; what has effects before the last await moves. */
static void norm_operands(struct normer *n, struct operands *l)
{
    uint32_t last = l->v.n;

    while (last > 0 && !l->v.v[last - 1].e->has_await)
        last--;
    for (uint32_t i = 0; i < last; i++) {
        struct operand *o = &l->v.v[i];

        norm_expr(n, o->e);
        if (i + 1 < last)
            purify(n, o->e, o->lvalue);
    }
}

/* What aw_gather_each makes again and again is no operand: it has no await, and
 * is evaluated when all others have been. */
static uint32_t coro_operand_count(const struct expr *e)
{
    return e->form == FORM_GATHER_EACH ? 1 : e->nargs;
}

/* The operands of a coroutine: bindings' lvalues, callees that are computed,
 * arguments; left to right through nested combinators. */
static void coro_operands(struct normer *n, struct operands *l, struct expr *e)
{
    e = operand_strip(e);
    if (e->kind == EX_ASSIGN && e->type->kind == TY_CORO) {
        add_operand(n, l, e->a, true);
        coro_operands(n, l, e->b);
    } else if (e->kind == EX_CORO) {
        for (uint32_t i = 0; i < coro_operand_count(e); i++)
            coro_operands(n, l, e->args[i]);
    } else if (e->kind == EX_CALL && e->type->kind == TY_CORO) {
        add_operand(n, l, e->a, false);
        for (uint32_t i = 0; i < e->nargs; i++)
            add_operand(n, l, e->args[i], false);
    } else {
        add_operand(n, l, e, false);
    }
}

static void norm_children(struct normer *n, struct expr *e)
{
    struct operands l = {0};

    for (uint32_t i = 0; i < operand_count(e); i++)
        if (e->kind == EX_FORM)
            coro_operands(n, &l, operand_at(e, i));
        else
            add_operand(n, &l, operand_at(e, i), operand_is_lvalue(e, i));
    norm_operands(n, &l);
}

void norm_asm_operands(struct normer *n, struct stmt *s)
{
    struct operands l = {0};

    for (uint32_t i = 0; i < s->nargs; i++)
        add_operand(n, &l, s->args[i], s->args[i]->lvalue);
    norm_operands(n, &l);
}

void norm_coro(struct normer *n, struct expr *e)
{
    struct operands l = {0};

    coro_operands(n, &l, e);
    norm_operands(n, &l);
}

struct nstmt *norm_failing(struct normer *n, enum nstmt_kind kind)
{
    struct nstmt *s = norm_emit(n, kind);

    s->protect = n->protect;
    if (n->protect)
        n->protect->reached = true;
    return s;
}

struct nstmt *norm_suspend(struct normer *n, enum await_op op)
{
    struct nstmt *s = norm_failing(n, N_AWAIT);

    s->op = (uint8_t)op;
    VEC_PUSH(n->u->tree, &n->n->awaits, s);
    s->state = n->n->awaits.n;
    return s;
}

/* An await of what never suspends is a call. */
static struct nstmt *norm_call(struct normer *n)
{
    struct nstmt *s = norm_failing(n, N_AWAIT);

    VEC_PUSH(n->u->tree, &n->n->calls, s);
    return s;
}

static void refuse_void(struct normer *n, const struct expr *e)
{
    diag(n->u, e->at, D_void_value);
}

void norm_await(struct normer *n, struct expr *e, enum await_dest dest,
                struct expr *lhs, struct decl *d)
{
    struct nstmt *s;

    n->risks++;
    if (type_is_void(e->type) && (dest == DEST_DECL || dest == DEST_EXPR))
        refuse_void(n, e);
    norm_coro(n, e->a);
    if (!coro_is_direct(e->a))
        s = norm_hold(n, e->a);
    else
        s = norm_call(n);
    s->coro = e->a;
    s->dest = (uint8_t)(type_is_void(e->type) ? DEST_NONE : dest);
    s->e = lhs;
    s->d = d;
}

static struct nstmt *emit_if(struct normer *n, struct expr *cond, bool negate)
{
    struct nstmt *s = norm_emit(n, N_IF);

    s->e = cond;
    s->negate = negate;
    return s;
}

/* a && b, a || b with an await in b. As a value: t = 0; if (a) { if (b)
 * t = 1; }. For effects only, t is NULL: if (a) b. */
static void norm_logical(struct normer *n, struct expr *e, struct decl *t)
{
    bool is_or = e->op == TK_OROR;
    struct nstmt *outer, *test, *inner;

    norm_expr(n, e->a);
    if (t)
        norm_set_value(n, t, is_or);
    test = emit_if(n, e->a, is_or);
    test->s1 = norm_enter(n, &outer);
    if (t) {
        struct nstmt *back;

        norm_expr(n, e->b);
        inner = emit_if(n, e->b, is_or);
        inner->s1 = norm_enter(n, &back);
        norm_set_value(n, t, !is_or);
        n->list = back;
    } else {
        norm_discard(n, e->b);
    }
    n->list = outer;
}

/* One arm of a conditional: into t, or for its effects. */
static struct nstmt *norm_arm(struct normer *n, struct expr *e, struct decl *t)
{
    struct nstmt *outer, *block = norm_enter(n, &outer);

    if (t) {
        norm_expr(n, e);
        norm_set(n, t, e);
    } else {
        norm_discard(n, e);
    }
    n->list = outer;
    return block;
}

/* a ? b : c with an await in an arm. */
static void norm_cond(struct normer *n, struct expr *e, struct decl *t)
{
    struct nstmt *test;

    norm_expr(n, e->a);
    if (!e->b && !e->a->repl && (t || norm_effects(e->a)))
        spill(n, e->a); /* a ?: c reads a once */
    test = emit_if(n, e->a, !e->b);
    if (e->b) {
        test->s1 = norm_arm(n, e->b, t);
        test->s2 = norm_arm(n, e->c, t);
        return;
    }
    test->s1 = norm_arm(n, e->c, t);
    if (t) {
        struct nstmt *outer;

        test->s2 = norm_enter(n, &outer);
        norm_set(n, t, e->a);
        n->list = outer;
    }
}

void norm_last(struct normer *n, struct stmt *s, struct decl *d)
{
    for (; s->kind == STMT_LABEL; s = s->s1)
        norm_label(n, s);
    if (s->kind != STMT_EXPR) {
        norm_stmt(n, s);
        return;
    }
    norm_objects(n, s);
    norm_expr(n, s->e);
    norm_set(n, d, s->e);
}

/* ({ ... }) with an await: its statements, then its last expression into t */
static void norm_stmt_expr(struct normer *n, struct expr *e, struct decl *t)
{
    struct stmt *valued = n->valued;
    struct decl *value = n->value;
    struct nstmt *outer, *block = norm_enter(n, &outer);

    n->valued = t ? e->block : NULL;
    n->value = t;
    norm_stmts(n, e->block, 0);
    n->valued = valued;
    n->value = value;
    norm_join(n, outer, block);
}

static struct decl *temp_for(struct normer *n, struct expr *e)
{
    return type_is_void(e->type) ? NULL : temp_new(n, e, e->type);
}

static void norm_chosen(struct normer *n, struct expr *e)
{
    norm_expr(n, e->chosen);
    const struct type *ty = expr_value_type(&n->u->types, e->chosen);
    struct decl *t = temp_new(n, e, ty);

    norm_set(n, t, e->chosen);
    e->repl = t;
}

static void norm_comma(struct normer *n, struct expr *e)
{
    struct decl *t;

    norm_discard(n, e->a);
    norm_expr(n, e->b);
    t = temp_new(n, e, e->type);
    norm_set(n, t, e->b);
    e->repl = t;
}

/* What without a value would be a statement, where norm_discard takes it. */
static bool is_statement(const struct expr *e)
{
    bool arms = (e->b && e->b->has_await) || (e->c && e->c->has_await);

    return type_is_void(e->type) &&
           (e->kind == EX_COMMA || e->kind == EX_STMT_EXPR ||
            e->kind == EX_CAST || e->chosen || (e->kind == EX_COND && arms));
}

void norm_expr(struct normer *n, struct expr *e)
{
    if (!e->has_await || e->repl)
        return;
    if (is_statement(e)) {
        refuse_void(n, e);
    } else if (e->kind == EX_AWAIT) {
        struct decl *t = temp_for(n, e);
        norm_await(n, e, DEST_DECL, NULL, t);
        e->repl = t;
    } else if (is_logical(e) && e->b->has_await) {
        struct decl *t = temp_new(n, e, e->type);
        norm_logical(n, e, t);
        e->repl = t;
    } else if (e->kind == EX_COND &&
               ((e->b && e->b->has_await) || e->c->has_await)) {
        struct decl *t = temp_for(n, e);
        norm_cond(n, e, t);
        e->repl = t;
    } else if (e->kind == EX_COMMA) {
        norm_comma(n, e);
    } else if (e->kind == EX_STMT_EXPR) {
        struct decl *t = temp_for(n, e);
        norm_stmt_expr(n, e, t);
        e->repl = t;
    } else if (e->chosen) {
        norm_chosen(n, e);
    } else {
        norm_children(n, e);
        if (e->addressed)
            spill(n, e);
    }
}

/* lvalue = await f(): the result goes straight to the lvalue. */
static bool discard_assign(struct normer *n, struct expr *e)
{
    struct expr *aw;

    if (e->kind != EX_ASSIGN || e->op != TK_ASSIGN)
        return false;
    aw = norm_as_await(e->b);
    if (!aw)
        return false;
    norm_expr(n, e->a);
    purify(n, e->a, true);
    norm_await(n, aw, DEST_EXPR, e->a, NULL);
    return true;
}

static bool discard_branches(struct normer *n, struct expr *e)
{
    if (is_logical(e) && e->b->has_await)
        norm_logical(n, e, NULL);
    else if (e->kind == EX_COND &&
             ((e->b && e->b->has_await) || e->c->has_await))
        norm_cond(n, e, NULL);
    else if (e->kind == EX_STMT_EXPR)
        norm_stmt_expr(n, e, NULL);
    else
        return false;
    return true;
}

void norm_discard(struct normer *n, struct expr *e)
{
    e = operand_strip(e);
    if (e->has_await && e->kind == EX_CAST && type_is_void(e->of)) {
        norm_discard(n, e->a);
    } else if (e->has_await && e->chosen) {
        norm_discard(n, e->chosen);
    } else if (e->has_await && e->kind == EX_COMMA) {
        norm_discard(n, e->a);
        norm_discard(n, e->b);
    } else if (e->kind == EX_AWAIT) {
        norm_await(n, e, DEST_NONE, NULL, NULL);
    } else if (e->has_await &&
               (discard_assign(n, e) || discard_branches(n, e))) {
        return;
    } else {
        bool rewritten = e->has_await;

        norm_expr(n, e);
        if (!rewritten || norm_effects(e))
            norm_emit(n, N_EXPR)->e = e;
    }
}
