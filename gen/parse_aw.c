/* SPDX-License-Identifier: MIT
 * Statements of the dialect: language.md sections 5 and 6. */
#include "gen/parse_body.h"

/* A block that the word or form at token `head` wants. Without braces it is
 * reported, and read as the one statement that it is. */
static struct stmt *parse_own_block(struct parser *p, tokidx head)
{
    if (parse_at(p, TK_LBRACE) || parse_at(p, TK_EOF))
        return parse_block(p);
    if (!p->panic)
        diag(p->u, parse_here(p), D_need_block, p->u->toks.v[head].atom->s);
    return parse_scoped_stmt(p);
}

/* ---- errors ------------------------------------------------------------ */

/* "catch" "(" ( declaration | constant { "," constant } ) ")" block */
static struct catch_clause parse_catch(struct parser *p)
{
    struct catch_clause c = {.at = {p->pos, p->pos}};
    VEC(struct expr *) codes = {0};

    parse_advance(p);
    scope_open(&p->u->scopes);
    tokidx open = p->pos;
    parse_expect(p, TK_LPAREN);
    if (parse_is_type_start(p)) {
        c.var = parse_single_decl(p);
    } else if (parse_at(p, TK_ELLIPSIS) && !p->panic) {
        diag(p->u, parse_here(p), D_catch_all);
        parse_advance(p);
    } else {
        do
            VEC_PUSH(p->u->tree, &codes, parse_const_expr(p));
        while (parse_accept(p, TK_COMMA));
    }
    parse_close(p, TK_RPAREN, open);
    p->catching++;
    c.body = parse_own_block(p, c.at.from);
    p->catching--;
    scope_close(&p->u->scopes);
    c.codes = codes.v;
    c.ncodes = codes.n;
    c.at = parse_since(p, c.at.from);
    return c;
}

/* "try" block { catch } [ "finally" block ] */
static struct stmt *parse_try(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    struct stmt *s = stmt_new(p, STMT_TRY);
    VEC(struct catch_clause) clauses = {0};

    body_check_word(p, parse_advance(p));
    s->s1 = parse_own_block(p, m.from);
    parse_mend(p);
    for (; parse_at_word(p, 0, WORD_CATCH); parse_mend(p))
        VEC_PUSH(p->u->tree, &clauses, parse_catch(p));
    s->clauses = clauses.v;
    s->nclauses = clauses.n;
    if (parse_at_word(p, 0, WORD_FINALLY)) {
        tokidx head = parse_advance(p);
        s->s2 = parse_own_block(p, head);
    }
    if (!s->nclauses && !s->s2 && s->s1->kind == STMT_BLOCK)
        parse_error(p, "'catch' or 'finally'");
    return stmt_end(p, s, m);
}

/* A clause that no try takes: read, so that what follows is understood. */
static struct stmt *parse_stray(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    struct stmt *s = stmt_new(p, STMT_NULL);
    const char *word = parse_tok(p)->atom->s;

    if (!p->panic)
        diag(p->u, (struct span){p->pos, p->pos + 1}, D_stray_clause, word,
             "a 'try'");
    if (parse_at_word(p, 0, WORD_CATCH)) {
        parse_catch(p);
    } else {
        parse_advance(p);
        parse_block(p);
    }
    return stmt_end(p, s, m);
}

static bool at_stray(const struct parser *p)
{
    return body_is_async(p) && ((parse_at_word(p, 0, WORD_CATCH) &&
                                 parse_kind_at(p, 1) == TK_LPAREN) ||
                                (parse_at_word(p, 0, WORD_FINALLY) &&
                                 parse_kind_at(p, 1) == TK_LBRACE));
}

/* ( "throw" | "yield" ) expression ";" */
static struct stmt *parse_throw(struct parser *p, enum stmt_kind kind)
{
    struct stmt_mark m = stmt_mark(p);
    struct stmt *s = stmt_new(p, kind);

    body_check_word(p, parse_advance(p));
    if (kind == STMT_THROW && parse_at(p, TK_SEMI) && !p->panic) {
        diag(p->u, (struct span){m.from, m.from + 1}, D_throw_nothing);
        s->e = expr_new(p, EX_ERROR, m.from);
    } else {
        s->e = parse_expr(p);
    }
    parse_expect(p, TK_SEMI);
    if (kind == STMT_YIELD) {
        p->awaits++;
        if (body_is_async(p))
            expr_check_convert(p, p->func->decl->type->base, s->e, false);
    }
    return stmt_end(p, s, m);
}

/* "defer" statement */
static struct stmt *parse_defer(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    struct stmt *s = stmt_new(p, STMT_DEFER);

    body_check_word(p, parse_advance(p));
    if (parse_is_type_start(p) && !p->panic && body_is_async(p))
        diag(p->u, parse_here(p), D_defer_decl);
    s->s1 = parse_scoped_stmt(p);
    return stmt_end(p, s, m);
}

/* ---- structured concurrency -------------------------------------------- */

/* A form that is a statement stands in a body that is not async. */
static void check_form(struct parser *p)
{
    if (!body_is_async(p) && !p->panic)
        diag(p->u, parse_here(p), D_outside_async, parse_tok(p)->atom->s);
}

