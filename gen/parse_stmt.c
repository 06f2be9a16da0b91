/* SPDX-License-Identifier: MIT
 * Statements of C and GNU C, and blocks. The statements of the dialect are
 * in parse_aw.c, asm in parse_asm.c. */
#include "gen/parse_body.h"

/* ---- small statements -------------------------------------------------- */

/* [ expression ] ";" */
static struct stmt *parse_expr_stmt(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    struct stmt *s = stmt_new(p, STMT_NULL);

    if (!parse_at(p, TK_SEMI)) {
        s->kind = STMT_EXPR;
        s->e = parse_expr(p);
        s->e->dropped = s->e->kind == EX_FORM;
    }
    parse_expect(p, TK_SEMI);
    return stmt_end(p, s, m);
}

/* "goto" ( label | "*" expression ) ";" */
static struct stmt *parse_goto(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    struct stmt *s = stmt_new(p, STMT_GOTO);

    parse_advance(p);
    if (parse_accept(p, TK_STAR)) {
        s->kind = STMT_GOTO_PTR;
        s->e = parse_expr(p);
    } else {
        s->name = parse_tok(p)->atom;
        label_use(p, s->name, &s->target);
        parse_expect(p, TK_IDENT);
    }
    parse_expect(p, TK_SEMI);
    body_jumps(p);
    return stmt_end(p, s, m);
}

/* ( "break" | "continue" ) ";" */
static struct stmt *parse_break(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    bool is_break = parse_at(p, TK_BREAK);
    struct stmt *s = stmt_new(p, is_break ? STMT_BREAK : STMT_CONTINUE);

    s->target = is_break ? p->breakable : p->loop;
    if (!s->target && !p->panic)
        diag(p->u, parse_here(p), D_stray_break,
             is_break ? "break" : "continue",
             is_break ? "loop or switch" : "loop");
    parse_advance(p);
    parse_expect(p, TK_SEMI);
    body_jumps(p);
    return stmt_end(p, s, m);
}

/* "return" [ expression ] ";" */
static struct stmt *parse_return(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    struct stmt *s = stmt_new(p, STMT_RETURN);

    parse_advance(p);
    if (!parse_at(p, TK_SEMI))
        s->e = parse_expr(p);
    if (s->e && body_is_async(p))
        expr_check_convert(p, p->func->decl->type->base, s->e, false);
    parse_expect(p, TK_SEMI);
    p->returns++;
    body_jumps(p);
    return stmt_end(p, s, m);
}

/* "__label__" name { "," name } ";" */
static struct stmt *parse_label_decl(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    struct stmt *s = stmt_new(p, STMT_LABEL_DECL);

    parse_advance(p);
    do {
        if (parse_at(p, TK_IDENT))
            label_declare(p, p->pos);
        parse_expect(p, TK_IDENT);
    } while (parse_accept(p, TK_COMMA));
    parse_expect(p, TK_SEMI);
    return stmt_end(p, s, m);
}

static struct stmt *parse_decl_stmt(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    return stmt_end(p, parse_declaration(p), m);
}

/* ---- selection and iteration ------------------------------------------- */

struct stmt *parse_scoped_stmt(struct parser *p)
{
    scope_open(&p->u->scopes);
    struct stmt *s = parse_stmt(p);
    scope_close(&p->u->scopes);
    return s;
}

static struct expr *parse_condition(struct parser *p)
{
    tokidx open = p->pos;

    parse_expect(p, TK_LPAREN);
    struct expr *e = parse_expr(p);
    parse_close(p, TK_RPAREN, open);
    return e;
}

/* "if" "(" expression ")" statement */
static struct stmt *parse_if_part(struct parser *p)
{
    struct stmt *s = stmt_new(p, STMT_IF);

    parse_advance(p);
    s->e = parse_condition(p);
    s->s1 = parse_scoped_stmt(p);
    return s;
}

/* if-part { "else" if-part } [ "else" statement ] : those behind else nest
 * without recursion. Each is a scope of its own. */
static struct stmt *parse_if(struct parser *p)
{
    VEC(struct stmt *) parts = {0};
    VEC(struct stmt_mark) marks = {0};
    struct stmt *s, *last = NULL;
    bool more;

    do {
        VEC_PUSH(p->u->tree, &marks, stmt_mark(p));
        s = parse_if_part(p);
        VEC_PUSH(p->u->tree, &parts, s);
        parse_chain(p, parts.n);
        more = parse_accept(p, TK_ELSE);
    } while (more && parse_at(p, TK_IF));
    if (more)
        last = parse_scoped_stmt(p);
    while (parts.n > 0) {
        s = parts.v[--parts.n];
        s->s2 = last;
        last = stmt_end(p, s, marks.v[parts.n]);
    }
    return last;
}

