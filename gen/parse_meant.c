/* SPDX-License-Identifier: MIT
 * Names that nobody declared: what the user may have meant by them, which
 * header declares them; misspelt words read as what was meant. */
#include "gen/parse_body.h"
#include "gen/parse_decl.h"

/* ---- names of the C library ----------------------------------------------
 */

struct library_name {
    const char *name, *header;
};

static bool is_upper_rest(const char *s)
{
    while ((*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9'))
        s++;
    return !*s;
}

/* The header that declares a well-known type or macro; NULL. */
static const char *header_of(const struct atom *a)
{
    static const struct library_name names[] = {
        {"FILE", "stdio.h"},          {"stdin", "stdio.h"},
        {"stdout", "stdio.h"},        {"stderr", "stdio.h"},
        {"EOF", "stdio.h"},           {"BUFSIZ", "stdio.h"},
        {"errno", "errno.h"},         {"NULL", "stddef.h"},
        {"size_t", "stddef.h"},       {"ptrdiff_t", "stddef.h"},
        {"true", "stdbool.h"},        {"false", "stdbool.h"},
        {"int8_t", "stdint.h"},       {"int16_t", "stdint.h"},
        {"int32_t", "stdint.h"},      {"int64_t", "stdint.h"},
        {"uint8_t", "stdint.h"},      {"uint16_t", "stdint.h"},
        {"uint32_t", "stdint.h"},     {"uint64_t", "stdint.h"},
        {"intptr_t", "stdint.h"},     {"uintptr_t", "stdint.h"},
        {"INT_MAX", "limits.h"},      {"INT_MIN", "limits.h"},
        {"CHAR_BIT", "limits.h"},     {"UINT_MAX", "limits.h"},
        {"EXIT_SUCCESS", "stdlib.h"}, {"EXIT_FAILURE", "stdlib.h"},
        {"va_list", "stdarg.h"},      {"jmp_buf", "setjmp.h"},
        {"time_t", "time.h"},         {"ssize_t", "sys/types.h"},
        {"pid_t", "sys/types.h"},     {"off_t", "sys/types.h"},
        {"pthread_t", "pthread.h"},   {"PATH_MAX", "limits.h"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(a->s, names[i].name) == 0)
            return names[i].header;
    if (a->n >= 3 && a->s[0] == 'E' && is_upper_rest(a->s + 1))
        return "errno.h";
    if (a->n > 4 && strncmp(a->s, "SIG", 3) == 0 && is_upper_rest(a->s + 3))
        return "signal.h";
    return NULL;
}

/* ---- what is like a name -------------------------------------------------
 */

static bool is_undeclared(const struct atom *a)
{
    return a && a->word == WORD_NONE && (!a->decl || a->decl->implicit);
}

static bool is_name(const struct atom *a)
{
    bool internal = a->s[0] == '_' || strncmp(a->s, "awi_", 4) == 0;
    return a->word != WORD_NONE
               ? a->s[0] != '_'
               : (a->decl && a->decl->at.to && !a->decl->implicit && !internal);
}

static bool is_name_or_keyword(const struct atom *a)
{
    return is_name(a) || (a->kw && a->s[0] >= 'a' && !a->decl);
}

/* Is `part` a name of asyncio's that `a` is made of, without our prefix and
 * unit: gather, wait_for, aw_sleep? */
static bool is_made_of(const struct atom *a, struct str part)
{
    const char *rest = a->s + 3;
    if (strncmp(a->s, "aw_", 3) != 0 || part.n < 4)
        return false;
    return strncmp(rest, part.p, part.n) == 0 &&
           (rest[part.n] == '\0' || strcmp(rest + part.n, "_ms") == 0);
}

static const struct atom *made_of(const struct parser *p,
                                  const struct atom *name)
{
    struct str part = {name->s, name->n};
    if (strncmp(name->s, "aw_", 3) == 0)
        part = (struct str){name->s + 3, name->n - 3};
    const struct atom *best = NULL;
    for (uint32_t i = 0; i < p->u->atoms.nbucket; i++)
        for (const struct atom *a = p->u->atoms.bucket[i]; a; a = a->next)
            if (is_name(a) && is_made_of(a, part) && (!best || a->n < best->n))
                best = a;
    return best;
}

/* A keyword is meant only where a statement or a type may begin. */
static bool begins_item(const struct parser *p, tokidx at)
{
    if (at == 0)
        return true;
    switch (p->u->toks.v[at - 1].kind) {
    case TK_SEMI:
    case TK_LBRACE:
    case TK_RBRACE:
    case TK_RPAREN:
    case TK_COLON:
    case TK_ELSE: return true;
    default: return false;
    }
}

static const struct atom *meant_at(const struct parser *p, tokidx at)
{
    const struct atom *name = p->u->toks.v[at].atom;
    const struct atom *a = atoms_nearest(
        &p->u->atoms, name, begins_item(p, at) ? is_name_or_keyword : is_name);
    if (!a && p->u->toks.v[at + 1].kind == TK_LPAREN)
        a = made_of(p, name);
    return a;
}

/* ---- messages ------------------------------------------------------------
 */

/* Our own names are declared by <aw.h> alone. */
static bool needs_our_header(struct parser *p, const struct atom *name)
{
    const struct decl *d = atoms_z(&p->u->atoms, "aw_group_ref")->decl;
    return strncmp(name->s, "aw_", 3) == 0 && !(d && d->kind == DECL_TYPEDEF);
}

static void report(struct parser *p, tokidx at, enum diag_id id,
                   const struct atom *meant)
{
    const struct atom *name = p->u->toks.v[at].atom;
    const char *header = header_of(name), *hint = "";
    const struct decl *d = header || !meant ? NULL : meant->decl;
    struct span span = {at, at + 1};

    if (header)
        hint = arena_printf(&p->u->arena, "; it needs #include <%s>", header);
    else if (meant)
        hint = arena_printf(&p->u->arena, "; did you mean '%s'?", meant->s);
    if (!meant && needs_our_header(p, name))
        diag(p->u, span, D_need_header, name->s);
    else
        diag(p->u, span, id, name->s, hint);
    if (d && d->at.to && strncmp(meant->s, "aw_", 3) != 0)
        diag_note(p->u, d->at, "'%s' is declared here", meant->s);
}

void parse_undeclared(struct parser *p, tokidx at)
{
    const struct token *t = &p->u->toks.v[at];
    bool cast = t[1].kind == TK_STAR && t[2].kind == TK_RPAREN;
    bool type = cast || (t[1].kind == TK_IDENT && begins_item(p, at));
    if (!p->panic)
        report(p, at, type ? D_unknown_type : D_undeclared, meant_at(p, at));
}

bool parse_at_unknown_type(const struct parser *p)
{
    const struct atom *a = parse_tok(p)->atom;
    enum tok_kind next = parse_kind_at(p, 1);
    return !p->panic && (p->func || p->async_decl) && parse_at(p, TK_IDENT) &&
           is_undeclared(a) && a->s[0] != '_' &&
           (next == TK_IDENT ||
            (next == TK_STAR && parse_kind_at(p, 2) == TK_IDENT));
}

const struct type *parse_unknown_type(struct parser *p)
{
    tokidx at = parse_advance(p);
    report(p, at, D_unknown_type, meant_at(p, at));
    return type_basic(&p->u->types, TY_ERROR);
}

/* ---- misspelt words ------------------------------------------------------
 */

/* A name cannot be followed by this. */
static bool cannot_follow(enum tok_kind k)
{
    switch (k) {
    case TK_IDENT:
    case TK_NUM:
    case TK_CHAR:
    case TK_STRING: return true;
    default: return specs_keyword(k);
    }
}

/* The token behind the brackets that open at distance 1. */
static enum tok_kind behind_parens(const struct parser *p)
{
    int depth = 0;
    for (tokidx t = p->pos + 1; t < p->limit; t++) {
        enum tok_kind k = (enum tok_kind)p->u->toks.v[t].kind;
        depth += k == TK_LPAREN;
        depth -= k == TK_RPAREN;
        if (depth == 0)
            return (enum tok_kind)p->u->toks.v[t + 1].kind;
    }
    return TK_EOF;
}

/* A head of a block: `name {`, `name (...) {`. */
static bool heads_block(const struct parser *p)
{
    enum tok_kind k = parse_kind_at(p, 1);
    return k == TK_LBRACE || (k == TK_LPAREN && behind_parens(p) == TK_LBRACE);
}

bool parse_mend(struct parser *p)
{
    struct token *t = &p->u->toks.v[p->pos];
    if (p->panic || !parse_at(p, TK_IDENT) || !is_undeclared(t->atom) ||
        !(cannot_follow(parse_kind_at(p, 1)) || (p->func && heads_block(p))))
        return false;
    const struct atom *a = meant_at(p, p->pos);
    if (!a || !(a->word || a->kw))
        return false;
    report(p, p->pos, D_undeclared, a);
    t->atom = atoms_get(&p->u->atoms, a->s, a->n);
    if (a->kw)
        t->kind = a->kw & 0xffu;
    return true;
}

void parse_lost_head(struct parser *p)
{
    if (p->panic || !parse_at(p, TK_IDENT) ||
        !is_undeclared(parse_tok(p)->atom) ||
        parse_kind_at(p, 1) != TK_LPAREN || !heads_block(p))
        return;
    report(p, p->pos, D_undeclared, NULL);
    parse_panic(p);
}
