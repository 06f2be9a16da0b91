/* SPDX-License-Identifier: MIT
 * Types as C declarators. A declarator is written around its name: `before`
 * writes specifiers and pointers, `after` arrays and parameter lists. */
#include "gen/ast.h"
#include "gen/buf.h"
#include "gen/type.h"

#include <inttypes.h>

struct printer {
    struct buf *out;
    bool dialect; /* for people: async, aw_task(T) */
    bool space;   /* a word was written: the next one needs a space */
};

static void print_type(struct printer *p, const struct type *ty,
                       const char *name);

static void word(struct printer *p, const char *z)
{
    if (p->space)
        buf_putc(p->out, ' ');
    buf_puts(p->out, z);
    p->space = true;
}

static void quals(struct printer *p, unsigned q)
{
    if (q & Q_CONST)
        word(p, "const");
    if (q & Q_VOLATILE)
        word(p, "volatile");
    if (q & Q_RESTRICT)
        word(p, "__restrict");
    if (q & Q_ATOMIC)
        word(p, "_Atomic");
}

static const char *basic_name(enum type_kind k)
{
    static const char *const name[TY_KIND_COUNT] = {
        [TY_ERROR] = "int",
        [TY_VOID] = "void",
        [TY_BOOL] = "_Bool",
        [TY_CHAR] = "char",
        [TY_SCHAR] = "signed char",
        [TY_UCHAR] = "unsigned char",
        [TY_SHORT] = "short",
        [TY_USHORT] = "unsigned short",
        [TY_INT] = "int",
        [TY_UINT] = "unsigned int",
        [TY_LONG] = "long",
        [TY_ULONG] = "unsigned long",
        [TY_LLONG] = "long long",
        [TY_ULLONG] = "unsigned long long",
        [TY_INT128] = "__int128",
        [TY_UINT128] = "unsigned __int128",
        [TY_FLOAT16] = "_Float16",
        [TY_FLOAT] = "float",
        [TY_FLOAT32] = "_Float32",
        [TY_DOUBLE] = "double",
        [TY_FLOAT32X] = "_Float32x",
        [TY_FLOAT64] = "_Float64",
        [TY_LDOUBLE] = "long double",
        [TY_FLOAT64X] = "_Float64x",
        [TY_FLOAT128] = "_Float128",
        [TY_DEC32] = "_Decimal32",
        [TY_DEC64] = "_Decimal64",
        [TY_DEC128] = "_Decimal128",
        [TY_VA_LIST] = "__builtin_va_list",
    };
    return name[k] ? name[k] : "int";
}

static const char *tag_keyword(const struct tag *tag)
{
    return tag->kind == TY_STRUCT  ? "struct"
           : tag->kind == TY_UNION ? "union"
                                   : "enum";
}

static void print_tag(struct printer *p, const struct tag *tag);

/* The type of a member: __typeof__(((struct s *)0)->member). Anonymous
 * members are looked through. */
static void print_via(struct printer *p, const struct tag *tag)
{
    const struct tag *o = tag->outer;
    while (!o->name && !o->named_by && !o->spelled && !o->via && o->outer)
        o = o->outer;
    word(p, "__typeof__(((");
    p->space = false;
    print_tag(p, o);
    buf_printf(p->out, " *)0)->%s", tag->via->s);
    for (uint32_t i = 0; i < tag->via_depth; i++)
        buf_puts(p->out, "[0]");
    buf_putc(p->out, ')');
    p->space = true;
}

static void print_int_type(struct printer *p, const struct tag *tag)
{
    word(p, basic_name((enum type_kind)tag->int_type->kind));
}

static void print_tag(struct printer *p, const struct tag *tag)
{
    const char *name = tag->emit_name;
    if (!name && tag->name)
        name = tag->name->s;
    if (tag->local && tag->int_type && !p->dialect) {
        print_int_type(p, tag); /* an enum: its name may not be visible */
    } else if (name) {
        word(p, tag_keyword(tag));
        word(p, name);
    } else if (tag->named_by && !(tag->named_by->local && !p->dialect)) {
        word(p, tag->named_by->name->s);
    } else if (tag->spelled) {
        word(p, tag->spelled);
    } else if (tag->via) {
        print_via(p, tag);
    } else if (tag->int_type) {
        print_int_type(p, tag);
    } else {
        word(p, tag_keyword(tag));
        word(p, "/* anonymous */");
    }
}

static void print_in_parens(struct printer *p, const char *before,
                            const struct type *ty)
{
    word(p, before);
    p->space = false;
    print_type(p, ty, "");
    buf_putc(p->out, ')');
    p->space = true;
}

/* What the dialect's types are in C. A task is a pointer, so its qualifiers
 * come after; __typeof__ keeps them in front of anything. */
static void print_dialect_type(struct printer *p, const struct type *ty)
{
    if (p->dialect) {
        print_in_parens(p,
                        ty->kind == TY_TASK    ? "aw_task("
                        : ty->kind == TY_QUEUE ? "aw_queue("
                                               : "coroutine(",
                        ty->base);
    } else if (ty->kind == TY_CORO) {
        print_type(p, ty->base, "");
    } else {
        word(p, ty->kind == TY_QUEUE ? "struct aw_queue" : "struct aw_task");
    }
}

