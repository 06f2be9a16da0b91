/* SPDX-License-Identifier: MIT */
#include "gen/type_shape.h"

#include <inttypes.h>
#include <stdio.h>

#include "gen/ast.h"

/* Frames inside one another: a chain of calls can be as long as a file. */
enum { MAX_DEPTH = 4000 };

struct shape {
    struct types *types;
    struct buf *out;
    uint32_t *count; /* of members so far */
    uint32_t depth;  /* structs around this one */
    bool ok;
};

static void shape(struct shape *s, const struct type *ty, const char *name);
static void shape_members(struct shape *s, const struct tag *tag);

/* <aw.h> declares it wherever a frame is. */
static bool is_runtime(const struct tag *tag)
{
    static const char *const prefix[] = {"aw_", "awi_", "awf_aw_"};

    for (size_t i = 0; tag->name && i < sizeof prefix / sizeof *prefix; i++)
        if (strncmp(tag->name->s, prefix[i], strlen(prefix[i])) == 0)
            return true;
    return false;
}

static void put_name(struct shape *s, const char *name)
{
    if (*name)
        buf_printf(s->out, " %s", name);
}

static void put_align(struct shape *s, bool packed, uint32_t align)
{
    if (packed)
        buf_puts(s->out, " __attribute__((packed))");
    if (align)
        buf_printf(s->out, " __attribute__((aligned(%u)))", align);
}

static void shape_pointer(struct shape *s, const struct type *ty,
                          const char *name)
{
    const char *atomic = ty->quals & Q_ATOMIC ? " _Atomic " : "";

    if (ty->kind == TY_PTR && ty->base->kind == TY_FUNC && !ty->base->async)
        buf_printf(s->out, "void (*%s%s)(void)", atomic, name);
    else
        buf_printf(s->out, "void *%s%s", atomic, name);
}

/* The elements are declared under the name `name[count]`. */
static void shape_array(struct shape *s, const struct type *ty,
                        const char *name)
{
    struct buf b = {0};
    int64_t count = ty->count;

    if (count < 0 && !ty->size)
        count = 0; /* a flexible member */
    if (count < 0 || ty->vla)
        s->ok = false;
    buf_printf(&b, "%s[%" PRId64 "]", name, count);
    shape(s, ty->base, b.p ? b.p : name);
    buf_free(&b);
}

static void shape_struct(struct shape *s, const struct type *ty,
                         const char *name)
{
    const struct tag *tag = ty->tag;
    const char *word = tag->kind == TY_STRUCT ? "struct" : "union";

    if (is_runtime(tag)) {
        buf_printf(s->out, "%s %s", word, tag->name->s);
        put_name(s, name);
        return;
    }
    s->ok &= tag->complete && s->depth < MAX_DEPTH;
    buf_printf(s->out, "%s {\n", word);
    s->depth++;
    if (s->ok)
        shape_members(s, tag);
    s->depth--;
    buf_puts(s->out, "}");
    put_align(s, tag->packed, tag->align);
    put_name(s, name);
}

/* Kinds that are words: without names, but with what makes their size. */
static void shape_scalar(struct shape *s, const struct type *ty,
                         const char *name)
{
    const struct type *base = ty;
    struct types *t = s->types;

    if (ty->kind == TY_ENUM)
        base = ty->tag->int_type ? ty->tag->int_type : type_basic(t, TY_UINT);
    if (base->kind <= TY_VA_LIST) {
        base = type_basic(t, (enum type_kind)base->kind);
    } else {
        struct type *copy = type_copy(t, base);
        copy->alias = NULL;
        copy->quals = 0;
        copy->base = type_basic(t, base->base->kind <= TY_VA_LIST
                                       ? (enum type_kind)base->base->kind
                                       : TY_INT);
        base = copy;
    }
    type_print(s->out, base, name);
}

static void shape(struct shape *s, const struct type *ty, const char *name)
{
    if ((ty->quals & Q_ATOMIC) && ty->kind != TY_PTR && ty->kind != TY_TASK)
        buf_puts(s->out, "_Atomic ");
    switch (ty->kind) {
    case TY_PTR:
    case TY_TASK: shape_pointer(s, ty, name); break;
    case TY_ARRAY: shape_array(s, ty, name); break;
    case TY_STRUCT:
    case TY_UNION: shape_struct(s, ty, name); break;
    case TY_QUEUE:
        buf_puts(s->out, "struct aw_queue");
        put_name(s, name);
        break;
    case TY_FUNC:
    case TY_CORO: s->ok = false; break;
    default: shape_scalar(s, ty, name); break;
    }
}

/* The alignment that a typedef gave to it or to its elements; 0 is none. */
static uint32_t type_align(const struct type *ty)
{
    uint32_t align = ty->align;

    while (ty->kind == TY_ARRAY) {
        ty = ty->base;
        align = ty->align > align ? ty->align : align;
    }
    return align;
}

/* An attribute can raise the alignment of a member only: to lower it, as a
 * typedef or #pragma pack may, it is packed first. */
static void shape_align(struct shape *s, const struct tag *tag,
                        const struct member *m)
{
    uint32_t own = type_align(m->type);
    uint32_t align = m->align > own ? m->align : own;
    int64_t natural = align ? align : type_alignof(m->type);
    bool pack = tag->pack && !m->width && natural > tag->pack;

    put_align(s, m->packed || pack || (own && !m->width),
              pack ? tag->pack : align);
}

static void shape_member(struct shape *s, const struct tag *tag,
                         const struct member *m)
{
    const struct type *ty = m->type;
    char name[16] = "";

    if (m->name)
        snprintf(name, sizeof name, "awf_%u", ++*s->count);
    else if (!m->width && (ty->kind == TY_STRUCT || ty->kind == TY_UNION))
        buf_puts(s->out, "__extension__ ");
    shape(s, ty, name);
    if (m->width)
        buf_printf(s->out, " : %" PRId64, m->width->value);
    s->ok &= !m->width || m->width->constant;
    shape_align(s, tag, m);
    buf_puts(s->out, ";\n");
}

static void shape_members(struct shape *s, const struct tag *tag)
{
    for (uint32_t i = 0; i < tag->members.n; i++)
        shape_member(s, tag, &tag->members.v[i]);
}

bool type_shape(struct types *t, struct buf *out, const struct type *ty,
                uint32_t *count)
{
    struct shape s = {t, out, count, 0, true};

    shape(&s, ty, "");
    return s.ok && !out->oom;
}

bool type_shape_member(struct types *t, struct buf *out, const struct tag *tag,
                       const struct member *m, uint32_t *count)
{
    struct shape s = {t, out, count, 0, true};

    shape_member(&s, tag, m);
    return s.ok && !out->oom;
}
