/* SPDX-License-Identifier: MIT
 * Result types of __builtin_xxx, __sync_xxx and __atomic_xxx calls. */
#include "gen/sema_expr.h"

/* How a result type is found; those with a type_kind are just that type. */
enum result {
    R_KIND = TY_KIND_COUNT, /* below: an enum type_kind */
    R_VOIDP,
    R_CHARP,
    R_ARG0,
    R_DEREF0,
    R_COMPLEX0,
    R_CDOUBLE,
    R_CFLOAT,
    R_CLDOUBLE,
    R_VOID = TY_VOID,
    R_BOOL = TY_BOOL,
    R_INT = TY_INT,
    R_LONG = TY_LONG,
    R_ULONG = TY_ULONG,
    R_LLONG = TY_LLONG,
    R_ULLONG = TY_ULLONG,
    R_U8 = TY_UCHAR,
    R_U16 = TY_USHORT,
    R_U32 = TY_UINT,
    R_U64 = TY_ULONG,
    R_U128 = TY_UINT128,
    R_FLOAT = TY_FLOAT,
    R_DOUBLE = TY_DOUBLE,
    R_LDOUBLE = TY_LDOUBLE,
    R_FLOAT16 = TY_FLOAT16,
    R_FLOAT32 = TY_FLOAT32,
    R_FLOAT32X = TY_FLOAT32X,
    R_FLOAT64 = TY_FLOAT64,
    R_FLOAT64X = TY_FLOAT64X,
    R_FLOAT128 = TY_FLOAT128,
    R_DEC32 = TY_DEC32,
    R_DEC64 = TY_DEC64,
    R_DEC128 = TY_DEC128,
};

struct builtin {
    const char *name;
    enum result result;
};

static const struct builtin builtins[] = {
#define BUILTIN(name, result) {name, R_##result},
#define MATH(name)                                                             \
    {#name, R_DOUBLE}, {#name "f", R_FLOAT}, {#name "l", R_LDOUBLE},
#include "gen/builtin.def"
};

static const struct type *pointer_to(struct parser *p, enum type_kind k)
{
    return type_ptr(&p->u->types, type_basic(&p->u->types, k));
}

static const struct type *complex_of(struct parser *p, const struct type *ty)
{
    return type_derived(&p->u->types, TY_COMPLEX, ty);
}

/* What the first argument points to. */
static const struct type *deref_arg(struct parser *p, struct expr **args,
                                    uint32_t nargs)
{
    struct types *t = &p->u->types;
    const struct type *ty = type_basic(t, TY_ERROR);

    if (nargs > 0)
        ty = type_decay(t, args[0]->type);
    return ty->kind == TY_PTR ? type_unqual(t, ty->base)
                              : type_basic(t, TY_INT);
}

static const struct type *result_type(struct parser *p, enum result r,
                                      struct expr **args, uint32_t nargs)
{
    struct types *t = &p->u->types;

    switch (r) {
    case R_VOIDP: return pointer_to(p, TY_VOID);
    case R_CHARP: return pointer_to(p, TY_CHAR);
    case R_DEREF0: return deref_arg(p, args, nargs);
    case R_ARG0:
        return nargs ? expr_value_type(t, args[0]) : type_basic(t, TY_INT);
    case R_COMPLEX0:
        return nargs && type_is_real(args[0]->type)
                   ? complex_of(p, expr_value_type(t, args[0]))
                   : complex_of(p, type_basic(t, TY_DOUBLE));
    case R_CDOUBLE: return complex_of(p, type_basic(t, TY_DOUBLE));
    case R_CFLOAT: return complex_of(p, type_basic(t, TY_FLOAT));
    case R_CLDOUBLE: return complex_of(p, type_basic(t, TY_LDOUBLE));
    default: return type_basic(t, (enum type_kind)r);
    }
}

static const struct builtin *find(const char *name)
{
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
        if (strcmp(builtins[i].name, name) == 0)
            return &builtins[i];
    }
    return NULL;
}

static bool starts_with(const char *s, const char *with)
{
    return strncmp(s, with, strlen(with)) == 0;
}

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list; list++) {
        if (strcmp(name, *list) == 0)
            return true;
    }
    return false;
}

/* __atomic_load_n(p), __sync_fetch_and_add(p, v) ... yield *p; the generic
 * __atomic_load(p, to) nothing, compare-and-swap a truth value. */
static const struct type *atomic_type(struct parser *p, const char *name,
                                      struct expr **args, uint32_t nargs)
{
    static const char *const voids[] = {
        "__atomic_load",         "__atomic_store",
        "__atomic_store_n",      "__atomic_exchange",
        "__atomic_clear",        "__atomic_thread_fence",
        "__atomic_signal_fence", "__sync_synchronize",
        "__sync_lock_release",   NULL,
    };
    static const char *const bools[] = {
        "__atomic_compare_exchange",
        "__atomic_compare_exchange_n",
        "__atomic_test_and_set",
        "__atomic_always_lock_free",
        "__atomic_is_lock_free",
        "__sync_bool_compare_and_swap",
        NULL,
    };
    if (is_one_of(name, voids))
        return type_basic(&p->u->types, TY_VOID);
    if (is_one_of(name, bools))
        return type_basic(&p->u->types, TY_BOOL);
    return deref_arg(p, args, nargs);
}

const struct type *builtin_type(struct parser *p, const struct atom *name,
                                struct expr **args, uint32_t nargs)
{
    const char *s = name->s;

    if (starts_with(s, "__atomic_") || starts_with(s, "__sync_"))
        return atomic_type(p, s, args, nargs);
    if (!starts_with(s, "__builtin_"))
        return NULL;
    s += strlen("__builtin_");
    const struct builtin *b = find(s);
    if (b)
        return result_type(p, b->result, args, nargs);
    const struct atom *library = atoms_z(&p->u->atoms, s);
    if (!library->decl || library->decl->type->kind != TY_FUNC)
        return type_basic(&p->u->types, TY_INT);
    return type_unqual(&p->u->types, library->decl->type->base);
}
