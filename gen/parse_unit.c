/* SPDX-License-Identifier: MIT
 * The unit: external declarations one after the other, cut into pieces.
 * Bodies of plain functions that mention nothing of the dialect are stepped
 * over, and so is what we cannot read but C may: the C compiler sees it. */
#include "gen/parse_decl.h"

/* ---- pieces -------------------------------------------------------------- */

static struct piece *add_piece(struct parser *p, enum piece_kind kind,
                               struct span at)
{
    struct unit *u = p->u;
    if (kind == PIECE_PASS && u->pieces.n &&
        VEC_LAST(&u->pieces).kind == PIECE_PASS) {
        VEC_LAST(&u->pieces).at.to = at.to;
        return &VEC_LAST(&u->pieces);
    }
    struct piece x = {.kind = (uint8_t)kind, .at = at};
    VEC_PUSH(&u->arena, &u->pieces, x);
    return &VEC_LAST(&u->pieces);
}

/* ---- what a range of tokens mentions --------------------------------------
 */

/* Whether the body that uses this name must be read. Words of the dialect
 * stay ordinary names where the user declared them; forms are functions of
 * <aw.h> as well, so whether one is meant the parser decides in its place. */
static bool atom_mentions(const struct atom *a)
{
    if (a->async)
        return true;
    if (a->word == WORD_NONE)
        return false;
    const struct decl *d = a->decl;
    bool form = a->word >= FORM_TASK_TYPE;
    return !d || (form && (d->kind == DECL_FUNC || d->kind == DECL_BUILTIN));
}

static bool mentions(const struct parser *p, struct span at)
{
    for (tokidx t = at.from; t < at.to; t++) {
        const struct token *k = &p->u->toks.v[t];
        if (k->kind == TK_IDENT && atom_mentions(k->atom))
            return true;
    }
    return false;
}

/* The end of the brace group at the position; the limit when it has none. */
static tokidx brace_end(const struct parser *p, bool *mention)
{
    int depth = 0;
    for (tokidx t = p->pos; t < p->limit; t++) {
        const struct token *k = &p->u->toks.v[t];
        if (k->kind == TK_LBRACE)
            depth++;
        else if (k->kind == TK_RBRACE && --depth == 0)
            return t + 1;
        else if (k->kind == TK_IDENT && atom_mentions(k->atom))
            *mention = true;
    }
    return p->limit;
}

/* ---- initialisers at file scope ------------------------------------------ */

/* The end of an initialiser: the `,` or `;` behind it. */
static tokidx init_end(const struct parser *p)
{
    int depth = 0;
    for (tokidx t = p->pos; t < p->limit; t++) {
        switch (p->u->toks.v[t].kind) {
        case TK_LPAREN:
        case TK_LBRACK:
        case TK_LBRACE: depth++; break;
        case TK_RPAREN:
        case TK_RBRACK:
        case TK_RBRACE: depth--; break;
        case TK_COMMA:
        case TK_SEMI:
            if (depth == 0)
                return t;
            break;
        default: break;
        }
    }
    return p->limit;
}

/* An element that says by itself that it is one element: not designated, and
 * with braces of its own when it has parts. */
static bool counts_as_one(const struct parser *p, tokidx t, bool aggregate)
{
    const struct token *k = &p->u->toks.v[t];
    if (k->kind == TK_LBRACE)
        return true;
    return !aggregate && k->kind != TK_LBRACK && k->kind != TK_DOT;
}

/* Elements of the braced list in `at` by looking at commas; -1 when they
 * must be read. */
static int64_t count_elements(const struct parser *p, struct span at,
                              bool aggregate)
{
    int64_t n = 0;
    int depth = 0;
    if (p->u->toks.v[at.from].kind != TK_LBRACE)
        return -1;
    for (tokidx t = at.from; t + 1 < at.to; t++) {
        enum tok_kind k = (enum tok_kind)p->u->toks.v[t].kind;
        bool starts = depth == 0 || (depth == 1 && k == TK_COMMA);
        depth += k == TK_LPAREN || k == TK_LBRACK || k == TK_LBRACE;
        depth -= k == TK_RPAREN || k == TK_RBRACK || k == TK_RBRACE;
        if (!starts || t + 2 == at.to)
            continue;
        if (!counts_as_one(p, t + 1, aggregate))
            return -1;
        n++;
    }
    return n;
}