/* The type of a group's name: aw_group_ref of <aw.h>. */
static const struct type *group_ref(struct parser *p, struct span at)
{
    const struct atom *name = atoms_z(&p->u->atoms, "aw_group_ref");
    if (name->decl && name->decl->kind == DECL_TYPEDEF)
        return type_aliased(&p->u->types, name->decl->type, name->decl);
    if (!p->panic)
        diag(p->u, at, D_need_header, "aw_group");
    return type_basic(&p->u->types, TY_ERROR);
}

static struct decl *bind_group(struct parser *p)
{
    struct decl *d = ARENA_NEW(&p->u->arena, struct decl);
    struct span at = parse_here(p);

    d->kind = DECL_VAR;
    d->name = parse_tok(p)->atom;
    d->at = d->declarator = at;
    d->local = d->group = true;
    if (!parse_expect(p, TK_IDENT))
        return NULL;
    d->type = group_ref(p, at);
    parse_bind_local(p, d);
    return d;
}

/* "," "." "limit" "=" assignment */
static struct expr *parse_limit(struct parser *p)
{
    if (!parse_accept(p, TK_COMMA))
        return NULL;
    parse_expect(p, TK_DOT);
    const struct atom *name = parse_tok(p)->atom;
    if (!name || strcmp(name->s, "limit") != 0)
        parse_error(p, "'limit'");
    parse_advance(p);
    parse_expect(p, TK_ASSIGN);
    struct expr *e = parse_assign(p);
    expr_need_number(p, e);
    return e;
}

/* "aw_group" "(" name [ limit ] ")" block */
static struct stmt *parse_group(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    struct stmt *s = stmt_new(p, STMT_GROUP);

    check_form(p);
    parse_advance(p);
    tokidx open = parse_advance(p);
    scope_open(&p->u->scopes);
    struct decl *d = bind_group(p);
    s->e = parse_limit(p);
    parse_close(p, TK_RPAREN, open);
    if (d) {
        s->name = d->name;
        s->decls = ARENA_ARRAY(p->u->tree, struct decl *, 1);
        s->decls[0] = d;
        s->ndecls = 1;
    }
    s->s1 = parse_own_block(p, m.from);
    scope_close(&p->u->scopes);
    p->awaits++;
    return stmt_end(p, s, m);
}

/* "aw_timeout_ms" "(" expression ")" block */
static struct stmt *parse_timeout(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    struct stmt *s = stmt_new(p, STMT_TIMEOUT);

    check_form(p);
    parse_advance(p);
    tokidx open = parse_advance(p);
    s->e = parse_expr(p);
    expr_need_number(p, s->e);
    parse_close(p, TK_RPAREN, open);
    s->s1 = parse_own_block(p, m.from);
    return stmt_end(p, s, m);
}

static void check_generator(struct parser *p, const struct expr *e)
{
    if (!p->panic && e->type->kind != TY_ERROR &&
        !coro_is_generator(&p->u->types, e))
        diag(p->u, e->at, D_form_argument, "a call of a generator");
}

/* "aw_for" "(" specifiers declarator "," assignment ")" block */
static struct stmt *parse_aw_for(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    struct stmt *s = stmt_new(p, STMT_AW_FOR);

    check_form(p);
    parse_advance(p);
    tokidx open = parse_advance(p);
    scope_open(&p->u->scopes);
    s->decls = ARENA_ARRAY(p->u->tree, struct decl *, 1);
    s->decls[0] = parse_single_decl(p);
    s->ndecls = s->decls[0] ? 1 : 0;
    parse_expect(p, TK_COMMA);
    s->e = parse_assign(p);
    check_generator(p, s->e);
    parse_close(p, TK_RPAREN, open);
    if (!parse_at(p, TK_LBRACE) && !p->panic)
        diag(p->u, parse_here(p), D_need_block, p->u->toks.v[m.from].atom->s);
    s->s1 = parse_loop_body(p, s);
    scope_close(&p->u->scopes);
    p->awaits++;
    return stmt_end(p, s, m);
}

static struct stmt *parse_word(struct parser *p)
{
    if (!parse_at(p, TK_IDENT) || parse_tok(p)->atom->word == WORD_NONE)
        return NULL;
    if (body_at_word(p, WORD_TRY))
        return parse_try(p);
    if (at_stray(p))
        return parse_stray(p);
    if (body_at_word(p, WORD_THROW))
        return parse_throw(p, STMT_THROW);
    if (body_at_word(p, WORD_YIELD))
        return parse_throw(p, STMT_YIELD);
    if (body_at_word(p, WORD_DEFER))
        return parse_defer(p);
    if (parse_at_form(p, 0, FORM_GROUP))
        return parse_group(p);
    if (parse_at_form(p, 0, FORM_TIMEOUT_MS))
        return parse_timeout(p);
    if (parse_at_form(p, 0, FORM_FOR))
        return parse_aw_for(p);
    return NULL;
}

/* None of them can be copied: a statement expression with one is rewritten as
 * one with a jump is. */
struct stmt *parse_aw_stmt(struct parser *p)
{
    uint32_t awaits = p->awaits;
    struct stmt *s = parse_word(p);

    if (!s)
        return NULL;
    body_jumps(p);
    s->has_await |= p->awaits != awaits;
    return s;
}
