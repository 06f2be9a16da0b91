/* SPDX-License-Identifier: MIT
 * Struct, union and enum specifiers. */
#include "gen/const.h"
#include "gen/parse_decl.h"

/* ---- tags ---------------------------------------------------------------- */

static struct tag *tag_new(struct parser *p, enum type_kind kind,
                           struct atom *name)
{
    struct tag *t = ARENA_NEW(&p->u->arena, struct tag);
    t->kind = (uint8_t)kind;
    t->name = name;
    t->local = p->func != NULL;
    t->depth = p->u->scopes.depth;
    t->size = t->natural = -1;
    if (name)
        scope_bind_tag(&p->u->scopes, t);
    return t;
}

/* C11 6.7.2.3: a definition, and `struct x;` alone, belong to the innermost
 * scope; any other mention means what is visible. */
static struct tag *tag_mentioned(struct parser *p, enum type_kind kind,
                                 struct atom *name)
{
    bool here = parse_at(p, TK_LBRACE) || parse_at(p, TK_SEMI);
    struct tag *t = !name  ? NULL
                    : here ? scope_tag_here(&p->u->scopes, name)
                           : name->tag;
    if (t && t->kind == kind && !(t->complete && parse_at(p, TK_LBRACE)))
        return t;
    return tag_new(p, kind, name);
}

static void tag_defined(struct parser *p, struct specs *s, struct tag *t,
                        const struct attrs *a, tokidx from)
{
    t->toks = parse_since(p, from);
    t->packed |= a->packed;
    if (a->align)
        t->align = a->align;
    t->complete = true;
    VEC_PUSH(p->u->tree, &s->tags, t);
    if (p->func)
        VEC_PUSH(p->u->tree, &p->func->tags, t);
}

/* ---- struct and union ---------------------------------------------------- */

/* A member of a struct that is still being read would make a type without
 * end: C refuses it, here it has no type. */
static const struct type *member_type(struct parser *p, const struct type *ty)
{
    const struct type *element = ty;

    while (element->kind == TY_ARRAY)
        element = element->base;
    return type_is_aggregate(element) && !element->tag->complete
               ? type_basic(&p->u->types, TY_ERROR)
               : ty;
}

static void member_add(struct parser *p, struct tag *tag, const struct specs *s,
                       const struct declarator *d, struct expr *width)
{
    struct member m = {
        .name = d->name,
        .type = member_type(p, d->type),
        .width = width,
        .align = d->attrs.align ? d->attrs.align : s->attrs.align,
        .packed = d->attrs.packed || s->attrs.packed,
        .toks = d->at,
        .offset = -1,
    };
    VEC_PUSH(&p->u->arena, &tag->members, m);
}

/* The anonymous tag that a member's type leads to, by indexing alone. */
static void member_names_tag(struct tag *outer, const struct type *ty,
                             struct atom *name)
{
    uint32_t depth = 0;
    for (; ty->kind == TY_ARRAY || ty->kind == TY_PTR; ty = ty->base)
        depth++;
    struct tag *t = ty->tag;
    if (!t || t->name || t->outer || t->named_by || t->spelled)
        return;
    t->outer = outer;
    t->via = name;
    t->via_depth = depth;
}

/* A member is no function, and the size of one is no place to wait. */
static void check_member(struct parser *p, const struct declarator *d)
{
    struct span at = {d->name_at, d->name_at + 1};

    if (d->name && d->type->kind == TY_FUNC && d->type->async)
        diag(p->u, at, D_async_nested, d->name->s, d->name->s);
    for (const struct deriv *v = d->derivs; v; v = v->next)
        if (v->kind == TY_ARRAY && v->size && v->size->has_await)
            diag(p->u, v->size->at, D_await_constant);
}

/* member-declarator = declarator [ : constant-expression ]
 *     | : constant-expression */
static void parse_member(struct parser *p, struct tag *tag, struct specs *s)
{
    struct declarator d = {0};
    struct expr *width = NULL;
    parse_declarator(p, &d, DECLARATOR_MEMBER);
    if (parse_accept(p, TK_COLON))
        width = parse_lasting(p, parse_const_expr);
    parse_declarator_tail(p, &d);
    declarator_type(p, s, &d);
    if (p->panic)
        return;
    check_member(p, &d);
    member_add(p, tag, s, &d, width);
    if (d.name) {
        member_names_tag(tag, d.type, d.name);
        d.name->async |= type_mentions_async(d.type);
    }
}

/* struct { ... }; without a name: its members are the outer struct's. With
 * -fms-extensions so are those of `struct x;` and `x_t;`, which otherwise
 * declare nothing and are not written; `struct x { ... };` declares x. */
