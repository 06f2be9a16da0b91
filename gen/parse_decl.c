/* SPDX-License-Identifier: MIT
 * Declarations: names with their types, bound where C binds them. What is
 * the same at file scope and in blocks is here, and blocks. */
#include "gen/parse_decl.h"

struct decl *decl_new(struct parser *p, const struct specs *s,
                      const struct declarator *d)
{
    struct decl *n = ARENA_NEW(&p->u->arena, struct decl);
    n->kind = s->storage == ST_TYPEDEF   ? DECL_TYPEDEF
              : d->type->kind == TY_FUNC ? DECL_FUNC
                                         : DECL_VAR;
    n->storage = s->storage;
    n->thread_local_ = s->thread_local_;
    n->is_inline = s->is_inline;
    n->noreturn = s->noreturn || d->attrs.noreturn;
    n->local = p->func != NULL;
    n->name = d->name;
    n->type = d->type;
    n->at = (struct span){d->name_at, d->name_at + 1};
    n->specs = s->at;
    n->declarator = d->at;
    n->attrs = d->attr_at;
    n->align = d->attrs.aligned ? d->attrs.aligned : s->attrs.aligned;
    n->align_type = s->attrs.align_type;
    n->cleanup = d->attrs.cleanup ? d->attrs.cleanup : s->attrs.cleanup;
    return n;
}

/* ---- anonymous tags ------------------------------------------------------ */

/* The anonymous tag that a type leads to by indexing; NULL for others. */
static struct tag *unnamed_tag(const struct type *ty, uint32_t *depth)
{
    for (; ty->kind == TY_ARRAY || ty->kind == TY_PTR; ty = ty->base)
        ++*depth;
    struct tag *t = ty->tag;
    if (!t || t->name || t->named_by || t->outer || t->spelled)
        return NULL;
    return t;
}

static void decl_names_tag(struct parser *p, const struct type *ty,
                           struct decl *d)
{
    struct arena *a = &p->u->arena;
    uint32_t depth = 0;
    struct tag *t = unnamed_tag(ty, &depth);
    if (!t)
        return;
    if (d->kind == DECL_TYPEDEF && !depth && !ty->quals) {
        t->named_by = d;
        return;
    }
    const char *s = arena_printf(
        a, d->kind == DECL_TYPEDEF ? "(*(%s *)0)" : "%s", d->name->s);
    while (depth--)
        s = arena_printf(a, "%s[0]", s);
    t->spelled = arena_printf(a, "__typeof__(%s)", s);
}

/* The alignment of a typedef is part of the types it names. */
static void align_typedef(struct parser *p, struct decl *d,
                          const struct specs *s, const struct declarator *dr)
{
    uint32_t align = dr->attrs.align ? dr->attrs.align : s->attrs.align;
    if (d->kind != DECL_TYPEDEF || !align)
        return;
    struct type *c = type_copy(&p->u->types, d->type);
    c->align = align;
    d->type = c;
}

/* What every declared name needs, once its type is known. */
struct decl *decl_finish(struct parser *p, const struct specs *s,
                         struct declarator *dr)
{
    struct decl *d = decl_new(p, s, dr);
    if (d->kind == DECL_TYPEDEF && s->async && type_is_async(d->type))
        async_edit(p, s, dr);
    align_typedef(p, d, s, dr);
    decl_names_tag(p, d->type, d);
    d->name->async |= type_mentions_async(d->type);
    if (d->kind == DECL_FUNC && type_is_async(d->type)) {
        async_check_func(p, s, dr);
        async_attributes(p, d, s, dr);
    }
    async_check_cleanup(p, d);
    return d;
}

/* ---- file scope ---------------------------------------------------------- */

static const char *both(struct parser *p, const char *a, const char *b)
{
    return a && b ? arena_printf(&p->u->arena, "%s%s", a, b) : a ? a : b;
}

/* What another declaration of the same object adds to the first. */
static void decl_merge(struct parser *p, struct decl *old, const struct decl *d)
{
    if (!async_same(p, old, d->type, d->at)) {
        old->disputed = true;
        return;
    }
    if (type_compatible(old->type, d->type))
        old->type = type_composite(&p->u->types, old->type, d->type);
    else
        old->type = d->type;
    if (old->kind == DECL_BUILTIN)
        old->kind = d->kind;
    old->noreturn |= d->noreturn;
    old->is_inline |= d->is_inline;
    old->code_attrs = both(p, old->code_attrs, d->code_attrs);
    old->desc_attrs = both(p, old->desc_attrs, d->desc_attrs);
    if (!old->align)
        old->align = d->align;
}

static bool same_entity(const struct decl *old, const struct decl *d)
{
    if (old->kind == DECL_TYPEDEF || d->kind == DECL_TYPEDEF)
        return old->kind == d->kind && old->specs.to &&
               type_compatible(old->type, d->type);
    return old->kind == d->kind;
}

struct decl *declare_global(struct parser *p, struct decl *d)
{
    struct decl *old = scope_here(&p->u->scopes, d->name);
    if (old && same_entity(old, d)) {
        decl_merge(p, old, d);
        return old;
    }
    scope_bind(&p->u->scopes, d);
    VEC_PUSH(&p->u->arena, &p->u->decls, d);
    return d;
}

/* ---- blocks -------------------------------------------------------------- */

void parse_bind_local(struct parser *p, struct decl *d)
{
    d->local = true;
    scope_bind(&p->u->scopes, d);
    if (!p->func)
        return;
    d->index = p->func->locals.n;
    VEC_PUSH(p->u->tree, &p->func->locals, d);
}