static const struct type *sized(struct parser *p, const struct type *ty,
                                int64_t n)
{
    struct type *c = type_copy(&p->u->types, ty);
    c->count = n;
    c->alias = NULL;
    return c;
}

/* Initialisers are the C compiler's, unless they mention the dialect, or the
 * size of an array is in them. */
static void parse_global_init(struct parser *p, const struct specs *s,
                              struct decl *d)
{
    const struct type *ty = d->type;
    struct span at = {p->pos, init_end(p)};
    bool sizes = ty->kind == TY_ARRAY && ty->count < 0 && !ty->size;
    bool mention = mentions(p, at);
    /* `char s[] = {"abc"}` has not one element */
    bool parts =
        sizes &&
        (type_is_aggregate(ty->base) ||
         (type_is_integer(ty->base) && parse_kind_at(p, 1) == TK_STRING));
    int64_t n = sizes ? count_elements(p, at, parts) : -1;
    d->defined = true;
    if (n >= 0)
        d->type = sized(p, ty, n);
    if (mention || s->auto_type || (sizes && n < 0)) {
        parse_decl_init(p, d);
        if (s->auto_type)
            d->type = type_unqual(&p->u->types,
                                  type_decay(&p->u->types, d->init->type));
        async_edit_names(p, at);
    } else {
        p->pos = at.to;
    }
}

/* ---- external declarations ------------------------------------------------
 */

/* What an external declaration turned out to be. */
struct external {
    enum piece_kind kind;
    struct func *func;
    VEC(struct decl *) async; /* async functions it declares */
    uint32_t others;          /* other names it declares */
};

static bool at_body(const struct parser *p, const struct declarator *dr)
{
    const struct deriv *v = dr->derivs;
    while (v && v->next)
        v = v->next;
    if (!v || v->kind != TY_FUNC)
        return false;
    return parse_at(p, TK_LBRACE) || (v->oldstyle && parse_is_type_start(p));
}

static void skip_old_params(struct parser *p)
{
    while (!parse_at(p, TK_LBRACE) && !parse_at(p, TK_EOF))
        parse_advance(p);
}

static void parse_function(struct parser *p, const struct specs *s,
                           struct declarator *dr, struct external *x,
                           tokidx from)
{
    struct decl *d = declare_global(p, decl_finish(p, s, dr));
    bool mention = type_is_async(dr->type) || p->u->parse_all_bodies;
    tokidx head = p->pos;
    skip_old_params(p);
    tokidx end = brace_end(p, &mention);
    d->defined = true;
    if (!mention) {
        p->pos = end;
        return;
    }
    p->pos = head;
    x->kind = PIECE_FUNC;
    x->func = parse_definition(p, d, dr, from);
}

static void declare(struct parser *p, const struct specs *s,
                    struct declarator *dr, struct external *x)
{
    struct decl *d = declare_global(p, decl_finish(p, s, dr));
    if (d->kind == DECL_FUNC && type_is_async(d->type))
        VEC_PUSH(&p->u->arena, &x->async, d);
    else
        x->others++;
    if (d->kind == DECL_VAR && s->storage != ST_EXTERN)
        d->defined = true;
    if (parse_accept(p, TK_ASSIGN))
        parse_global_init(p, s, d);
}

/* Else what looked like a declaration was none: it must not declare. */
static bool at_declarator_end(const struct parser *p)
{
    return parse_at(p, TK_COMMA) || parse_at(p, TK_SEMI) ||
           parse_at(p, TK_ASSIGN);
}

/* { declarator tail [ = initializer ] , } ; or a function's body */
static void parse_external_names(struct parser *p, struct specs *s,
                                 struct external *x, tokidx from)
{
    bool first = true;
    do {
        struct declarator dr = {0};
        parse_declarator(p, &dr, DECLARATOR_NAMED);
        parse_declarator_tail(p, &dr);
        declarator_type(p, s, &dr);
        if (p->panic || !dr.name)
            return;
        if (first && at_body(p, &dr)) {
            parse_function(p, s, &dr, x, from);
            return;
        }
        first = false;
        if (!at_declarator_end(p)) {
            parse_expect(p, TK_SEMI);
            return;
        }
        declare(p, s, &dr, x);
        if (parse_at(p, TK_COMMA))
            specs_edit_general(p, s);
    } while (parse_accept(p, TK_COMMA));
    parse_expect(p, TK_SEMI);
}

