/* SPDX-License-Identifier: MIT
 * Typing of binary operators, assignment, the conditional operator and
 * comma: C11 6.5.5 to 6.5.17, GNU vectors. */
#include "gen/const.h"
#include "gen/sema_expr.h"

static const struct type *basic(struct parser *p, enum type_kind k)
{
    return type_basic(&p->u->types, k);
}

/* ---- binary operators -------------------------------------------------- */

static const struct type *bad_operands(struct parser *p, struct span at,
                                       enum tok_kind op, const struct type *x,
                                       const struct type *y)
{
    struct arena *a = &p->u->arena;

    return expr_untyped(p, at, "invalid operands of binary %s: '%s' and '%s'",
                        tok_kind_name(op), type_text(a, x), type_text(a, y));
}

static bool is_comparison(enum tok_kind op)
{
    return op == TK_LT || op == TK_GT || op == TK_LE || op == TK_GE ||
           op == TK_EQ || op == TK_NE;
}

static const struct type *additive_type(struct parser *p, struct span at,
                                        enum tok_kind op, const struct type *x,
                                        const struct type *y)
{
    if (x->kind == TY_PTR && y->kind == TY_PTR)
        return op == TK_MINUS ? basic(p, TY_LONG)
                              : bad_operands(p, at, op, x, y);
    if (x->kind == TY_PTR && type_is_integer(y))
        return x;
    if (y->kind == TY_PTR && type_is_integer(x) && op == TK_PLUS)
        return y;
    return bad_operands(p, at, op, x, y);
}

static const struct type *arith_type(struct parser *p, struct span at,
                                     enum tok_kind op, const struct type *x,
                                     const struct type *y)
{
    struct types *t = &p->u->types;
    bool integers = op == TK_PERCENT || op == TK_AMP || op == TK_PIPE ||
                    op == TK_CARET || op == TK_SHL || op == TK_SHR;

    if (!type_is_arith(x) || !type_is_arith(y))
        return bad_operands(p, at, op, x, y);
    if (op == TK_SHL || op == TK_SHR)
        return type_is_integer(x) && type_is_integer(y)
                   ? type_promote(t, x)
                   : bad_operands(p, at, op, x, y);
    const struct type *r = type_usual_arith(t, x, y);
    if (integers && !type_is_integer(r) &&
        !(r->kind == TY_COMPLEX && type_is_integer(r->base)))
        return bad_operands(p, at, op, x, y);
    return r;
}

const struct type *expr_binary_type(struct parser *p, struct span at,
                                    enum tok_kind op, const struct expr *a,
                                    const struct expr *b)
{
    struct types *t = &p->u->types;

    if (expr_is_wrong(a) || expr_is_wrong(b))
        return basic(p, TY_ERROR);
    const struct type *x = expr_value_type(t, a);
    const struct type *y = expr_value_type(t, b);
    const struct type *v = x->kind == TY_VECTOR   ? x
                           : y->kind == TY_VECTOR ? y
                                                  : NULL;
    if (type_is_void(x) || type_is_void(y))
        return bad_operands(p, at, op, x, y);
    if (v)
        return is_comparison(op) || op == TK_ANDAND || op == TK_OROR
                   ? expr_vector_mask(p, v)
                   : v;
    if (op == TK_ANDAND || op == TK_OROR || is_comparison(op))
        return type_is_aggregate(x) || type_is_aggregate(y)
                   ? bad_operands(p, at, op, x, y)
                   : basic(p, TY_INT);
    if ((op == TK_PLUS || op == TK_MINUS) &&
        (x->kind == TY_PTR || y->kind == TY_PTR))
        return additive_type(p, at, op, x, y);
    return arith_type(p, at, op, x, y);
}

struct expr *expr_binary(struct parser *p, enum tok_kind op, struct expr *a,
                         struct expr *b)
{
    struct expr *e = expr_new(p, EX_BINARY, a->at.from);
    e->op = (uint8_t)op;
    e->a = a;
    e->b = b;
    e->type = expr_binary_type(p, e->at, op, a, b);
    if (op == TK_EQ || op == TK_NE)
        expr_check_convert(p, a->type, b, false);
    expr_take(e, a);
    expr_take(e, b);
    const_fold(e);
    return e;
}

/* ---- assignment -------------------------------------------------------- */