/* A block's extern declaration knows what the file said. */
static void merge_extern(struct parser *p, struct decl *d)
{
    const struct decl *old = d->name->decl;
    if (!old || old->local || old->kind != d->kind)
        return;
    if (d->storage != ST_EXTERN && d->kind != DECL_FUNC)
        return;
    if (async_same(p, old, d->type, d->at) &&
        type_compatible(old->type, d->type))
        d->type = type_composite(&p->u->types, d->type, old->type);
}

/* C says `__auto_type x = e`: the type of e as a value, x visible only
 * behind it. */
static void init_auto_type(struct parser *p, struct decl *d)
{
    parse_bind_local(p, d);
    struct decl *self = d->name->decl;
    d->name->decl = d->shadowed;
    d->init = parse_initializer(p, type_basic(&p->u->types, TY_ERROR));
    d->name->decl = self;
    d->type =
        type_unqual(&p->u->types, type_decay(&p->u->types, d->init->type));
}

/* An array of unknown size gets it from its initialiser. */
static void complete_array(struct parser *p, struct decl *d)
{
    const struct type *from = d->init->type;
    if (d->type->kind != TY_ARRAY || d->type->count >= 0 || d->type->size ||
        from->kind != TY_ARRAY || from->count < 0)
        return;
    struct type *c = type_copy(&p->u->types, d->type);
    c->count = from->count;
    c->alias = NULL;
    d->type = c;
}

void parse_decl_init(struct parser *p, struct decl *d)
{
    d->init = parse_initializer(p, d->type);
    complete_array(p, d);
}

/* init-declarator = declarator tail [ = initializer ] */
static struct decl *parse_block_declarator(struct parser *p,
                                           const struct specs *s,
                                           struct declarator *dr)
{
    struct decl *d = decl_finish(p, s, dr);
    d->defined = d->kind == DECL_VAR && d->storage != ST_EXTERN;
    merge_extern(p, d);
    if (s->auto_type && parse_accept(p, TK_ASSIGN)) {
        init_auto_type(p, d);
        return d;
    }
    parse_bind_local(p, d);
    if (parse_accept(p, TK_ASSIGN))
        parse_decl_init(p, d);
    return d;
}

/* The declarator just read heads a definition. */
static bool at_nested_body(const struct parser *p, const struct declarator *d)
{
    return d->type->kind == TY_FUNC && d->derivs &&
           (parse_at(p, TK_LBRACE) ||
            (d->type->params && !d->type->has_proto && parse_is_type_start(p)));
}

static void note_tags(struct stmt *st, const struct specs *s)
{
    st->tags = s->tags.v;
    st->ntags = s->tags.n;
}

/* init-declarator-list = init-declarator { , init-declarator } */
static void parse_block_declarators(struct parser *p, struct specs *s,
                                    struct stmt *st, tokidx from)
{
    VEC(struct decl *) all = {0};
    do {
        struct declarator dr = {0};
        parse_declarator(p, &dr, DECLARATOR_NAMED);
        parse_declarator_tail(p, &dr);
        declarator_type(p, s, &dr);
        if (p->panic && dr.name) { /* it is declared, whatever it is */
            dr.type = type_basic(&p->u->types, TY_ERROR);
            parse_bind_local(p, decl_new(p, s, &dr));
        }
        if (p->panic || !dr.name)
            break;
        if (!all.n && at_nested_body(p, &dr)) {
            parse_nested_function(p, s, &dr, st, from);
            return;
        }
        struct decl *d = parse_block_declarator(p, s, &dr);
        VEC_PUSH(p->u->tree, &all, d);
        if (parse_at(p, TK_COMMA))
            specs_edit_general(p, s);
    } while (parse_accept(p, TK_COMMA));
    st->decls = all.v;
    st->ndecls = all.n;
    parse_expect(p, TK_SEMI);
}

/* declaration = specifiers [ init-declarator-list ] ;
 * Attributes alone are a statement of their own: `[[fallthrough]];`. */
struct stmt *parse_declaration(struct parser *p)
{
    struct stmt *st = ARENA_NEW(p->u->tree, struct stmt);
    struct specs s;
    tokidx from = p->pos;
    parse_specs(p, &s);
    st->kind = STMT_DECL;
    if (parse_accept(p, TK_SEMI)) {
        if (!s.has_type && !s.storage)
            st->kind = STMT_NULL;
        if (s.async)
            diag(p->u, (struct span){s.async_at, s.async_at + 1},
                 D_async_nothing);
    } else {
        parse_block_declarators(p, &s, st, from);
    }
    note_tags(st, &s);
    st->at = parse_since(p, from);
    return st;
}

struct decl *parse_single_decl(struct parser *p)
{
    struct specs s;
    struct declarator dr = {0};
    if (!parse_is_type_start(p))
        parse_error(p, "a type");
    parse_specs(p, &s);
    parse_declarator(p, &dr, DECLARATOR_NAMED);
    parse_declarator_tail(p, &dr);
    declarator_type(p, &s, &dr);
    if (!dr.name)
        dr.name = atoms_get(&p->u->atoms, "", 0);
    struct decl *d = decl_finish(p, &s, &dr);
    d->defined = true;
    parse_bind_local(p, d);
    return d;
}

/* static-assert = _Static_assert ( constant-expression [ , string ] ) ; */
struct stmt *parse_static_assert(struct parser *p)
{
    struct stmt *st = ARENA_NEW(p->u->tree, struct stmt);
    tokidx from = parse_advance(p), open = p->pos;
    st->kind = STMT_STATIC_ASSERT;
    parse_expect(p, TK_LPAREN);
    st->e = parse_const_expr(p);
    if (parse_accept(p, TK_COMMA)) {
        parse_expect(p, TK_STRING);
        while (parse_accept(p, TK_STRING))
            ;
    }
    parse_close(p, TK_RPAREN, open);
    parse_expect(p, TK_SEMI);
    st->at = parse_since(p, from);
    return st;
}
