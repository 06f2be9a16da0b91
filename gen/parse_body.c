/* SPDX-License-Identifier: MIT
 * Where the words of the dialect may stand, and how statements are made. */
#include "gen/parse_body.h"

/* ---- words ------------------------------------------------------------- */

bool body_is_async(const struct parser *p)
{
    return p->func && p->func->async;
}

bool body_is_generator(const struct parser *p)
{
    return body_is_async(p) && p->func->decl->type->generator;
}

/* What may follow an identifier that begins an expression or is one. */
static bool follows_identifier(enum tok_kind k)
{
    switch (k) {
    case TK_IDENT:
    case TK_NUM:
    case TK_CHAR:
    case TK_STRING:
    case TK_LBRACE:
    case TK_TILDE:
    case TK_BANG:
    case TK_SIZEOF:
    case TK_GENERIC: return false;
    default: return true;
    }
}

bool body_at_word(const struct parser *p, enum word plain)
{
    if (!parse_at_word(p, 0, plain))
        return false;
    bool reserved = parse_tok(p)->atom->word != plain;
    bool here = plain == WORD_YIELD ? body_is_generator(p) : body_is_async(p);
    return reserved || here || !follows_identifier(parse_kind_at(p, 1));
}

void body_check_word(struct parser *p, tokidx at)
{
    const struct token *t = &p->u->toks.v[at];
    bool yield =
        t->atom->word == WORD_YIELD || t->atom->word == WORD_YIELD_ALWAYS;
    struct span span = {at, at + 1};

    if (p->panic || (yield ? body_is_generator(p) : body_is_async(p)))
        return;
    if (yield && body_is_async(p))
        diag(p->u, span, D_outside_generator, t->atom->s);
    else
        diag(p->u, span, D_outside_async, t->atom->s);
    if (p->func)
        diag_note(p->u, p->func->decl->at,
                  yield && body_is_async(p)
                      ? "'%s' is no generator; declare it async_generator(T)"
                      : "'%s' is not async; write 'async' before its type",
                  p->func->decl->name->s);
}

void body_check_await(struct parser *p, tokidx at)
{
    body_check_word(p, at);
    if (!p->panic && p->unevaluated && body_is_async(p))
        diag(p->u, (struct span){at, at + 1}, D_await_unevaluated);
}

void body_jumps(struct parser *p)
{
    if (p->in_stmt_expr && body_is_async(p))
        p->awaits++;
}

/* ---- statements -------------------------------------------------------- */

struct stmt_mark stmt_mark(const struct parser *p)
{
    return (struct stmt_mark){p->pos, p->awaits, p->returns, p->labels};
}

struct stmt *stmt_new(struct parser *p, enum stmt_kind kind)
{
    struct stmt *s = ARENA_NEW(p->u->tree, struct stmt);
    s->kind = (uint8_t)kind;
    s->at = (struct span){p->pos, p->pos};
    return s;
}

struct stmt *stmt_end(struct parser *p, struct stmt *s, struct stmt_mark m)
{
    s->at = parse_since(p, m.from);
    s->has_await = p->awaits != m.awaits;
    s->has_return = p->returns != m.returns;
    s->has_label = p->labels != m.labels;
    return s;
}
