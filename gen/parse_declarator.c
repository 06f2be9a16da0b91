/* SPDX-License-Identifier: MIT
 * Declarators: what stands around a name, and the types that makes of the
 * specifiers'. */
#include "gen/const.h"
#include "gen/parse_decl.h"

/* A parameter list being read. Its names are bound only when an array size
 * or typeof asks for them: most prototypes never do. */
struct params_open {
    struct params_open *outer;
    VEC(struct param) list;
    uint32_t bound;
};

static struct deriv *deriv_new(struct parser *p, struct declarator *d,
                               enum type_kind kind)
{
    struct deriv *v = ARENA_NEW(&p->u->arena, struct deriv);
    v->kind = (uint8_t)kind;
    v->next = d->derivs;
    d->derivs = v;
    return v;
}

/* ---- parameters ---------------------------------------------------------- */

/* C11 6.7.6.3: arrays and functions become pointers. */
const struct type *param_adjust(struct parser *p, const struct type *ty,
                                unsigned quals)
{
    struct types *t = &p->u->types;
    if (ty->kind == TY_ARRAY)
        ty = type_ptr(t, ty->base);
    else if (ty->kind == TY_FUNC)
        ty = type_ptr(t, ty);
    return quals ? type_qualified(t, ty, quals) : ty;
}

struct decl *param_decl(struct parser *p, struct param *prm)
{
    if (prm->decl)
        return prm->decl;
    struct decl *d = ARENA_NEW(&p->u->arena, struct decl);
    d->kind = DECL_VAR;
    d->storage = prm->is_register ? ST_REGISTER : ST_NONE;
    d->is_param = true;
    d->local = true;
    d->name = prm->name;
    d->type = prm->type;
    d->at = (struct span){prm->at, prm->at + (prm->name ? 1 : 0)};
    d->specs = prm->specs;
    d->declarator = prm->declarator;
    prm->decl = d;
    return d;
}

static void bind_list(struct parser *p, struct params_open *o)
{
    for (; o->bound < o->list.n; o->bound++) {
        struct param *prm = &o->list.v[o->bound];
        if (prm->name && prm->type)
            scope_bind(&p->u->scopes, param_decl(p, prm));
    }
}

void parse_bind_params(struct parser *p)
{
    if (p->params)
        bind_list(p, p->params);
}

static const struct type *param_type(struct parser *p, const struct specs *s,
                                     struct declarator *d)
{
    declarator_type(p, s, d);
    const struct deriv *outermost = d->derivs;
    while (outermost && outermost->next)
        outermost = outermost->next;
    bool array = outermost && outermost->kind == TY_ARRAY;
    if (type_is_async(d->type))
        async_edit_param(p, s, d);
    return param_adjust(p, d->type, array ? outermost->quals : 0);
}

/* parameter-declaration = specifiers ( declarator | [ abstract-declarator ] )
 *     attributes */
static void parse_param(struct parser *p, struct params_open *o)
{
    struct specs s;
    struct declarator d = {0};
    parse_specs(p, &s);
    if (!s.has_type && !s.at.to)
        parse_error(p, "a parameter");
    parse_declarator(p, &d, DECLARATOR_PARAM);
    parse_declarator_tail(p, &d);
    struct param prm = {
        .name = d.name,
        .type = param_type(p, &s, &d),
        .specs = s.at,
        .declarator = d.at,
        .at = d.name_at,
        .is_register = s.storage == ST_REGISTER,
    };
    VEC_PUSH(&p->u->arena, &o->list, prm);
}

/* parameter-list = parameter { , parameter } [ , ... ] */
static void parse_param_list(struct parser *p, struct params_open *o,
                             struct deriv *v)
{
    do {
        if (parse_accept(p, TK_ELLIPSIS)) {
            v->variadic = true;
            return;
        }
        if (!parse_is_type_start(p) && !parse_at_unknown_type(p))
            parse_error(p, "a type");
        if (p->panic)
            return;
        parse_param(p, o);
    } while (parse_accept(p, TK_COMMA));
}