/* "else" that no if takes: its statement is read. */
static struct stmt *parse_stray_else(struct parser *p)
{
    if (!p->panic)
        diag(p->u, parse_here(p), D_stray_clause, "else", "an 'if'");
    parse_advance(p);
    return parse_scoped_stmt(p);
}

/* The body of s, target of its break, continue or case. */
static struct stmt *parse_target(struct parser *p, struct stmt *s, bool loop)
{
    struct stmt *old_loop = p->loop, *old_break = p->breakable;
    struct stmt *old_switch = p->switch_;

    p->breakable = s;
    if (loop)
        p->loop = s;
    else
        p->switch_ = s;
    struct stmt *body = parse_scoped_stmt(p);
    p->loop = old_loop;
    p->breakable = old_break;
    p->switch_ = old_switch;
    return body;
}

struct stmt *parse_loop_body(struct parser *p, struct stmt *s)
{
    return parse_target(p, s, true);
}

/* ( "while" | "switch" ) "(" expression ")" statement */
static struct stmt *parse_while(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    bool loop = parse_at(p, TK_WHILE);
    struct stmt *s = stmt_new(p, loop ? STMT_WHILE : STMT_SWITCH);

    parse_advance(p);
    s->e = parse_condition(p);
    s->s1 = parse_target(p, s, loop);
    return stmt_end(p, s, m);
}

/* "do" statement "while" "(" expression ")" ";" */
static struct stmt *parse_do(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    struct stmt *s = stmt_new(p, STMT_DO);

    parse_advance(p);
    s->s1 = parse_target(p, s, true);
    parse_expect(p, TK_WHILE);
    s->e = parse_condition(p);
    parse_expect(p, TK_SEMI);
    return stmt_end(p, s, m);
}

/* "for" "(" ( declaration | [ expression ] ";" ) [ expression ] ";"
 *           [ expression ] ")" statement */
static struct stmt *parse_for(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    struct stmt *s = stmt_new(p, STMT_FOR);

    parse_advance(p);
    scope_open(&p->u->scopes);
    tokidx open = p->pos;
    parse_expect(p, TK_LPAREN);
    s->init = parse_is_type_start(p) ? parse_decl_stmt(p) : parse_expr_stmt(p);
    if (!parse_at(p, TK_SEMI))
        s->e = parse_expr(p);
    parse_expect(p, TK_SEMI);
    if (!parse_at(p, TK_RPAREN))
        s->e2 = parse_expr(p);
    parse_close(p, TK_RPAREN, open);
    s->s1 = parse_target(p, s, true);
    scope_close(&p->u->scopes);
    return stmt_end(p, s, m);
}

/* ---- labels ------------------------------------------------------------ */

/* "case" constant [ "..." constant ] ":" | "default" ":" */
static struct stmt *parse_case(struct parser *p)
{
    bool is_case = parse_at(p, TK_CASE);
    struct stmt *s = stmt_new(p, is_case ? STMT_CASE : STMT_DEFAULT);

    s->target = p->switch_;
    if (!s->target && !p->panic)
        diag(p->u, parse_here(p), D_stray_break, is_case ? "case" : "default",
             "switch");
    parse_advance(p);
    if (is_case) {
        s->e = parse_const_expr(p);
        if (parse_accept(p, TK_ELLIPSIS))
            s->e2 = parse_const_expr(p);
    }
    parse_expect(p, TK_COLON);
    return s;
}

/* name ":" [ attributes ] */
static struct stmt *parse_label(struct parser *p)
{
    struct stmt *s = stmt_new(p, STMT_LABEL);

    s->name = parse_tok(p)->atom;
    parse_advance(p);
    parse_advance(p);
    if (parse_at(p, TK_ATTRIBUTE))
        parse_skip_attributes(p);
    return s;
}

static bool at_label(const struct parser *p)
{
    return parse_at(p, TK_CASE) || parse_at(p, TK_DEFAULT) ||
           (parse_at(p, TK_IDENT) && parse_kind_at(p, 1) == TK_COLON);
}

static struct stmt *parse_item(struct parser *p);

/* { label } statement ; C23 and gcc allow a declaration, or nothing before
 * the closing brace. Labels in a row nest without recursion. */
static struct stmt *parse_labeled(struct parser *p)
{
    VEC(struct stmt *) labels = {0};
    VEC(struct stmt_mark) marks = {0};
    struct stmt *s;

    while (at_label(p)) {
        VEC_PUSH(p->u->tree, &marks, stmt_mark(p));
        s = parse_at(p, TK_IDENT) ? parse_label(p) : parse_case(p);
        VEC_PUSH(p->u->tree, &labels, s);
        if (s->kind == STMT_LABEL)
            label_define(p, s);
        parse_chain(p, labels.n);
        p->labels++;
    }
    if (parse_at(p, TK_RBRACE))
        s = stmt_new(p, STMT_NULL);
    else
        s = parse_item(p);
    while (labels.n > 0) {
        struct stmt *label = labels.v[--labels.n];
        label->s1 = s;
        s = stmt_end(p, label, marks.v[labels.n]);
    }
    return s;
}

