/* SPDX-License-Identifier: MIT
 * What all productions share: expecting tokens, recovering from errors,
 * skipping brackets, telling words of the dialect. */
#include "gen/parse_body.h"

/* Deep enough for generated code, shallow enough for a stack of so much; with
 * less, as much less. */
enum { MAX_NESTING = 1500, STACK_MIB = 8 };

/* Links of one chain, `a + b + c ...`: the tree is as deep, but later passes
 * need less stack for a level than the descent. */
enum { MAX_CHAIN = 10000 };

static uint32_t fitting(const struct parser *p, uint32_t most)
{
    size_t kib = p->u->stack / 1024, full = (size_t)STACK_MIB * 1024;

    return kib && kib < full ? (uint32_t)(most * kib / full) : most;
}

struct span parse_here(const struct parser *p)
{
    tokidx end = p->panic ? p->real_limit : p->limit;
    tokidx at = p->pos < end ? p->pos : p->u->toks.n - 1;
    return (struct span){at, at + 1};
}

/* The token as messages quote it. */
static const char *tok_text(struct parser *p, tokidx t)
{
    const struct token *k = &p->u->toks.v[t];
    if (k->kind == TK_EOF)
        return tok_kind_name(TK_EOF);
    struct str s = unit_tok(p->u, t);
    if (s.n > 40)
        return tok_kind_name((enum tok_kind)k->kind);
    return arena_printf(&p->u->arena, "'%.*s'", (int)s.n, s.p);
}

void parse_panic(struct parser *p)
{
    if (p->panic)
        return;
    p->panic = true;
    p->real_limit = p->limit;
    p->limit = p->pos;
}

void parse_error(struct parser *p, const char *what)
{
    if (p->panic)
        return;
    struct span at = parse_here(p);
    char c = *unit_tok(p->u, at.from).p;
    if (p->u->toks.v[at.from].kind == TK_OTHER && (c == '"' || c == '\''))
        diag(p->u, at, D_unterminated, c);
    else if (p->u->toks.v[at.from].kind == TK_OTHER)
        diag(p->u, at, D_stray, tok_text(p, at.from));
    else
        diag(p->u, at, D_expected, what, tok_text(p, at.from));
    parse_panic(p);
}

static uint32_t line_of(const struct parser *p, tokidx i)
{
    return unit_loc(p->u, i).line;
}

/* The next statement begins on a line of its own: nothing is lost by going on
 * there, and what was declared stays so. */
static bool lacks_semicolon(struct parser *p)
{
    tokidx at = p->pos;
    if (p->panic || !p->func || !at || parse_at(p, TK_EOF) ||
        parse_kind(p) == TK_OTHER || line_of(p, at) <= line_of(p, at - 1))
        return false;
    diag(p->u, (struct span){at - 1, at}, D_expected_behind, "';'",
         tok_text(p, at - 1));
    return true;
}

bool parse_expect(struct parser *p, enum tok_kind k)
{
    if (parse_accept(p, k))
        return true;
    if (k == TK_SEMI && lacks_semicolon(p))
        return true;
    parse_error(p, tok_kind_name(k));
    return false;
}

static void report_unclosed(struct parser *p, enum tok_kind k, tokidx open)
{
    struct str s = unit_tok(p->u, open);
    const char *end = k == TK_RPAREN ? ")" : k == TK_RBRACE ? "}" : "]";
    uint32_t line = line_of(p, open);
    bool far = line != line_of(p, parse_here(p).from);
    const char *at =
        far ? arena_printf(&p->u->arena, " at line %u", (unsigned)line) : "";
    diag(p->u, parse_here(p), D_unclosed, end, (int)s.n, s.p, at);
    diag_note(p->u, (struct span){open, open + 1}, "opened here");
    parse_panic(p);
}

/* On the line of the opening bracket `expected ')' before` says it all. */
bool parse_close(struct parser *p, enum tok_kind k, tokidx open)
{
    if (parse_accept(p, k))
        return true;
    if (p->panic)
        return false;
    struct loc here = unit_loc(p->u, parse_here(p).from);
    struct loc there = unit_loc(p->u, open);
    if (here.line == there.line && !parse_at(p, TK_EOF))
        parse_error(p, tok_kind_name(k));
    else
        report_unclosed(p, k, open);
    return false;
}

/* +1 for an opening bracket, -1 for a closing one. */
static int bracket(enum tok_kind k)
{
    switch (k) {
    case TK_LPAREN:
    case TK_LBRACK:
    case TK_LBRACE: return 1;
    case TK_RPAREN:
    case TK_RBRACK:
    case TK_RBRACE: return -1;
    default: return 0;
    }
}

/* What is open while tokens are skipped. Braces count more than parentheses:
 * a `;` ends a declaration whose `)` is missing, but not the head of a for. */
struct nest {
    int parens; /* inside the innermost brace; brackets as well */
    int braces;
    int head;  /* the paren that `for (` opened; 0 none */
    bool part; /* the outermost brace belongs to a declaration that goes on
                  behind it: struct { }, = { } */
};

static enum tok_kind kind_before(const struct parser *p, tokidx t)
{
    return t ? (enum tok_kind)p->u->toks.v[t - 1].kind : TK_EOF;
}

/* struct { }, struct name { }, = { } */
static bool opens_part(const struct parser *p, tokidx t)
{
    enum tok_kind before = kind_before(p, t);
    if (before == TK_ASSIGN)
        return true;
    if (before == TK_IDENT)
        before = kind_before(p, t - 1);
    return before == TK_STRUCT || before == TK_UNION || before == TK_ENUM;
}

