/* SPDX-License-Identifier: MIT
 * Expressions from the comma down to casts and unary operators. A function a
 * production; each makes its node through sema_expr.h. */
#include "gen/parse_body.h"

/* expression = assignment { "," assignment } */
struct expr *parse_expr(struct parser *p)
{
    struct expr *e = parse_assign(p);
    uint32_t n = 0;

    while (parse_accept(p, TK_COMMA)) {
        e = expr_comma(p, e, parse_assign(p));
        parse_chain(p, ++n);
    }
    return e;
}

static bool is_assign_op(enum tok_kind k)
{
    return k >= TK_ASSIGN && k <= TK_PIPE_ASSIGN;
}

/* assignment = conditional [ assign-op assignment ] ; gcc parses the left
 * side as a conditional and checks later. */
struct expr *parse_assign(struct parser *p)
{
    struct expr *e = parse_conditional(p);
    enum tok_kind op = parse_kind(p);

    if (!is_assign_op(op))
        return e;
    parse_advance(p);
    if (parse_enter(p))
        e = expr_assign(p, op, e, parse_assign(p));
    parse_leave(p);
    return e;
}

/* constant-expression = conditional */
struct expr *parse_const_expr(struct parser *p)
{
    struct expr *e = parse_conditional(p);

    if (e->has_await && !p->panic)
        diag(p->u, e->at, D_await_constant);
    return e;
}

struct expr *parse_lasting(struct parser *p,
                           struct expr *(*rule)(struct parser *p))
{
    struct arena *tree = p->u->tree;
    struct expr *e;

    p->u->tree = &p->u->arena;
    e = rule(p);
    p->u->tree = tree;
    return e;
}

/* conditional = binary [ "?" [ expression ] ":" conditional ] */
struct expr *parse_conditional(struct parser *p)
{
    struct expr *a = parse_binary(p, 1);
    struct expr *b = NULL;

    if (!parse_accept(p, TK_QUESTION))
        return a;
    if (parse_enter(p)) {
        if (!parse_at(p, TK_COLON))
            b = parse_expr(p);
        parse_expect(p, TK_COLON);
        a = expr_cond(p, a, b, parse_conditional(p));
    }
    parse_leave(p);
    return a;
}

/* How tightly a binary operator binds; 0 is none. */
static int precedence(enum tok_kind k)
{
    switch (k) {
    case TK_OROR: return 1;
    case TK_ANDAND: return 2;
    case TK_PIPE: return 3;
    case TK_CARET: return 4;
    case TK_AMP: return 5;
    case TK_EQ:
    case TK_NE: return 6;
    case TK_LT:
    case TK_GT:
    case TK_LE:
    case TK_GE: return 7;
    case TK_SHL:
    case TK_SHR: return 8;
    case TK_PLUS:
    case TK_MINUS: return 9;
    case TK_STAR:
    case TK_SLASH:
    case TK_PERCENT: return 10;
    default: return 0;
    }
}

/* binary(n) = binary(n + 1) { operator-of-precedence-n binary(n + 1) } ;
 * binary(11) = cast */
struct expr *parse_binary(struct parser *p, int least)
{
    struct expr *e = parse_cast(p);
    uint32_t n = 0;

    for (;;) {
        enum tok_kind op = parse_kind(p);
        int prec = precedence(op);
        if (prec == 0 || prec < least)
            return e;
        parse_advance(p);
        e = expr_binary(p, op, e, parse_binary(p, prec + 1));
        parse_chain(p, ++n);
    }
}

/* "(" type-name ")" cast ; a brace behind it makes a compound literal, which
 * is a postfix-expression. */
static struct expr *parse_type_cast(struct parser *p)
{
    tokidx from = parse_advance(p);
    const struct type *of = parse_type_name(p);

    parse_close(p, TK_RPAREN, from);
    if (parse_at(p, TK_LBRACE))
        return parse_compound_literal(p, from, of);
    return expr_cast(p, from, of, parse_cast(p));
}

/* cast = "(" type-name ")" cast | unary */
static struct expr *parse_cast_here(struct parser *p)
{
    if (parse_at(p, TK_LPAREN) && parse_is_type_start_at(p, 1))
        return parse_type_cast(p);
    return parse_unary(p);
}

struct expr *parse_cast(struct parser *p)
{
    struct expr *e =
        parse_enter(p) ? parse_cast_here(p) : expr_new(p, EX_ERROR, p->pos);
    parse_leave(p);
    return e;
}

/* sizeof unary | sizeof "(" type-name ")" ; the same with _Alignof */
static struct expr *parse_sizeof(struct parser *p)
{
    tokidx from = p->pos;
    enum tok_kind op = parse_kind(p);
    const struct type *of = NULL;
    struct expr *a = NULL;

    parse_advance(p);
    p->unevaluated++;
    if (parse_at(p, TK_LPAREN) && parse_is_type_start_at(p, 1)) {
        tokidx open = parse_advance(p);
        of = parse_type_name(p);
        parse_close(p, TK_RPAREN, open);
        if (parse_at(p, TK_LBRACE)) {
            a = parse_compound_literal(p, open, of);
            of = NULL;
        }
    } else {
        a = parse_unary(p);
    }
    p->unevaluated--;
    return expr_sizeof(p, from, op, of, a);
}

/* "&&" identifier */
static struct expr *parse_label_addr(struct parser *p)
{
    tokidx from = parse_advance(p);
    struct atom *name = parse_tok(p)->atom;

    if (!name) {
        parse_error(p, "a label");
        return expr_new(p, EX_ERROR, from);
    }
    label_use(p, name, NULL);
    parse_advance(p);
    return expr_label_addr(p, from, name);
}

static struct expr *parse_operator(struct parser *p)
{
    tokidx from = p->pos;
    enum tok_kind op = parse_kind(p);

    parse_advance(p);
    struct expr *a =
        op == TK_INC || op == TK_DEC ? parse_unary(p) : parse_cast(p);
    return expr_unary(p, from, op, a);
}

/* await cast */
static struct expr *parse_await(struct parser *p)
{
    tokidx from = parse_advance(p);

    body_check_await(p, from);
    struct expr *e = expr_await(p, from, parse_cast(p));
    if (!p->unevaluated)
        p->awaits++;
    return e;
}

/* unary = postfix | ("++" | "--") unary | unary-operator cast
 *       | sizeof ... | "&&" label | await cast */
struct expr *parse_unary(struct parser *p)
{
    switch (parse_kind(p)) {
    case TK_PLUS:
    case TK_MINUS:
    case TK_TILDE:
    case TK_BANG:
    case TK_STAR:
    case TK_AMP:
    case TK_REAL:
    case TK_IMAG:
    case TK_EXTENSION: return parse_operator(p);
    case TK_INC:
    case TK_DEC: {
        struct expr *e =
            parse_enter(p) ? parse_operator(p) : expr_new(p, EX_ERROR, p->pos);
        parse_leave(p);
        return e;
    }
    case TK_SIZEOF:
    case TK_ALIGNOF: {
        struct expr *e =
            parse_enter(p) ? parse_sizeof(p) : expr_new(p, EX_ERROR, p->pos);
        parse_leave(p);
        return e;
    }
    case TK_ANDAND: return parse_label_addr(p);
    default:
        parse_mend(p);
        return body_at_word(p, WORD_AWAIT) ? parse_await(p) : parse_postfix(p);
    }
}
