/* SPDX-License-Identifier: MIT
 * What `async` demands of a declaration, and the edits that make C of the
 * types it makes: an async function is known to C as its descriptor, so a
 * pointer to one is `const struct aw_desc *`. */
#include "gen/parse_decl.h"

#include <stdlib.h>
#include <string.h>

#include "gen/buf.h"

static const char *name_of(const struct declarator *d)
{
    return d->name ? d->name->s : "it";
}

static struct span name_span(const struct declarator *d)
{
    return (struct span){d->name_at, d->name_at + 1};
}

bool async_check_type(struct parser *p, const struct specs *s,
                      const struct declarator *d)
{
    const struct deriv *v = d->derivs;
    while (v && v->kind == TY_PTR)
        v = v->next;
    if (p->panic)
        return false;
    if (!v || v->kind != TY_FUNC) {
        struct span at = {s->async_at, s->async_at + 1};
        diag(p->u, at, D_async_object, name_of(d));
        return false;
    }
    return true;
}

/* ---- rules for functions ------------------------------------------------- */

static void check_params(struct parser *p, const struct declarator *d)
{
    const struct type *f = d->type;
    if (f->variadic)
        diag(p->u, name_span(d), D_async_variadic, name_of(d));
    for (uint32_t i = 0; i < f->nparams; i++) {
        const struct param *prm = &f->params[i];
        if (prm->type && prm->type->kind == TY_VA_LIST)
            diag(p->u, prm->specs, D_async_va_list, name_of(d));
    }
}

/* The function derivation that declares the name itself. */
static const struct deriv *own_deriv(const struct declarator *d)
{
    const struct deriv *v = d->derivs;
    while (v && v->next)
        v = v->next;
    return v;
}

static void check_tag(struct parser *p, const struct tag *t)
{
    diag(p->u, t->toks, D_async_tag, t->kind == TY_ENUM ? "enum" : "struct");
}

/* The tag that the type of a parameter defines, if any. */
static void check_param_tag(struct parser *p, const struct type *ty,
                            struct span params)
{
    while (ty && (ty->kind == TY_PTR || ty->kind == TY_ARRAY))
        ty = ty->base;
    if (ty && ty->tag && ty->tag->toks.from > params.from &&
        ty->tag->toks.to <= params.to)
        check_tag(p, ty->tag);
}

static bool is_args(const struct type *ty)
{
    return ty && ty->kind == TY_PTR && ty->base->kind == TY_PTR &&
           ty->base->base->kind == TY_CHAR;
}

static void check_main(struct parser *p, const struct declarator *d)
{
    const struct type *f = d->type;
    bool args = f->nparams == 2 && f->params[0].type &&
                f->params[0].type->kind == TY_INT && is_args(f->params[1].type);

    if (f->base->kind != TY_INT || f->generator || (f->nparams && !args))
        diag(p->u, name_span(d), D_async_main);
}

void async_check_func(struct parser *p, const struct specs *s,
                      const struct declarator *d)
{
    const struct deriv *v = own_deriv(d);
    check_params(p, d);
    if (d->name && strcmp(d->name->s, "main") == 0)
        check_main(p, d);
    if (v && v->oldstyle)
        diag(p->u, v->at, D_async_oldstyle, name_of(d));
    if (s->noreturn || d->attrs.noreturn)
        diag(p->u, name_span(d), D_async_noreturn, name_of(d), "_Noreturn");
    if (s->thread_local_ || s->storage == ST_REGISTER || s->storage == ST_AUTO)
        diag(p->u, name_span(d), D_async_storage, name_of(d),
             s->thread_local_            ? "_Thread_local"
             : s->storage == ST_REGISTER ? "register"
                                         : "auto");
    if (s->attrs.ctor || d->attrs.ctor)
        diag(p->u, name_span(d), D_async_noreturn, name_of(d),
             "a constructor or destructor");
    for (uint32_t i = 0; i < s->tags.n; i++)
        check_tag(p, s->tags.v[i]);
    for (uint32_t i = 0; v && i < d->type->nparams; i++)
        check_param_tag(p, d->type->params[i].type, v->at);
    if (p->func)
        diag(p->u, name_span(d), D_async_nested, name_of(d), name_of(d));
}

void async_check_cleanup(struct parser *p, const struct decl *d)
{
    const struct decl *f = d->cleanup ? d->cleanup->decl : NULL;
    if (f && f->kind == DECL_FUNC && type_is_async(f->type))
        diag(p->u, d->at, D_async_cleanup, f->name->s);
}

static const char *kind_words(const struct type *ty)
{
    return ty->generator ? "a generator" : ty->async ? "async" : "not async";
}

bool async_same(struct parser *p, const struct decl *old,
                const struct type *type, struct span at)
{
    if (old->type->kind != TY_FUNC || type->kind != TY_FUNC)
        return true;
    bool same = old->type->async == type->async &&
                old->type->generator == type->generator;
    if (same && (!type->async || type_compatible(old->type, type)))
        return true;
    diag(p->u, at, D_async_mismatch, old->name->s,
         same ? type_text(&p->u->arena, type) : kind_words(type),
         same ? type_text(&p->u->arena, old->type) : kind_words(old->type));
    diag_note(p->u, old->at, "'%s' is declared %s here", old->name->s,
              same ? type_text(&p->u->arena, old->type)
                   : kind_words(old->type));
    return false;
}