static void anonymous_member(struct parser *p, struct tag *tag,
                             const struct specs *s)
{
    struct tag *t = s->type->tag;
    if (!t || t->kind == TY_ENUM || (t->name && s->tags.n))
        return;
    struct declarator d = {.type = s->type, .name_at = p->pos};
    d.at = (struct span){p->pos, p->pos};
    if (!t->name && !t->named_by)
        member_names_tag(tag, s->type, NULL);
    member_add(p, tag, s, &d, NULL);
}

/* struct-declaration = specifiers [ member-declarator
 *     { , member-declarator } ] ; | static-assert | ; */
static void parse_members_of_type(struct parser *p, struct tag *tag)
{
    struct specs s;
    parse_specs(p, &s);
    if (!s.has_type)
        parse_error(p, "a type");
    if (parse_at(p, TK_SEMI)) {
        anonymous_member(p, tag, &s);
    } else {
        parse_member(p, tag, &s);
        if (parse_at(p, TK_COMMA))
            specs_edit_general(p, &s);
        while (parse_accept(p, TK_COMMA))
            parse_member(p, tag, &s);
    }
    if (!parse_at(p, TK_RBRACE)) /* gcc forgives the last one */
        parse_expect(p, TK_SEMI);
}

static void parse_struct_declaration(struct parser *p, struct tag *tag)
{
    tokidx from = p->pos;
    if (parse_at(p, TK_STATIC_ASSERT))
        parse_static_assert(p);
    else if (!parse_accept(p, TK_SEMI))
        parse_members_of_type(p, tag);
    parse_recover(p, from);
    if (p->pos == from)
        parse_advance(p);
}

static void parse_struct_body(struct parser *p, struct specs *s,
                              struct tag *tag, struct attrs *a, tokidx from)
{
    tokidx open = parse_advance(p);
    uint32_t pack = parse_pack_at(p, open);
    if (parse_enter(p)) {
        while (!parse_at(p, TK_RBRACE) && !parse_at(p, TK_EOF))
            parse_struct_declaration(p, tag);
    }
    parse_leave(p);
    parse_close(p, TK_RBRACE, open);
    parse_attributes(p, a);
    tag->pack = pack;
    tag_defined(p, s, tag, a, from);
    type_layout(tag);
}

static void tag_used(struct parser *p, struct tag *tag, tokidx from)
{
    struct tag_use u = {tag, parse_since(p, from), parse_at(p, TK_SEMI)};

    if (p->func && tag->local)
        VEC_PUSH(p->u->tree, &p->func->tag_uses, u);
}

/* struct-specifier = ( struct | union ) attributes [ name ]
 *     [ { { struct-declaration } } attributes ] */
const struct type *parse_struct(struct parser *p, struct specs *s)
{
    struct attrs a = {0};
    tokidx from = p->pos;
    enum type_kind kind = parse_at(p, TK_STRUCT) ? TY_STRUCT : TY_UNION;
    parse_advance(p);
    parse_attributes(p, &a);
    struct atom *name = parse_at(p, TK_IDENT) ? parse_tok(p)->atom : NULL;
    if (name)
        parse_advance(p);
    else if (!parse_at(p, TK_LBRACE))
        parse_error(p, "a name or '{'");
    struct tag *tag = tag_mentioned(p, kind, name);
    if (parse_at(p, TK_LBRACE))
        parse_struct_body(p, s, tag, &a, from);
    tag_used(p, tag, from);
    return type_tagged(&p->u->types, tag);
}

/* ---- enum ---------------------------------------------------------------- */

/* What the values seen so far ask of the type. */
struct enum_range {
    int64_t next;       /* value without an initialiser */
    bool known;         /* next is */
    bool next_unsigned; /* next is above INT64_MAX */
    int64_t min;
    uint64_t max;
};

static void enum_value(struct enum_range *r, struct expr *e)
{
    r->known = e->constant;
    r->next = e->value;
    r->next_unsigned = e->value < 0 && type_is_unsigned(e->type);
}

static void enum_note(struct enum_range *r)
{
    if (!r->known)
        return;
    if (r->next < 0 && !r->next_unsigned)
        r->min = r->next < r->min ? r->next : r->min;
    else if ((uint64_t)r->next > r->max)
        r->max = (uint64_t)r->next;
}

static enum type_kind enum_kind(const struct enum_range *r, bool packed)
{
    bool neg = r->min < 0;
    if (packed && r->min >= INT8_MIN && r->max <= (neg ? 127u : 255u))
        return neg ? TY_SCHAR : TY_UCHAR;
    if (packed && r->min >= INT16_MIN && r->max <= (neg ? 32767u : 65535u))
        return neg ? TY_SHORT : TY_USHORT;
    if (r->min >= INT32_MIN && r->max <= (neg ? INT32_MAX : UINT32_MAX))
        return neg ? TY_INT : TY_UINT;
    return neg ? TY_LONG : TY_ULONG;
}

