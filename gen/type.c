/* SPDX-License-Identifier: MIT
 * Building types and asking about them: see type.h. Conversions are in
 * type_arith.c, layout in type_layout.c, printing in type_print.c. */
#include "gen/type.h"

#include "gen/ast.h"

void types_init(struct types *t, struct arena *a)
{
    t->arena = a;
    for (unsigned k = 0; k <= TY_VA_LIST; k++) {
        struct type *ty = ARENA_NEW(a, struct type);
        ty->kind = (uint8_t)k;
        ty->count = -1;
        t->basic[k] = ty;
    }
}

struct type *type_copy(struct types *t, const struct type *ty)
{
    struct type *c = ARENA_NEW(t->arena, struct type);
    *c = *ty;
    c->ptr = NULL;
    return c;
}

static struct type *type_new(struct types *t, enum type_kind k,
                             const struct type *base)
{
    struct type *ty = ARENA_NEW(t->arena, struct type);
    ty->kind = (uint8_t)k;
    ty->base = base;
    ty->count = -1;
    ty->vla = base && base->vla;
    return ty;
}

const struct type *type_basic(const struct types *t, enum type_kind k)
{
    return t->basic[k];
}

void types_gnu_float128(struct types *t)
{
    ((struct type *)t->basic[TY_FLOAT128])->gnu_name = true;
}

const struct type *type_ptr(struct types *t, const struct type *to)
{
    if (!to->ptr)
        ((struct type *)to)->ptr = type_new(t, TY_PTR, to);
    return to->ptr;
}

const struct type *type_array(struct types *t, const struct type *of,
                              struct expr *size, int64_t count)
{
    struct type *ty = type_new(t, TY_ARRAY, of);
    ty->size = size;
    ty->count = count;
    return ty;
}

const struct type *type_func(struct types *t, const struct type *ret,
                             struct param *params, uint32_t n, bool has_proto,
                             bool variadic)
{
    struct type *ty = type_new(t, TY_FUNC, ret);
    ty->params = params;
    ty->nparams = n;
    ty->has_proto = has_proto;
    ty->variadic = variadic;
    return ty;
}

const struct type *type_tagged(struct types *t, struct tag *tag)
{
    struct type *ty = type_new(t, (enum type_kind)tag->kind, NULL);
    ty->tag = tag;
    return ty;
}

const struct type *type_derived(struct types *t, enum type_kind k,
                                const struct type *base)
{
    return type_new(t, k, base);
}

/* Qualifiers of an array are those of its elements; they are noted on the
 * array as well, so that an alias prints with them. */
const struct type *type_qualified(struct types *t, const struct type *ty,
                                  unsigned quals)
{
    if ((ty->quals & quals) == quals)
        return ty;
    struct type *c = type_copy(t, ty);
    c->quals = (uint8_t)(ty->quals | quals);
    if (ty->kind == TY_ARRAY)
        c->base = type_qualified(t, ty->base, quals);
    return c;
}

/* An alias that is itself qualified cannot name the unqualified type. */
const struct type *type_unqual(struct types *t, const struct type *ty)
{
    if (!ty->quals)
        return ty;
    struct type *c = type_copy(t, ty);
    c->quals = 0;
    if (ty->kind == TY_ARRAY)
        c->base = type_unqual(t, ty->base);
    if (c->alias && c->alias->type->quals)
        c->alias = NULL;
    return c;
}

const struct type *type_aliased(struct types *t, const struct type *ty,
                                struct decl *alias)
{
    if (alias->named && alias->type == ty)
        return alias->named;
    struct type *c = type_copy(t, ty);
    c->alias = alias;
    if (alias->type == ty)
        alias->named = c;
    return c;
}

/* ---- questions ---------------------------------------------------------- */

bool type_is_integer(const struct type *ty)
{
    return (ty->kind >= TY_BOOL && ty->kind <= TY_UINT128) ||
           ty->kind == TY_ENUM;
}

bool type_is_real(const struct type *ty)
{
    return (ty->kind >= TY_BOOL && ty->kind <= TY_DEC128) ||
           ty->kind == TY_ENUM;
}

bool type_is_arith(const struct type *ty)
{
    return type_is_real(ty) || ty->kind == TY_COMPLEX;
}

bool type_is_scalar(const struct type *ty)
{
    return type_is_arith(ty) || ty->kind == TY_PTR || ty->kind == TY_TASK;
}

bool type_is_complete_object(const struct type *ty)
{
    for (; ty->kind == TY_ARRAY; ty = ty->base) {
        if (!ty->size && ty->count < 0)
            return false;
    }
    switch (ty->kind) {
    case TY_VOID:
    case TY_FUNC:
    case TY_CORO: return false;
    case TY_STRUCT:
    case TY_UNION:
    case TY_ENUM: return ty->tag->complete;
    default: return true;
    }
}