/* identifier-list = name { , name }: an old-style definition's */
static void parse_identifier_list(struct parser *p, struct params_open *o)
{
    do {
        struct param prm = {.name = parse_tok(p)->atom, .at = p->pos};
        prm.declarator = (struct span){p->pos, p->pos + 1};
        prm.type = type_basic(&p->u->types, TY_INT); /* until declared */
        if (!parse_expect(p, TK_IDENT))
            return;
        VEC_PUSH(&p->u->arena, &o->list, prm);
    } while (parse_accept(p, TK_COMMA));
}

/* Tags declared among parameters are visible in the function's body. */
static void keep_param_tags(struct parser *p, struct deriv *v)
{
    const struct scopes *s = &p->u->scopes;
    for (uint32_t i = VEC_LAST(&s->marks); i < s->undo.n; i++) {
        if (s->undo.v[i].is_tag)
            VEC_PUSH(&p->u->arena, &v->tags, s->undo.v[i].name->tag);
    }
}

static bool at_lone_void(const struct parser *p)
{
    return parse_at(p, TK_VOID) && parse_kind_at(p, 1) == TK_RPAREN;
}

/* function-suffix = ( [ parameter-list | identifier-list ] ) */
static void parse_params(struct parser *p, struct declarator *d)
{
    struct params_open o = {.outer = p->params};
    tokidx open = parse_advance(p);
    struct deriv *v = deriv_new(p, d, TY_FUNC);
    if (!parse_enter(p)) {
        parse_leave(p);
        return;
    }
    p->params = &o;
    scope_open(&p->u->scopes);
    v->has_proto = true;
    if (at_lone_void(p)) {
        parse_advance(p);
    } else if (parse_at(p, TK_RPAREN)) {
        v->has_proto = false;
    } else if (parse_at(p, TK_IDENT) && !parse_is_type_start(p) &&
               !parse_at_unknown_type(p)) {
        v->has_proto = false;
        v->oldstyle = true;
        parse_identifier_list(p, &o);
    } else {
        parse_param_list(p, &o, v);
    }
    keep_param_tags(p, v);
    scope_close(&p->u->scopes);
    p->params = o.outer;
    parse_leave(p);
    parse_close(p, TK_RPAREN, open);
    v->params = o.list.v;
    v->nparams = o.list.n;
    v->at = parse_since(p, open);
}

/* ---- arrays -------------------------------------------------------------- */

/* array-suffix = [ { static | qualifier } [ assignment-expression | * ] ] */
static void parse_array(struct parser *p, struct declarator *d)
{
    struct attrs ignored = {0};
    tokidx open = parse_advance(p);
    struct deriv *v = deriv_new(p, d, TY_ARRAY);
    parse_accept(p, TK_STATIC);
    v->quals = (uint8_t)parse_qualifiers(p, &ignored);
    parse_accept(p, TK_STATIC);
    if (parse_at(p, TK_STAR) && parse_kind_at(p, 1) == TK_RBRACK) {
        parse_advance(p);
        v->star = true;
    } else if (!parse_at(p, TK_RBRACK)) {
        if (!parse_at(p, TK_NUM))
            parse_bind_params(p);
        v->size = parse_lasting(p, parse_assign);
    }
    parse_close(p, TK_RBRACK, open);
    v->at = parse_since(p, open);
}

/* ---- declarators --------------------------------------------------------- */

static void parse_suffixes(struct parser *p, struct declarator *d)
{
    for (uint32_t n = 0;; parse_chain(p, ++n)) {
        if (parse_at(p, TK_LPAREN))
            parse_params(p, d);
        else if (parse_at(p, TK_LBRACK) && !parse_at_attribute(p, 0))
            parse_array(p, d);
        else if (parse_at_attribute(p, 0) && d->name && parse_at(p, TK_LBRACK))
            parse_attributes(p, &d->attrs);
        else
            return;
    }
}

