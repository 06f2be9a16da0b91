/* SPDX-License-Identifier: MIT
 * Names that the compilers know without a declaration. */
#include "gen/parse_decl.h"

static struct decl *bind_builtin(struct parser *p, const char *name,
                                 enum decl_kind kind, const struct type *ty)
{
    struct decl *d = ARENA_NEW(&p->u->arena, struct decl);
    d->kind = (uint8_t)kind;
    d->storage = kind == DECL_TYPEDEF ? ST_TYPEDEF : ST_EXTERN;
    d->name = atoms_z(&p->u->atoms, name);
    d->type = ty;
    scope_bind(&p->u->scopes, d);
    return d;
}

/* Types that are ordinary names to the compilers. `bool` is a keyword since
 * C23; a declaration of the user's takes its place. */
static void bind_types(struct parser *p)
{
    static const struct {
        const char *name;
        enum type_kind kind;
    } types[] = {
        {"__builtin_va_list", TY_VA_LIST},
        {"__int128_t", TY_INT128},
        {"__uint128_t", TY_UINT128},
        {"__float80", TY_LDOUBLE},
        {"__ibm128", TY_LDOUBLE},
        {"__fp16", TY_FLOAT16},
        {"__bf16", TY_FLOAT16},
        {"bool", TY_BOOL},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        bind_builtin(p, types[i].name, DECL_TYPEDEF,
                     type_basic(&p->u->types, types[i].kind));
    const struct type *c = type_basic(&p->u->types, TY_CHAR);
    bind_builtin(p, "__builtin_ms_va_list", DECL_TYPEDEF,
                 type_ptr(&p->u->types, c));
}

static void bind_qualifiers(struct parser *p)
{
    static const char *const names[] = {
        "__seg_fs",
        "__seg_gs",
        "_Nonnull",
        "_Nullable",
        "_Null_unspecified",
        "_Nullable_result",
        "__unsafe_unretained",
        "__strong",
        "__weak",
        "__autoreleasing",
        "__kindof",
        "__ptr32",
        "__ptr64",
        "__cdecl",
        "__stdcall",
        "__fastcall",
    };
    const struct type *ty = type_basic(&p->u->types, TY_ERROR);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        bind_builtin(p, names[i], DECL_BUILTIN, ty)->value = BUILTIN_QUALIFIER;
}

void parse_builtins(struct parser *p)
{
    bind_types(p);
    bind_qualifiers(p);
}

/* A function that nobody declared returns int (C90); what a __builtin_ one
 * returns only the compiler knows. */
struct decl *parse_implicit_func(struct parser *p, struct atom *name,
                                 struct span at)
{
    struct types *t = &p->u->types;
    bool builtin = strncmp(name->s, "__builtin_", 10) == 0 ||
                   strncmp(name->s, "__atomic_", 9) == 0 ||
                   strncmp(name->s, "__sync_", 7) == 0;
    const struct type *ret = type_basic(t, builtin ? TY_ERROR : TY_INT);
    struct decl *d = ARENA_NEW(&p->u->arena, struct decl);
    d->kind = builtin ? DECL_BUILTIN : DECL_FUNC;
    d->storage = ST_EXTERN;
    d->implicit = true;
    d->name = name;
    d->type = type_func(t, ret, NULL, 0, false, false);
    d->at = at;
    if (!name->word)
        name->decl = d;
    return d;
}