bool type_is_void(const struct type *ty)
{
    return ty->kind == TY_VOID;
}

bool type_is_async(const struct type *ty)
{
    return ty->kind == TY_FUNC && ty->async;
}

bool type_is_const(const struct type *ty)
{
    while (ty->kind == TY_ARRAY)
        ty = ty->base;
    return (ty->quals & Q_CONST) != 0;
}

bool type_is_aggregate(const struct type *ty)
{
    return ty->kind == TY_STRUCT || ty->kind == TY_UNION ||
           ty->kind == TY_ARRAY;
}

static bool params_mention_async(const struct type *ty)
{
    for (uint32_t i = 0; i < ty->nparams; i++) {
        if (type_mentions_async(ty->params[i].type))
            return true;
    }
    return false;
}

bool type_mentions_async(const struct type *ty)
{
    for (; ty; ty = ty->base) {
        if (ty->kind == TY_TASK || ty->kind == TY_QUEUE)
            return true;
        if (ty->kind == TY_FUNC && (ty->async || params_mention_async(ty)))
            return true;
    }
    return false;
}

static const struct member *member_in(const struct tag *tag,
                                      const struct atom *name)
{
    for (uint32_t i = 0; i < tag->members.n; i++) {
        const struct member *m = &tag->members.v[i];
        if (m->name == name)
            return m;
        if (!m->name && !m->width) {
            const struct member *in = type_member(m->type, name);
            if (in)
                return in;
        }
    }
    return NULL;
}

const struct member *type_member(const struct type *ty, const struct atom *name)
{
    if (ty->kind != TY_STRUCT && ty->kind != TY_UNION)
        return NULL;
    return member_in(ty->tag, name);
}

/* ---- compatibility (C11 6.2.7, 6.7.6) ------------------------------------ */

static const struct type *enum_as_int(const struct type *ty)
{
    return ty->kind == TY_ENUM && ty->tag->int_type ? ty->tag->int_type : ty;
}

/* Types of one parameter: top-level qualifiers do not count. */
static bool compatible_unqual(const struct type *a, const struct type *b);

/* What a call without a prototype would pass is what `b` takes. */
static bool default_promoted(const struct type *b)
{
    const struct type *p = enum_as_int(b);
    return p->kind != TY_FLOAT && p->kind != TY_FLOAT16 &&
           !(p->kind >= TY_BOOL && p->kind <= TY_USHORT);
}

static bool compatible_with_oldstyle(const struct type *proto)
{
    if (proto->variadic)
        return false;
    for (uint32_t i = 0; i < proto->nparams; i++) {
        if (!default_promoted(proto->params[i].type))
            return false;
    }
    return true;
}

static bool compatible_params(const struct type *a, const struct type *b)
{
    if (!a->has_proto && !b->has_proto)
        return true;
    if (!a->has_proto || !b->has_proto)
        return compatible_with_oldstyle(a->has_proto ? a : b);
    if (a->variadic != b->variadic || a->nparams != b->nparams)
        return false;
    for (uint32_t i = 0; i < a->nparams; i++) {
        if (!compatible_unqual(a->params[i].type, b->params[i].type))
            return false;
    }
    return true;
}

static bool compatible_func(const struct type *a, const struct type *b)
{
    return a->async == b->async && a->generator == b->generator &&
           compatible_unqual(a->base, b->base) && compatible_params(a, b);
}

static bool compatible_kinds(const struct type *a, const struct type *b)
{
    switch (a->kind) {
    case TY_PTR:
    case TY_TASK:
    case TY_QUEUE:
    case TY_CORO:
    case TY_COMPLEX: return type_compatible(a->base, b->base);
    case TY_VECTOR:
        return a->count == b->count && type_compatible(a->base, b->base);
    case TY_ARRAY:
        return (a->count < 0 || b->count < 0 || a->count == b->count) &&
               type_compatible(a->base, b->base);
    case TY_FUNC: return compatible_func(a, b);
    case TY_STRUCT:
    case TY_UNION: return a->tag == b->tag;
    default: return true;
    }
}

static bool compatible_unqual(const struct type *a, const struct type *b)
{
    if (a == b || a->kind == TY_ERROR || b->kind == TY_ERROR)
        return true;
    if (a->kind == TY_ENUM && b->kind == TY_ENUM)
        return a->tag == b->tag;
    a = enum_as_int(a);
    b = enum_as_int(b);
    return a->kind == b->kind && compatible_kinds(a, b);
}

bool type_compatible(const struct type *a, const struct type *b)
{
    if (a->kind == TY_ERROR || b->kind == TY_ERROR)
        return true;
    return (a->kind == TY_ARRAY || a->quals == b->quals) &&
           compatible_unqual(a, b);
}