static enum tok_kind plain_operator(enum tok_kind op)
{
    switch (op) {
    case TK_STAR_ASSIGN: return TK_STAR;
    case TK_SLASH_ASSIGN: return TK_SLASH;
    case TK_PERCENT_ASSIGN: return TK_PERCENT;
    case TK_PLUS_ASSIGN: return TK_PLUS;
    case TK_MINUS_ASSIGN: return TK_MINUS;
    case TK_SHL_ASSIGN: return TK_SHL;
    case TK_SHR_ASSIGN: return TK_SHR;
    case TK_AMP_ASSIGN: return TK_AMP;
    case TK_CARET_ASSIGN: return TK_CARET;
    case TK_PIPE_ASSIGN: return TK_PIPE;
    default: return TK_ASSIGN;
    }
}

struct expr *expr_assign(struct parser *p, enum tok_kind op, struct expr *a,
                         struct expr *b)
{
    struct expr *e = expr_new(p, EX_ASSIGN, a->at.from);
    enum tok_kind plain = plain_operator(op);

    e->op = (uint8_t)op;
    e->a = a;
    e->b = b;
    if (!expr_is_wrong(a) && b->type->kind != TY_CORO)
        e->type = expr_value_type(&p->u->types, a);
    expr_not_read(a);
    expr_check_write(p, a);
    if (plain == TK_ASSIGN)
        expr_check_convert(p, a->type, b, false);
    else
        expr_binary_type(p, e->at, plain, a, b);
    expr_take(e, a);
    expr_take(e, b);
    e->effects = true;
    return e;
}

/* ---- conditional ------------------------------------------------------- */

/* C11 6.5.15p6 for two pointers, and gcc's answer where it has a warning. */
static const struct type *cond_pointers(struct parser *p, const struct expr *b,
                                        const struct type *x,
                                        const struct expr *c,
                                        const struct type *y)
{
    struct types *t = &p->u->types;
    unsigned quals = x->base->quals | y->base->quals;
    const struct type *to;

    if (expr_is_null_constant(b))
        return y;
    if (expr_is_null_constant(c))
        return x;
    const struct type *xb = type_unqual(t, x->base);
    const struct type *yb = type_unqual(t, y->base);
    if (type_compatible(xb, yb))
        to = type_composite(t, xb, yb);
    else
        to = basic(p, TY_VOID);
    return type_ptr(t, quals ? type_qualified(t, to, quals) : to);
}

static bool is_handle(const struct type *ty)
{
    return ty->kind == TY_PTR || ty->kind == TY_TASK;
}

static const struct type *cond_type(struct parser *p, struct span at,
                                    const struct expr *b, const struct expr *c)
{
    struct types *t = &p->u->types;
    const struct type *x = expr_value_type(t, b);
    const struct type *y = expr_value_type(t, c);

    if (type_is_arith(x) && type_is_arith(y))
        return type_usual_arith(t, x, y);
    if (type_is_void(x) || type_is_void(y))
        return basic(p, TY_VOID);
    if (x->kind == TY_PTR && y->kind == TY_PTR)
        return cond_pointers(p, b, x, c, y);
    if (is_handle(x) || is_handle(y))
        return x->kind == TY_TASK || y->kind != TY_TASK ? is_handle(x) ? x : y
                                                        : y;
    if (x->kind == TY_VECTOR || y->kind == TY_VECTOR)
        return x->kind == TY_VECTOR ? x : y;
    if (type_compatible(x, y))
        return x;
    return expr_untyped(p, at, "the branches of '?:' have no common type");
}

struct expr *expr_cond(struct parser *p, struct expr *a, struct expr *b,
                       struct expr *c)
{
    struct expr *e = expr_new(p, EX_COND, a->at.from);
    const struct expr *yes = b ? b : a;

    e->a = a;
    e->b = b;
    e->c = c;
    if (!expr_is_wrong(yes) && !expr_is_wrong(c))
        e->type = cond_type(p, e->at, yes, c);
    expr_check_convert(p, yes->type, c, false);
    expr_take(e, a);
    expr_take(e, b);
    expr_take(e, c);
    const_fold(e);
    return e;
}

struct expr *expr_comma(struct parser *p, struct expr *a, struct expr *b)
{
    struct expr *e = expr_new(p, EX_COMMA, a->at.from);
    e->a = a;
    e->b = b;
    if (b->type->kind != TY_CORO)
        e->type = expr_value_type(&p->u->types, b);
    expr_take(e, a);
    expr_take(e, b);
    return e;
}