/* ---- edits --------------------------------------------------------------- */

tokidx async_behind(const struct parser *p, tokidx t, tokidx end)
{
    int depth = 0;
    for (; t < end; t++) {
        enum tok_kind k = (enum tok_kind)p->u->toks.v[t].kind;
        depth += k == TK_LPAREN || k == TK_LBRACK || k == TK_LBRACE;
        depth -= k == TK_RPAREN || k == TK_RBRACK || k == TK_RBRACE;
        if (depth == 0)
            return t + 1;
    }
    return end;
}

/* The specifier at t is not part of the type: it stays. Returns its end. */
static tokidx kept_specifier(const struct parser *p, tokidx t, tokidx end)
{
    switch (p->u->toks.v[t].kind) {
    case TK_TYPEDEF:
    case TK_EXTERN:
    case TK_STATIC:
    case TK_AUTO:
    case TK_REGISTER:
    case TK_THREAD_LOCAL:
    case TK_EXTENSION:
    case TK_INLINE: return t + 1;
    case TK_ATTRIBUTE:
    case TK_ALIGNAS: return async_behind(p, t + 1, end);
    default: return t;
    }
}

/* The specifiers with their type replaced. */
static const char *specs_text(struct parser *p, const struct specs *s,
                              const char *type)
{
    char *text = arena_printf(&p->u->arena, "%s", "");
    for (tokidx t = s->at.from; t < s->at.to;) {
        tokidx to = kept_specifier(p, t, s->at.to);
        if (to > t) {
            struct str k = unit_text(p->u, (struct span){t, to});
            text = arena_printf(&p->u->arena, "%s%.*s ", text, (int)k.n, k.p);
            t = to;
        } else {
            enum tok_kind k = (enum tok_kind)p->u->toks.v[t].kind;
            t = k == TK_LPAREN || k == TK_LBRACE ? async_behind(p, t, s->at.to)
                                                 : t + 1;
        }
    }
    return arena_printf(&p->u->arena, "%s%s", text, type);
}

static void edit(struct parser *p, struct span at, const char *text)
{
    struct edit e = {at, text};
    VEC_PUSH(&p->u->arena, &p->u->edits, e);
}

/* The return type's pointers and the parameter list go. */
static void edit_with(struct parser *p, const struct specs *s,
                      const struct declarator *d, const char *type)
{
    if (s->tags.n) {
        diag(p->u, s->tags.v[0]->toks, D_async_tag,
             s->tags.v[0]->kind == TY_ENUM ? "enum" : "struct");
        return;
    }
    edit(p, s->at, specs_text(p, s, type));
    const struct deriv *v = d->derivs;
    for (; v && v->kind == TY_PTR; v = v->next)
        edit(p, v->at, "");
    if (v)
        edit(p, v->at, "");
}

void async_edit(struct parser *p, const struct specs *s,
                const struct declarator *d)
{
    edit_with(p, s, d, "const struct aw_desc");
}

void async_edit_param(struct parser *p, const struct specs *s,
                      const struct declarator *d)
{
    if (s->async) {
        edit_with(p, s, d, "const struct aw_desc *");
        return;
    }
    struct str k = unit_text(p->u, s->at);
    edit(p, s->at, arena_printf(&p->u->arena, "%.*s *", (int)k.n, k.p));
}

void async_edit_names(struct parser *p, struct span at)
{
    for (tokidx t = at.from; t < at.to; t++) {
        const struct token *k = &p->u->toks.v[t];
        const struct decl *d = k->kind == TK_IDENT ? k->atom->decl : NULL;
        if (!d || d->kind != DECL_FUNC || !type_is_async(d->type))
            continue;
        enum tok_kind before = (enum tok_kind)p->u->toks.v[t - 1].kind;
        if (before == TK_DOT || before == TK_ARROW)
            continue;
        struct edit e = {{t - (before == TK_AMP), t + 1},
                         arena_printf(&p->u->arena, "&awfd_%s", k->atom->s)};
        VEC_PUSH(&p->u->arena, &p->u->edits, e);
    }
}

void async_edit_typeof(struct parser *p, struct span at, const struct type *ty)
{
    if (ty->kind == TY_FUNC && type_is_async(ty))
        edit(p, at, "(const struct aw_desc)");
    else if (!p->func)
        async_edit_names(p, at);
}

/* By position; the wider one first, so that it drops what is inside. Of two
 * for the same tokens the later one, which knew more, wins. */
static int by_position(const void *a, const void *b)
{
    const struct edit *x = a, *y = b;
    if (x->at.from != y->at.from)
        return x->at.from < y->at.from ? -1 : 1;
    if (x->at.to != y->at.to)
        return x->at.to > y->at.to ? -1 : 1;
    return 0;
}

void async_edits_sort(struct parser *p)
{
    struct unit *u = p->u;
    uint32_t n = p->sorted;
    if (u->edits.n > n)
        qsort(u->edits.v + n, u->edits.n - n, sizeof *u->edits.v, by_position);
    for (uint32_t i = n; i < u->edits.n; i++) {
        struct edit e = u->edits.v[i];
        if (n && e.at.from < u->edits.v[n - 1].at.to)
            continue;
        u->edits.v[n++] = e;
    }
    u->edits.n = p->sorted = n;
}