static void print_base(struct printer *p, const struct type *ty)
{
    switch (ty->kind) {
    case TY_STRUCT:
    case TY_UNION:
    case TY_ENUM: print_tag(p, ty->tag); break;
    case TY_COMPLEX:
        word(p, "_Complex");
        print_base(p, ty->base);
        break;
    case TY_VECTOR:
        buf_printf(p->out, "%s__attribute__((vector_size(%" PRId64 " * sizeof(",
                   p->space ? " " : "", ty->count);
        p->space = false;
        print_type(p, ty->base, "");
        buf_puts(p->out, "))))");
        p->space = true;
        print_type(p, ty->base, "");
        p->space = true;
        break;
    case TY_TASK:
    case TY_QUEUE:
    case TY_CORO: print_dialect_type(p, ty); break;
    default:
        word(p, ty->gnu_name ? "__float128"
                             : basic_name((enum type_kind)ty->kind));
    }
}

/* A typedef name can stand for the type where it is printed: file scope, and
 * any place that no local name hides it from. */
static bool use_alias(const struct printer *p, const struct type *ty)
{
    return ty->alias &&
           (p->dialect || (!ty->alias->local && !ty->alias->hidden));
}

static bool is_opaque_async(const struct printer *p, const struct type *ty)
{
    return !p->dialect && type_is_async(ty);
}

/* The type is written in the specifiers, not around the name. */
static bool is_leaf(const struct printer *p, const struct type *ty)
{
    return use_alias(p, ty) || is_opaque_async(p, ty) ||
           (ty->kind != TY_PTR && ty->kind != TY_ARRAY && ty->kind != TY_FUNC);
}

/* A pointer to it needs parentheses. */
static bool needs_parens(const struct printer *p, const struct type *ty)
{
    return !is_leaf(p, ty);
}

static void print_leaf(struct printer *p, const struct type *ty)
{
    if (use_alias(p, ty)) {
        quals(p, ty->quals & ~(unsigned)ty->alias->type->quals);
        word(p, ty->alias->name->s);
    } else if (is_opaque_async(p, ty)) {
        word(p, "const struct aw_desc");
    } else if (ty->kind == TY_TASK && !p->dialect) {
        print_base(p, ty);
        word(p, "*");
        p->space = false;
        quals(p, ty->quals);
    } else {
        quals(p, ty->quals);
        print_base(p, ty);
    }
}

static bool is_generator(const struct type *ty)
{
    return ty->kind == TY_FUNC && ty->generator;
}

static void before(struct printer *p, const struct type *ty)
{
    if (is_leaf(p, ty)) {
        print_leaf(p, ty);
        return;
    }
    if (is_generator(ty)) {
        print_in_parens(p, "async_generator(", ty->base);
        return;
    }
    if (type_is_async(ty))
        word(p, "async");
    before(p, ty->base);
    if (ty->kind != TY_PTR)
        return;
    bool parens = ty->base->kind != TY_PTR && needs_parens(p, ty->base);
    word(p, parens ? "(*" : "*");
    p->space = false;
    quals(p, ty->quals);
}

static void print_params(struct printer *p, const struct type *ty)
{
    buf_putc(p->out, '(');
    for (uint32_t i = 0; i < ty->nparams && ty->has_proto; i++) {
        buf_puts(p->out, i ? ", " : "");
        p->space = false;
        print_type(p, ty->params[i].type, "");
    }
    if (ty->variadic)
        buf_puts(p->out, ty->nparams ? ", ..." : "...");
    else if (ty->has_proto && !ty->nparams)
        buf_puts(p->out, "void");
    buf_putc(p->out, ')');
}

static void print_size(struct printer *p, const struct type *ty)
{
    if (ty->count >= 0)
        buf_printf(p->out, "[%" PRId64 "]", ty->count);
    else
        buf_printf(p->out, "[%s]", ty->size_text ? ty->size_text : "");
}

static void after(struct printer *p, const struct type *ty)
{
    for (; !is_leaf(p, ty); ty = ty->base) {
        if (ty->kind == TY_ARRAY)
            print_size(p, ty);
        else if (ty->kind == TY_FUNC)
            print_params(p, ty);
        else if (ty->base->kind != TY_PTR && needs_parens(p, ty->base))
            buf_putc(p->out, ')');
        if (is_generator(ty)) /* its base stands in the specifiers */
            return;
    }
}

static void print_type(struct printer *p, const struct type *ty,
                       const char *name)
{
    before(p, ty);
    bool suffix = !is_leaf(p, ty) && ty->kind != TY_PTR;
    if (*name)
        word(p, name);
    else if (suffix && p->space)
        buf_putc(p->out, ' ');
    after(p, ty);
}

void type_print(struct buf *out, const struct type *ty, const char *name)
{
    struct printer p = {.out = out};
    print_type(&p, ty, name);
}

void type_describe(struct buf *out, const struct type *ty, const char *name)
{
    struct printer p = {.out = out, .dialect = true};
    print_type(&p, ty, name);
}

const char *type_text(struct arena *a, const struct type *ty)
{
    struct buf b = {0};
    type_describe(&b, ty, "");
    const char *s = arena_strndup(a, b.n ? b.p : "", b.n);
    buf_free(&b);
    return s;
}