/* external-declaration = specifiers ( ; | names ) */
static void parse_external_decl(struct parser *p, struct external *x)
{
    struct specs s;
    tokidx from = p->pos;
    p->async_decl = false;
    parse_specs(p, &s);
    if (!parse_accept(p, TK_SEMI))
        parse_external_names(p, &s, x, from);
    else if (s.async)
        diag(p->u, (struct span){s.async_at, s.async_at + 1}, D_async_nothing);
    if (x->async.n == 0)
        return;
    x->kind = PIECE_PROTO;
    if (x->others)
        diag(p->u, x->async.v[0]->at, D_async_mixed, x->async.v[0]->name->s);
}

/* file-asm = asm { qualifier } ( ... ) ; */
void parse_file_asm(struct parser *p)
{
    parse_advance(p);
    while (!parse_at(p, TK_LPAREN) && !parse_at(p, TK_SEMI) &&
           !parse_at(p, TK_EOF))
        parse_advance(p);
    if (parse_at(p, TK_LPAREN))
        parse_skip_balanced(p);
    parse_expect(p, TK_SEMI);
}

static void parse_skip_static_assert(struct parser *p)
{
    parse_advance(p);
    if (parse_at(p, TK_LPAREN))
        parse_skip_balanced(p);
    parse_expect(p, TK_SEMI);
}

/* After errors: when nothing of the dialect stands in the declaration, the C
 * compiler says what is wrong with it, or knows more than we do. */
static void leave_to_c(struct parser *p, struct external *x, tokidx from,
                       uint32_t diags, uint32_t errors)
{
    if (p->u->parse_all_bodies || mentions(p, parse_since(p, from)))
        return;
    p->u->diags.n = diags;
    p->u->errors = errors;
    p->u->unread++;
    if (x->func)
        x->func->decl->func = NULL;
    x->func = NULL;
}

/* Its body has been read: for the passes. */
static void add_func(struct parser *p, struct func *f)
{
    f->index = p->u->funcs.n;
    VEC_PUSH(&p->u->arena, &p->u->funcs, f);
    if (!p->u->body_read)
        return;
    async_edits_sort(p);
    p->u->body_read(p->u->body_ctx, f);
}

static void parse_any_external(struct parser *p, struct external *x)
{
    if (parse_at(p, TK_SEMI))
        parse_advance(p);
    else if (parse_at(p, TK_ASM))
        parse_file_asm(p);
    else if (parse_at(p, TK_STATIC_ASSERT))
        parse_skip_static_assert(p);
    else
        parse_external_decl(p, x);
}

/* unit = { external-declaration | static-assert | file-asm | ; } */
static void parse_external(struct parser *p)
{
    struct external x = {.kind = PIECE_PASS};
    tokidx from = p->pos;
    uint32_t diags = p->u->diags.n, errors = p->u->errors;
    parse_any_external(p, &x);
    if (p->panic)
        x.kind = PIECE_PASS;
    bool ours = p->unended; /* the function behind it is async */
    parse_recover(p, from);
    if (p->pos == from)
        parse_advance(p);
    if (x.kind == PIECE_PASS && p->u->errors > errors && !ours)
        leave_to_c(p, &x, from, diags, errors);
    struct piece *piece = add_piece(p, x.kind, parse_since(p, from));
    if (x.kind == PIECE_FUNC)
        piece->func = x.func;
    if (x.kind == PIECE_PROTO) {
        piece->decls = x.async.v;
        piece->ndecls = x.async.n;
    }
    if (x.func)
        add_func(p, x.func);
}

void parse(struct unit *u)
{
    struct parser p = {.u = u, .limit = u->toks.n - 1};
    parse_builtins(&p);
    while (!parse_at(&p, TK_EOF))
        parse_external(&p);
    add_piece(&p, PIECE_PASS, (struct span){p.pos, u->toks.n});
    async_edits_sort(&p);
}