static void nest_token(struct nest *n, const struct parser *p, tokidx t)
{
    enum tok_kind before = kind_before(p, t);
    enum tok_kind k = (enum tok_kind)p->u->toks.v[t].kind;
    bool brace = k == TK_LBRACE || k == TK_RBRACE;
    if (k == TK_LBRACE && n->braces == 0)
        n->part = opens_part(p, t);
    if (brace)
        n->braces += bracket(k);
    else if (n->braces == 0)
        n->parens += bracket(k);
    if (k == TK_LPAREN && before == TK_FOR && n->braces == 0)
        n->head = n->parens;
    if (n->parens < 0)
        n->parens = 0;
    if (n->parens < n->head)
        n->head = 0;
}

static struct nest nest_of(const struct parser *p, struct span at)
{
    struct nest n = {0};
    for (tokidx t = at.from; t < at.to; t++)
        nest_token(&n, p, t);
    return n;
}

void parse_recover(struct parser *p, tokidx from)
{
    if (!p->panic || (p->unended && p->func))
        return;
    p->panic = false;
    p->limit = p->real_limit;
    if (p->unended) {
        p->unended = false;
        return;
    }
    struct nest n = nest_of(p, (struct span){from, p->pos});
    for (; p->pos < p->limit; p->pos++) {
        enum tok_kind k = parse_kind(p);
        bool closes = bracket(k) < 0 && n.braces == 0;
        if (closes && (k == TK_RBRACE || n.parens == 0))
            return;
        nest_token(&n, p, p->pos);
        bool ends = (k == TK_SEMI && !n.head) ||
                    (k == TK_RBRACE && n.parens == 0 && !n.part);
        if (n.braces == 0 && ends) {
            p->pos++;
            return;
        }
    }
}

bool parse_skip_balanced(struct parser *p)
{
    tokidx open = p->pos;
    int depth = 0;
    tokidx t = p->pos;
    for (; t < p->limit; t++) {
        depth += bracket((enum tok_kind)p->u->toks.v[t].kind);
        if (depth == 0) {
            p->pos = t + 1;
            return true;
        }
    }
    if (p->panic)
        return false;
    enum tok_kind k = parse_kind(p);
    p->pos = p->limit;
    report_unclosed(p,
                    k == TK_LPAREN   ? TK_RPAREN
                    : k == TK_LBRACE ? TK_RBRACE
                                     : TK_RBRACK,
                    open);
    return false;
}

/* async, among the words that may stand before and after it */
static bool at_async_head(const struct parser *p)
{
    for (uint32_t i = 0; i < 3; i++) {
        if (parse_at_word(p, i, WORD_ASYNC) ||
            parse_at_form(p, i, FORM_GENERATOR))
            return true;
        enum tok_kind k = parse_kind_at(p, i);
        if (k != TK_STATIC && k != TK_EXTERN && k != TK_INLINE)
            return false;
    }
    return false;
}

/* Some block that is open here is closed behind this. */
static bool closes_later(const struct parser *p)
{
    int depth = 0;
    for (tokidx t = p->pos; t < p->limit && depth >= 0; t++) {
        enum tok_kind k = (enum tok_kind)p->u->toks.v[t].kind;
        depth += (k == TK_LBRACE) - (k == TK_RBRACE);
    }
    return depth < 0;
}

bool parse_unended(const struct parser *p)
{
    uint32_t off = p->u->toks.v[p->pos].off;
    bool never_nested = at_async_head(p) || parse_at(p, TK_STATIC);
    if (!off || p->u->src.text.p[off - 1] != '\n' ||
        !(never_nested || (body_is_async(p) && parse_is_type_start(p))))
        return false;
    for (tokidx t = p->pos; t < p->limit; t++) {
        enum tok_kind k = (enum tok_kind)p->u->toks.v[t].kind;
        if (k == TK_LBRACE)
            return kind_before(p, t) == TK_RPAREN &&
                   (never_nested || !closes_later(p));
        if (k == TK_SEMI || k == TK_ASSIGN || k == TK_RBRACE)
            return false;
    }
    return false;
}

bool parse_enter(struct parser *p)
{
    if (++p->nesting <= fitting(p, MAX_NESTING))
        return true;
    if (!p->panic)
        diag(p->u, parse_here(p), D_too_deep);
    parse_panic(p);
    return false;
}

void parse_leave(struct parser *p)
{
    p->nesting--;
}

void parse_chain(struct parser *p, uint32_t n)
{
    if (n <= fitting(p, MAX_CHAIN) || p->panic)
        return;
    diag(p->u, parse_here(p), D_too_deep);
    parse_panic(p);
}

bool parse_at_word(const struct parser *p, uint32_t ahead, enum word plain)
{
    const struct token *t = parse_tok_at(p, ahead);
    if (t->kind != TK_IDENT)
        return false;
    if (t->atom->word == plain)
        return !t->atom->decl;
    return t->atom->word == (unsigned)plain + 1;
}

bool parse_at_form(const struct parser *p, uint32_t ahead, enum word form)
{
    const struct token *t = parse_tok_at(p, ahead);
    if (t->kind != TK_IDENT || t->atom->word != form)
        return false;
    const struct decl *d = t->atom->decl;
    if (d && d->kind != DECL_FUNC && d->kind != DECL_BUILTIN)
        return false;
    return parse_kind_at(p, ahead + 1) == TK_LPAREN;
}