/* ---- statements and blocks --------------------------------------------- */

/* A statement that is no label, declaration or attribute. */
static struct stmt *parse_plain_stmt(struct parser *p)
{
    struct stmt *s;

    switch (parse_kind(p)) {
    case TK_LBRACE: return parse_block(p);
    case TK_IF: return parse_if(p);
    case TK_WHILE:
    case TK_SWITCH: return parse_while(p);
    case TK_DO: return parse_do(p);
    case TK_FOR: return parse_for(p);
    case TK_GOTO: return parse_goto(p);
    case TK_BREAK:
    case TK_CONTINUE: return parse_break(p);
    case TK_RETURN: return parse_return(p);
    case TK_ASM: return parse_asm(p);
    case TK_LABEL: return parse_label_decl(p);
    case TK_ELSE: return parse_stray_else(p);
    default: s = parse_aw_stmt(p); return s ? s : parse_expr_stmt(p);
    }
}

static bool at_attribute(const struct parser *p)
{
    return parse_at(p, TK_ATTRIBUTE) ||
           (parse_at(p, TK_LBRACK) && parse_kind_at(p, 1) == TK_LBRACK);
}

/* attributes ( ";" | statement | declaration ) */
static struct stmt *parse_attributed(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);

    parse_skip_attributes(p);
    if (parse_accept(p, TK_SEMI))
        return stmt_end(p, stmt_new(p, STMT_NULL), m);
    if (parse_is_type_start(p)) {
        p->pos = m.from;
        return parse_decl_stmt(p);
    }
    struct stmt *s = parse_item(p);
    s->at.from = m.from;
    return s;
}

/* `name name = `: a declaration, of a type that nobody declared. */
static bool at_unknown_decl(const struct parser *p)
{
    enum tok_kind k = parse_kind_at(p, 2);
    return parse_at_unknown_type(p) && parse_kind_at(p, 1) == TK_IDENT &&
           (k == TK_ASSIGN || k == TK_SEMI || k == TK_COMMA || k == TK_LBRACK);
}

static struct stmt *parse_item_here(struct parser *p)
{
    if (!parse_mend(p))
        parse_lost_head(p);
    if (at_label(p))
        return parse_labeled(p);
    if (at_attribute(p))
        return parse_attributed(p);
    if (parse_at(p, TK_STATIC_ASSERT))
        return parse_static_assert(p);
    if (parse_is_type_start(p) || at_unknown_decl(p))
        return parse_decl_stmt(p);
    return parse_plain_stmt(p);
}

/* item = statement | declaration | static-assertion */
static struct stmt *parse_item(struct parser *p)
{
    struct stmt *s =
        parse_enter(p) ? parse_item_here(p) : stmt_new(p, STMT_NULL);
    parse_leave(p);
    return s;
}

/* Where C wants a statement, the C compiler refuses a declaration. */
struct stmt *parse_stmt(struct parser *p)
{
    return parse_item(p);
}

/* What follows a cleanup in a block will stand in a block inside it. */
static bool nests_rest(const struct stmt *s)
{
    if (s->kind == STMT_DEFER)
        return true;
    for (uint32_t i = 0; s->kind == STMT_DECL && i < s->ndecls; i++)
        if (s->decls[i]->cleanup)
            return true;
    return false;
}

/* "{" { item } "}" */
struct stmt *parse_block(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    struct stmt *s = stmt_new(p, STMT_BLOCK);
    VEC(struct stmt *) body = {0};
    uint32_t labels = label_open(p), nested = 0;

    parse_expect(p, TK_LBRACE);
    scope_open(&p->u->scopes);
    while (!parse_at(p, TK_RBRACE) && !parse_at(p, TK_EOF)) {
        tokidx from = p->pos;
        if (parse_unended(p)) {
            p->unended = true;
            break;
        }
        struct stmt *item = parse_item(p);
        VEC_PUSH(p->u->tree, &body, item);
        if (nests_rest(item)) {
            parse_enter(p);
            nested++;
        }
        parse_recover(p, from);
        if (p->pos == from && !p->unended)
            parse_advance(p); /* a closing bracket that nothing opened */
    }
    scope_close(&p->u->scopes);
    label_close(p, labels);
    for (; nested > 0; nested--)
        parse_leave(p);
    parse_close(p, TK_RBRACE, m.from);
    s->body = body.v;
    s->nbody = body.n;
    return stmt_end(p, s, m);
}