/* After `(` of a declarator without a name so far: a parenthesized
 * declarator, or the parameters of a nameless function? */
static bool at_group(const struct parser *p, enum declarator_mode mode,
                     uint32_t ahead)
{
    enum tok_kind k = parse_kind_at(p, ahead);
    if (k == TK_STAR || k == TK_CARET || k == TK_LPAREN)
        return true;
    if (k == TK_LBRACK)
        return !parse_at_attribute(p, ahead);
    if (k == TK_RPAREN || parse_is_type_start_at(p, ahead))
        return mode == DECLARATOR_NAMED && k == TK_IDENT;
    return k == TK_IDENT && mode != DECLARATOR_ABSTRACT;
}

/* The distance behind the attributes that begin `ahead` tokens from here. */
static uint32_t behind_attributes(const struct parser *p, uint32_t ahead)
{
    while (parse_at_attribute(p, ahead)) {
        int depth = 0;
        ahead += parse_kind_at(p, ahead) == TK_ATTRIBUTE;
        do {
            enum tok_kind k = parse_kind_at(p, ahead++);
            if (k == TK_EOF)
                return ahead;
            depth += k == TK_LPAREN || k == TK_LBRACK;
            depth -= k == TK_RPAREN || k == TK_RBRACK;
        } while (depth > 0);
    }
    return ahead;
}

static void parse_nested(struct parser *p, struct declarator *d,
                         enum declarator_mode mode);

/* direct-declarator = ( name | ( attributes declarator ) | nothing )
 *     { array-suffix | function-suffix } */
static void parse_direct(struct parser *p, struct declarator *d,
                         enum declarator_mode mode)
{
    d->name_at = p->pos;
    if (parse_at(p, TK_IDENT) && mode != DECLARATOR_ABSTRACT) {
        d->name = parse_tok(p)->atom;
        parse_advance(p);
    } else if (parse_at(p, TK_LPAREN) &&
               at_group(p, mode, behind_attributes(p, 1))) {
        tokidx open = parse_advance(p);
        parse_attributes(p, &d->attrs);
        parse_nested(p, d, mode);
        parse_close(p, TK_RPAREN, open);
    } else if (mode == DECLARATOR_NAMED ||
               (mode == DECLARATOR_MEMBER && !parse_at(p, TK_COLON))) {
        parse_error(p, "a name");
    }
    parse_suffixes(p, d);
}

/* pointer = ( * | ^ ) { qualifier | attribute }; the caller has more to read
 * before these can go on the list. */
static struct deriv *parse_pointers(struct parser *p, struct declarator *d)
{
    struct deriv *nearest = NULL;
    uint32_t n = 0;
    while (parse_at(p, TK_STAR) || parse_at(p, TK_CARET)) {
        struct deriv *v = ARENA_NEW(&p->u->arena, struct deriv);
        tokidx from = parse_advance(p);
        v->kind = TY_PTR;
        v->quals = (uint8_t)parse_qualifiers(p, &d->attrs);
        v->at = parse_since(p, from);
        v->next = nearest;
        nearest = v;
        parse_chain(p, ++n);
    }
    return nearest;
}

/* declarator = { pointer } direct-declarator */
static void parse_nested(struct parser *p, struct declarator *d,
                         enum declarator_mode mode)
{
    struct deriv *ptr = parse_pointers(p, d);
    if (parse_enter(p))
        parse_direct(p, d, mode);
    parse_leave(p);
    while (ptr) {
        struct deriv *next = ptr->next;
        ptr->next = d->derivs;
        d->derivs = ptr;
        ptr = next;
    }
}