/* Constants are int where they fit, else have the enum's type (GNU C). */
static void enumerator_type(struct parser *p, struct decl *d,
                            const struct type *ty)
{
    bool fits =
        !d->has_value || (d->value >= INT32_MIN && d->value <= INT32_MAX &&
                          !(d->value < 0 && type_is_unsigned(ty)));
    d->type = fits ? type_basic(&p->u->types, TY_INT) : ty;
}

/* enumerator = name attributes [ = constant-expression ] */
static struct decl *parse_enumerator(struct parser *p, struct enum_range *r)
{
    struct specs s = {.type = type_basic(&p->u->types, TY_INT)};
    struct declarator d = {.type = s.type, .name_at = p->pos};
    if (!parse_at(p, TK_IDENT)) {
        parse_error(p, "a name");
        return NULL;
    }
    d.name = parse_tok(p)->atom;
    parse_advance(p);
    d.at = parse_since(p, d.name_at);
    parse_skip_attributes(p);
    struct decl *e = decl_new(p, &s, &d);
    e->kind = DECL_ENUMCONST;
    if (parse_accept(p, TK_ASSIGN)) {
        e->init = parse_const_expr(p);
        enum_value(r, e->init);
    }
    e->has_value = r->known;
    e->value = r->next;
    if (r->known && (r->next_unsigned || r->next != (int32_t)r->next))
        e->type =
            type_basic(&p->u->types, r->next_unsigned ? TY_ULONG : TY_LONG);
    enum_note(r);
    r->next = (int64_t)((uint64_t)r->next + 1);
    r->next_unsigned = r->next_unsigned || r->next == INT64_MIN;
    return e;
}

static void bind_enumerator(struct parser *p, struct decl *e)
{
    if (p->func) {
        parse_bind_local(p, e);
        return;
    }
    scope_bind(&p->u->scopes, e);
    if (p->u->scopes.depth == 0)
        VEC_PUSH(&p->u->arena, &p->u->decls, e);
}

static void parse_enum_body(struct parser *p, struct specs *s, struct tag *tag,
                            struct attrs *a, tokidx from)
{
    VEC(struct decl *) all = {0};
    struct enum_range r = {.known = true};
    tokidx open = parse_advance(p);
    while (!parse_at(p, TK_RBRACE) && !parse_at(p, TK_EOF)) {
        struct decl *e = parse_enumerator(p, &r);
        if (e) {
            bind_enumerator(p, e);
            VEC_PUSH(p->u->tree, &all, e);
        }
        if (!parse_accept(p, TK_COMMA))
            break;
    }
    parse_close(p, TK_RBRACE, open);
    parse_attributes(p, a);
    bool fixed = tag->int_type != NULL;
    if (!fixed)
        tag->int_type = attrs_apply(
            p, type_basic(&p->u->types, enum_kind(&r, a->packed)), a, true);
    tag_defined(p, s, tag, a, from);
    const struct type *ty = type_tagged(&p->u->types, tag);
    for (uint32_t i = 0; i < all.n; i++) {
        if (fixed)
            all.v[i]->type = ty;
        else
            enumerator_type(p, all.v[i], ty);
    }
}

/* enum-specifier = enum attributes [ name ] [ : type-name ]
 *     [ { enumerator { , enumerator } [ , ] } attributes ]
 * A `:` after an enum in a struct is a bit-field's unless a type follows. */
const struct type *parse_enum(struct parser *p, struct specs *s)
{
    struct attrs a = {0};
    tokidx from = parse_advance(p);
    parse_attributes(p, &a);
    struct atom *name = parse_at(p, TK_IDENT) ? parse_tok(p)->atom : NULL;
    if (name)
        parse_advance(p);
    const struct type *fixed = NULL;
    if (parse_at(p, TK_COLON) && parse_is_type_start_at(p, 1)) {
        struct specs under;
        parse_advance(p);
        parse_specs(p, &under);
        fixed = under.type;
    }
    if (!name && !parse_at(p, TK_LBRACE))
        parse_error(p, "a name or '{'");
    struct tag *tag = tag_mentioned(p, TY_ENUM, name);
    if (fixed)
        tag->int_type = type_unqual(&p->u->types, fixed);
    if (parse_at(p, TK_LBRACE))
        parse_enum_body(p, s, tag, &a, from);
    return type_tagged(&p->u->types, tag);
}
