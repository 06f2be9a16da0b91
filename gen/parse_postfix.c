/* SPDX-License-Identifier: MIT
 * Postfix and primary expressions. */
#include <string.h>

#include "gen/const.h"
#include "gen/parse_body.h"

/* A builtin that asks about its arguments without evaluating them. */
static bool only_asks(const struct expr *f)
{
    static const char *const names[] = {
        "__builtin_constant_p", "__builtin_classify_type",
        "__builtin_object_size", "__builtin_dynamic_object_size"};

    f = expr_strip(f);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (f->kind == EX_IDENT && f->decl &&
            strcmp(f->decl->name->s, names[i]) == 0)
            return true;
    return false;
}

/* "(" [ assignment { "," assignment } ] ")" */
static struct expr *parse_call(struct parser *p, struct expr *f)
{
    VEC(struct expr *) args = {0};
    tokidx open = parse_advance(p);
    bool asks = only_asks(f);

    p->unevaluated += asks;
    if (!parse_at(p, TK_RPAREN)) {
        do
            VEC_PUSH(p->u->tree, &args, parse_assign(p));
        while (parse_accept(p, TK_COMMA));
    }
    parse_close(p, TK_RPAREN, open);
    p->unevaluated -= asks;
    struct expr *e = expr_call(p, f, args.v, args.n);
    if (!asks)
        return e;
    struct expr *r = expr_new(p, EX_BUILTIN, e->at.from);
    r->type = e->type;
    return r;
}

static struct expr *parse_index(struct parser *p, struct expr *a)
{
    tokidx open = parse_advance(p);
    struct expr *b = parse_expr(p);

    parse_close(p, TK_RBRACK, open);
    return expr_index(p, a, b);
}

static struct expr *parse_member(struct parser *p, struct expr *a)
{
    enum tok_kind op = parse_kind(p);

    parse_advance(p);
    struct atom *name = parse_tok(p)->atom;
    if (!name || !parse_at(p, TK_IDENT)) {
        parse_error(p, "a member name");
        return a;
    }
    parse_advance(p);
    return expr_member(p, op, a, name);
}

/* { "[" expression "]" | "(" args ")" | ("." | "->") name | "++" | "--" } */
static struct expr *parse_postfix_ops(struct parser *p, struct expr *e)
{
    for (uint32_t n = 1;; n++) {
        enum tok_kind op = parse_kind(p);
        switch (op) {
        case TK_LBRACK: e = parse_index(p, e); break;
        case TK_LPAREN: e = parse_call(p, e); break;
        case TK_DOT:
        case TK_ARROW: e = parse_member(p, e); break;
        case TK_INC:
        case TK_DEC:
            parse_advance(p);
            e = expr_postfix(p, op, e);
            break;
        default: return e;
        }
        parse_chain(p, n);
    }
}

struct expr *parse_compound_literal(struct parser *p, tokidx from,
                                    const struct type *of)
{
    struct expr *init = parse_initializer(p, of);
    return parse_postfix_ops(p, expr_compound(p, from, of, init));
}

/* "({" { statement } "})" */
static struct expr *parse_stmt_expr(struct parser *p)
{
    tokidx from = parse_advance(p);

    p->in_stmt_expr++;
    struct stmt *block = parse_block(p);
    p->in_stmt_expr--;
    parse_close(p, TK_RPAREN, from);
    return expr_stmt_expr(p, from, block);
}

static struct expr *parse_paren(struct parser *p)
{
    if (parse_kind_at(p, 1) == TK_LBRACE)
        return parse_stmt_expr(p);
    tokidx from = parse_advance(p);
    struct expr *a = parse_expr(p);
    parse_close(p, TK_RPAREN, from);
    return expr_paren(p, from, a);
}

static struct expr *parse_string(struct parser *p)
{
    tokidx from = p->pos;

    while (parse_accept(p, TK_STRING))
        continue;
    return expr_string(p, from);
}

/* ---- _Generic ---------------------------------------------------------- */

/* What has been read of one _Generic. */
struct generic {
    const struct type *selector;
    VEC(struct expr *) results;
    struct expr *match, *otherwise;
};

/* ( type-name | default ) ":" assignment ; chosen as C11 6.5.1.1 says, with
 * the selector converted as in DR 481. */
static void parse_association(struct parser *p, struct generic *g)
{
    const struct type *ty = NULL;

    if (!parse_accept(p, TK_DEFAULT))
        ty = parse_type_name(p);
    parse_expect(p, TK_COLON);
    struct expr *e = parse_assign(p);
    VEC_PUSH(p->u->tree, &g->results, e);
    if (!ty)
        g->otherwise = e;
    else if (!g->match && type_compatible(ty, g->selector))
        g->match = e;
}

static struct expr *make_generic(struct parser *p, tokidx from,
                                 struct expr *selector, struct generic *g)
{
    struct expr *e = expr_new(p, EX_GENERIC, from);

    e->a = selector;
    e->args = g->results.v;
    e->nargs = g->results.n;
    e->chosen = g->match ? g->match : g->otherwise;
    if (!e->chosen) {
        if (!expr_is_wrong(selector))
            expr_untyped(p, e->at, "no association of _Generic fits");
        return e;
    }
    e->type = e->chosen->type;
    e->lvalue = e->chosen->lvalue;
    e->bitfield = e->chosen->bitfield;
    expr_take(e, e->chosen);
    const_fold(e);
    return e;
}

/* _Generic "(" assignment { "," association } ")" */
static struct expr *parse_generic(struct parser *p)
{
    tokidx from = parse_advance(p);
    tokidx open = p->pos;
    struct types *t = &p->u->types;
    struct generic g = {0};

    parse_expect(p, TK_LPAREN);
    p->unevaluated++;
    struct expr *selector = parse_assign(p);
    p->unevaluated--;
    g.selector = type_unqual(t, type_decay(t, selector->type));
    while (parse_accept(p, TK_COMMA))
        parse_association(p, &g);
    parse_close(p, TK_RPAREN, open);
    return make_generic(p, from, selector, &g);
}

/* ---- primary ----------------------------------------------------------- */

static struct expr *parse_identifier(struct parser *p)
{
    struct expr *e = parse_builtin(p);

    if (!e)
        e = parse_form(p);
    if (e)
        return e;
    tokidx at = parse_advance(p);
    return expr_ident(p, at);
}

/* primary = identifier | literal | "(" expression ")" | "({" ... "})"
 *         | _Generic ... */
static struct expr *parse_primary(struct parser *p)
{
    tokidx from = p->pos;

    switch (parse_kind(p)) {
    case TK_IDENT: return parse_identifier(p);
    case TK_NUM: parse_advance(p); return expr_number(p, from);
    case TK_CHAR: parse_advance(p); return expr_char(p, from);
    case TK_STRING: return parse_string(p);
    case TK_LPAREN: return parse_paren(p);
    case TK_GENERIC: return parse_generic(p);
    default:
        parse_error(p, "an expression");
        return expr_new(p, EX_ERROR, from);
    }
}

struct expr *parse_postfix(struct parser *p)
{
    return parse_postfix_ops(p, parse_primary(p));
}