void parse_declarator(struct parser *p, struct declarator *d,
                      enum declarator_mode mode)
{
    tokidx from = p->pos;
    parse_attributes(p, &d->attrs);
    parse_nested(p, d, mode);
    d->at = parse_since(p, from);
    d->attr_at = (struct span){p->pos, p->pos};
}

/* declarator-tail = { attribute | asm ( string ) } */
void parse_declarator_tail(struct parser *p, struct declarator *d)
{
    tokidx from = p->pos;
    for (;;) {
        if (parse_at_attribute(p, 0))
            parse_attributes(p, &d->attrs);
        else if (parse_at(p, TK_ASM) && parse_kind_at(p, 1) == TK_LPAREN) {
            parse_advance(p);
            parse_skip_balanced(p);
        } else
            break;
    }
    d->attr_at = parse_since(p, from);
}

/* ---- types --------------------------------------------------------------- */

/* The tokens of a size on one line, for types that are printed elsewhere. */
static const char *size_text(struct parser *p, struct span at)
{
    char *s = arena_printf(&p->u->arena, "%s", "");
    for (tokidx t = at.from; t < at.to; t++) {
        struct str k = unit_tok(p->u, t);
        s = arena_printf(&p->u->arena, "%s%s%.*s", s, *s ? " " : "", (int)k.n,
                         k.p);
    }
    return s;
}

static const struct type *derive_array(struct parser *p, const struct type *ty,
                                       const struct deriv *v)
{
    bool known = v->size && v->size->constant && v->size->value >= 0;
    int64_t count = known ? v->size->value : -1;
    const struct type *a = type_array(&p->u->types, ty, v->size, count);
    if (known || (!v->size && !v->star))
        return a;
    struct type *c = type_copy(&p->u->types, a);
    c->vla |= v->star || !const_form(v->size);
    c->size_text = v->star ? "*" : size_text(p, v->size->at);
    return c;
}

static const struct type *derive(struct parser *p, const struct type *ty,
                                 const struct deriv *v)
{
    struct types *t = &p->u->types;
    switch (v->kind) {
    case TY_PTR: return type_qualified(t, type_ptr(t, ty), v->quals);
    case TY_ARRAY: return derive_array(p, ty, v);
    default:
        return type_func(t, ty, v->params, v->nparams, v->has_proto,
                         v->variadic);
    }
}

/* `async` belongs to the function type next to the specifiers. */
static const struct type *make_async(struct parser *p, const struct type *ty,
                                     const struct specs *s)
{
    struct type *c = type_copy(&p->u->types, ty);
    c->async = true;
    c->generator = s->generator;
    c->has_proto = true;
    return c;
}

void declarator_type(struct parser *p, const struct specs *s,
                     struct declarator *d)
{
    bool async = s->async;
    struct attrs a = s->attrs;
    attrs_merge(&a, &d->attrs);
    const struct type *ty = attrs_apply(p, s->type, &a, !d->derivs);
    for (const struct deriv *v = d->derivs; v; v = v->next) {
        ty = derive(p, ty, v);
        if (async && v->kind == TY_FUNC)
            ty = make_async(p, ty, s);
        async = async && v->kind == TY_PTR;
    }
    d->type = ty;
    if (s->async && async_check_type(p, s, d) && !type_is_async(ty))
        async_edit(p, s, d);
}

/* type-name = specifiers [ abstract-declarator ] */
const struct type *parse_type_name(struct parser *p)
{
    struct specs s = {0};
    struct declarator d = {0};
    if (!parse_is_type_start(p))
        parse_error(p, "a type");
    if (parse_enter(p))
        parse_specs(p, &s);
    parse_leave(p);
    parse_declarator(p, &d, DECLARATOR_ABSTRACT);
    parse_declarator_tail(p, &d);
    declarator_type(p, &s, &d);
    if (s.async && type_is_async(d.type))
        async_edit(p, &s, &d);
    return p->panic ? type_basic(&p->u->types, TY_ERROR) : d.type;
}
