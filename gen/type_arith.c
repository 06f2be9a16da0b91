/* SPDX-License-Identifier: MIT
 * Conversions of types: promotions, the usual arithmetic conversions, decay,
 * composites. */
#include "gen/ast.h"
#include "gen/type.h"

unsigned type_width(const struct type *ty)
{
    switch (ty->kind) {
    case TY_BOOL: return 1;
    case TY_CHAR:
    case TY_SCHAR:
    case TY_UCHAR: return 8;
    case TY_SHORT:
    case TY_USHORT: return 16;
    case TY_INT:
    case TY_UINT: return 32;
    case TY_LONG:
    case TY_ULONG:
    case TY_LLONG:
    case TY_ULLONG: return 64;
    case TY_INT128:
    case TY_UINT128: return 128;
    case TY_ENUM: return ty->tag->int_type ? type_width(ty->tag->int_type) : 32;
    default: return 0;
    }
}

bool type_is_unsigned(const struct type *ty)
{
    switch (ty->kind) {
    case TY_BOOL:
    case TY_UCHAR:
    case TY_USHORT:
    case TY_UINT:
    case TY_ULONG:
    case TY_ULLONG:
    case TY_UINT128: return true;
    case TY_ENUM:
        return ty->tag->int_type && type_is_unsigned(ty->tag->int_type);
    default: return false;
    }
}

/* C11 6.3.1.1; floating and other types only lose qualifiers and alias. */
const struct type *type_promote(struct types *t, const struct type *ty)
{
    if (!type_is_integer(ty))
        return type_unqual(t, ty);
    if (ty->kind == TY_ENUM)
        ty = ty->tag->int_type ? ty->tag->int_type : t->basic[TY_UINT];
    if (ty->kind < TY_INT)
        return t->basic[TY_INT];
    return t->basic[ty->kind];
}

/* Order of the floating types as gcc ranks them: by precision, and among
 * equal ones _FloatN over the old names over the extended formats. */
static int float_rank(const struct type *ty)
{
    static const uint8_t rank[] = {
        [TY_FLOAT16] = 1,  [TY_FLOAT] = 2,   [TY_FLOAT32] = 3,
        [TY_FLOAT32X] = 4, [TY_DOUBLE] = 5,  [TY_FLOAT64] = 6,
        [TY_FLOAT64X] = 7, [TY_LDOUBLE] = 8, [TY_FLOAT128] = 9,
        [TY_DEC32] = 10,   [TY_DEC64] = 11,  [TY_DEC128] = 12,
    };
    return ty->kind < sizeof rank ? rank[ty->kind] : 0;
}

static const struct type *usual_integer(struct types *t, const struct type *a,
                                        const struct type *b)
{
    a = type_promote(t, a);
    b = type_promote(t, b);
    bool ua = type_is_unsigned(a), ub = type_is_unsigned(b);
    if (ua == ub)
        return a->kind > b->kind ? a : b;
    const struct type *u = ua ? a : b, *s = ua ? b : a;
    if (u->kind > s->kind) /* each unsigned kind follows its signed one */
        return u;
    if (type_width(s) > type_width(u))
        return s;
    return t->basic[s->kind + 1];
}

static const struct type *usual_real(struct types *t, const struct type *a,
                                     const struct type *b)
{
    int ra = float_rank(a), rb = float_rank(b);
    if (ra || rb)
        return t->basic[ra > rb ? a->kind : b->kind];
    return usual_integer(t, a, b);
}

static const struct type *real_part(const struct type *ty)
{
    return ty->kind == TY_COMPLEX ? ty->base : ty;
}

/* C11 6.3.1.8; with a vector operand, that vector. Other operands than
 * arithmetic ones give TY_ERROR. */
const struct type *type_usual_arith(struct types *t, const struct type *a,
                                    const struct type *b)
{
    if (a->kind == TY_VECTOR || b->kind == TY_VECTOR)
        return type_unqual(t, a->kind == TY_VECTOR ? a : b);
    if (!type_is_arith(a) || !type_is_arith(b))
        return t->basic[TY_ERROR];
    const struct type *r = usual_real(t, real_part(a), real_part(b));
    if (a->kind == TY_COMPLEX || b->kind == TY_COMPLEX)
        return type_derived(t, TY_COMPLEX, r);
    return r;
}

/* C11 6.3.2.1: what the type is as a value. */
const struct type *type_decay(struct types *t, const struct type *ty)
{
    if (ty->kind == TY_ARRAY)
        return type_ptr(t, ty->base);
    if (ty->kind == TY_FUNC)
        return type_ptr(t, ty);
    return type_unqual(t, ty);
}

static const struct type *composite_func(struct types *t, const struct type *a,
                                         const struct type *b)
{
    if (!a->has_proto)
        return b;
    if (!b->has_proto || a->nparams != b->nparams)
        return a;
    struct type *c = type_copy(t, a);
    c->base = type_composite(t, a->base, b->base);
    c->params = ARENA_ARRAY(t->arena, struct param, a->nparams);
    for (uint32_t i = 0; i < a->nparams; i++) {
        c->params[i] = a->params[i];
        c->params[i].type =
            type_composite(t, a->params[i].type, b->params[i].type);
    }
    return c;
}

/* C11 6.2.7: of two compatible types, what both together say. Where they
 * say the same, `a`, so that its sugar stays. */
const struct type *type_composite(struct types *t, const struct type *a,
                                  const struct type *b)
{
    if (a == b || a->kind != b->kind)
        return a->kind == TY_ERROR ? b : a;
    if (a->kind == TY_FUNC)
        return composite_func(t, a, b);
    if (a->kind != TY_ARRAY && a->kind != TY_PTR)
        return a;
    const struct type *base = type_composite(t, a->base, b->base);
    bool sized =
        a->kind == TY_ARRAY && a->count < 0 && !a->vla && b->count >= 0;
    if (base == a->base && !sized)
        return a;
    struct type *c = type_copy(t, a);
    c->base = base;
    c->alias = NULL;
    if (sized) {
        c->count = b->count;
        c->size = b->size;
    }
    return c;
}
