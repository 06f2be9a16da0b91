/* SPDX-License-Identifier: MIT
 * Sizes, alignments and member offsets on the LP64 System V model. Everything
 * that is not known gives -1. */
#include "gen/ast.h"
#include "gen/type.h"

/* Bytes of the kinds whose size depends on nothing else. */
static int64_t basic_size(enum type_kind k)
{
    static const uint8_t size[TY_KIND_COUNT] = {
        [TY_VOID] = 1,     [TY_BOOL] = 1,      [TY_CHAR] = 1,
        [TY_SCHAR] = 1,    [TY_UCHAR] = 1,     [TY_SHORT] = 2,
        [TY_USHORT] = 2,   [TY_INT] = 4,       [TY_UINT] = 4,
        [TY_LONG] = 8,     [TY_ULONG] = 8,     [TY_LLONG] = 8,
        [TY_ULLONG] = 8,   [TY_INT128] = 16,   [TY_UINT128] = 16,
        [TY_FLOAT16] = 2,  [TY_FLOAT] = 4,     [TY_FLOAT32] = 4,
        [TY_DOUBLE] = 8,   [TY_FLOAT32X] = 8,  [TY_FLOAT64] = 8,
        [TY_LDOUBLE] = 16, [TY_FLOAT64X] = 16, [TY_FLOAT128] = 16,
        [TY_DEC32] = 4,    [TY_DEC64] = 8,     [TY_DEC128] = 16,
        [TY_VA_LIST] = 24, [TY_PTR] = 8,       [TY_TASK] = 8,
        [TY_FUNC] = 1,
    };
    return size[k] ? size[k] : -1;
}

static int64_t times(int64_t size, int64_t n)
{
    if (size < 0 || n < 0 || (size && n > INT64_MAX / size))
        return -1;
    return size * n;
}

int64_t type_sizeof(const struct type *ty)
{
    switch (ty->kind) {
    case TY_COMPLEX: return times(type_sizeof(ty->base), 2);
    case TY_ARRAY:
    case TY_VECTOR:
        return ty->vla ? -1 : times(type_sizeof(ty->base), ty->count);
    case TY_STRUCT:
    case TY_UNION: return ty->tag->complete ? ty->tag->size : -1;
    case TY_ENUM:
        return ty->tag->int_type ? type_sizeof(ty->tag->int_type) : -1;
    default: return basic_size((enum type_kind)ty->kind);
    }
}

int64_t type_alignof(const struct type *ty)
{
    if (ty->align)
        return ty->align;
    switch (ty->kind) {
    case TY_COMPLEX:
    case TY_ARRAY: return type_alignof(ty->base);
    case TY_STRUCT:
    case TY_UNION: return ty->tag->complete ? ty->tag->natural : -1;
    case TY_ENUM:
        if (ty->tag->align)
            return ty->tag->align;
        return ty->tag->int_type ? type_alignof(ty->tag->int_type) : -1;
    case TY_VA_LIST: return 8;
    default: return type_sizeof(ty);
    }
}

/* Where the next member goes, in bits; `align` is the widest so far. */
struct layout {
    const struct tag *tag;
    int64_t bit; /* -1 once something is unknown */
    int64_t end; /* furthest bit: a union's members overlap */
    int64_t align;
};

static int64_t round_up(int64_t n, int64_t to)
{
    return (n + to - 1) / to * to;
}

/* Packing forgets the alignment of the type, an attribute of the member asks
 * for more again, #pragma pack has the last word. */
static int64_t member_align(const struct tag *tag, const struct member *m)
{
    int64_t a = tag->packed || m->packed ? 1 : type_alignof(m->type);
    if (a > 0 && m->align > a)
        a = m->align;
    if (tag->pack && a > tag->pack)
        a = tag->pack;
    return a;
}

/* The unit that a bit-field belongs to, in bits: its type's alignment. */
static int64_t bitfield_unit(const struct tag *tag, const struct member *m)
{
    int64_t a = type_alignof(m->type);
    return 8 * (tag->pack && a > tag->pack ? tag->pack : a);
}

/* What a bit-field asks of the struct. gcc lets #pragma pack win over the
 * packed attribute here. */
static void align_for_bitfield(struct layout *l, const struct member *m,
                               int64_t unit)
{
    bool packed = (l->tag->packed || m->packed) && !l->tag->pack;
    int64_t a = packed ? 1 : unit / 8;
    if (m->align > a)
        a = m->align;
    if (a > l->align)
        l->align = a;
}

/* A bit-field does not touch more units than an object of its type has,
 * unless packed. One of width 0 goes on at its type's own alignment, whatever
 * is packed. */
static void place_bitfield(struct layout *l, struct member *m)
{
    int64_t bits = type_sizeof(m->type) * 8, unit = bitfield_unit(l->tag, m);
    int64_t w = m->width->value;
    bool packed = l->tag->packed || m->packed || l->tag->pack;
    if (!m->width->constant || w < 0 || w > 128 || bits < 0 || unit < 8) {
        l->bit = -1;
        return;
    }
    if (w == 0)
        l->bit = round_up(l->bit, type_alignof(m->type) * 8);
    else if (m->align)
        l->bit = round_up(l->bit, (int64_t)m->align * 8);
    else if (!packed && (l->bit % unit + w + unit - 1) / unit > bits / unit)
        l->bit = round_up(l->bit, unit);
    if (m->name && w)
        align_for_bitfield(l, m, unit);
    m->offset = l->bit / 8;
    l->bit += w;
}

static bool is_flexible(const struct type *ty)
{
    return ty->kind == TY_ARRAY && ty->count < 0 && !ty->size;
}

static void place_member(struct layout *l, struct member *m)
{
    int64_t size = is_flexible(m->type) ? 0 : type_sizeof(m->type);
    int64_t align = member_align(l->tag, m);
    if (size < 0 || align < 1 || size > INT64_MAX / 32) {
        l->bit = -1;
        return;
    }
    l->bit = round_up(l->bit, align * 8);
    m->offset = l->bit / 8;
    l->bit += size * 8;
    if (align > l->align)
        l->align = align;
}

static void place(struct layout *l, struct member *m)
{
    m->offset = -1;
    if (l->bit < 0)
        return;
    if (l->tag->kind == TY_UNION)
        l->bit = 0;
    if (m->width)
        place_bitfield(l, m);
    else
        place_member(l, m);
    if (l->bit > INT64_MAX / 4)
        l->bit = -1;
    if (l->bit > l->end)
        l->end = l->bit;
}

void type_layout(struct tag *tag)
{
    struct layout l = {.tag = tag, .align = 1};
    for (uint32_t i = 0; i < tag->members.n; i++)
        place(&l, &tag->members.v[i]);
    if (tag->align > l.align)
        l.align = tag->align;
    tag->natural = l.bit < 0 ? -1 : l.align;
    tag->size = l.bit < 0 ? -1 : round_up(l.end, l.align * 8) / 8;
}
