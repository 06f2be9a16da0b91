/* SPDX-License-Identifier: MIT
 * C types. A `struct type` is immutable once built, apart from the
 * completion of tags (which all copies share) and of arrays of unknown size
 * by their initialiser (which builds a new type for the declaration).
 *
 * Sugar is kept: naming a typedef makes a copy of its type with `alias` set,
 * so that types print as the user wrote them; qualifying makes a copy with
 * other `quals`. Compare types by type_compatible, never by address. */
#ifndef GEN_TYPE_H
#define GEN_TYPE_H

#include <stdbool.h>
#include <stdint.h>

#include "gen/token.h"
#include "gen/vec.h"

struct unit;
struct buf;
struct decl;
struct expr;

enum type_kind {
    TY_ERROR,           /* after a diagnosed error: compatible with all */
    TY_VOID,
    TY_BOOL,
    TY_CHAR, TY_SCHAR, TY_UCHAR,
    TY_SHORT, TY_USHORT,
    TY_INT, TY_UINT,
    TY_LONG, TY_ULONG,
    TY_LLONG, TY_ULLONG,
    TY_INT128, TY_UINT128,
    TY_FLOAT16, TY_FLOAT, TY_FLOAT32, TY_DOUBLE, TY_FLOAT32X, TY_FLOAT64,
    TY_LDOUBLE, TY_FLOAT64X, TY_FLOAT128,
    TY_DEC32, TY_DEC64, TY_DEC128,
    TY_VA_LIST,         /* __builtin_va_list, an opaque builtin */
    TY_COMPLEX,         /* of base, a real floating or integer type */
    TY_VECTOR,          /* attribute vector_size: elements of base */
    TY_PTR,             /* to base */
    TY_ARRAY,           /* of base */
    TY_FUNC,            /* returning base */
    TY_STRUCT, TY_UNION, TY_ENUM,       /* tag */
    /* of the dialect */
    TY_TASK,            /* aw_task(base) */
    TY_QUEUE,           /* aw_queue(base) */
    TY_CORO,            /* a coroutine whose await has type base */
    TY_KIND_COUNT
};

enum {
    Q_CONST = 1,
    Q_VOLATILE = 2,
    Q_RESTRICT = 4,
    Q_ATOMIC = 8,
};

struct param {
    struct atom *name;          /* NULL when unnamed */
    const struct type *type;    /* adjusted: pointers for arrays, functions */
    struct decl *decl;          /* in a parsed definition; else NULL */
    struct span specs;          /* its declaration specifiers */
    struct span declarator;     /* its declarator; empty when none */
    tokidx at;                  /* the name, or where it would stand */
    bool is_register;
};

struct type {
    uint8_t kind;               /* enum type_kind */
    uint8_t quals;              /* Q_*; on the type itself */
    bool vla;                   /* TY_ARRAY: size not constant; and all types
                                   derived from one (variably modified) */
    bool has_proto;             /* TY_FUNC: parameter types are known */
    bool variadic;              /* TY_FUNC */
    bool async;                 /* TY_FUNC: an async function */
    bool generator;             /* TY_FUNC: async_generator(base) */
    bool gnu_name;              /* TY_FLOAT128: written __float128 */
    const struct type *base;
    struct decl *alias;         /* the typedef this type was named by */
    struct tag *tag;            /* TY_STRUCT, TY_UNION, TY_ENUM */
    struct param *params;       /* TY_FUNC */
    uint32_t nparams;
    /* TY_ARRAY, TY_VECTOR (bytes / sizeof base): */
    struct expr *size;          /* as written; NULL for [] */
    int64_t count;              /* elements; -1 unknown or not constant */
    const char *size_text;      /* TY_ARRAY with count -1: size's tokens */
    uint32_t align;             /* from an aligned attribute on a typedef, in
                                   bytes; 0 is natural */
    const struct type *ptr;     /* type_ptr: the plain pointer to this type,
                                   made once */
};

struct member {
    struct atom *name;          /* NULL: anonymous struct/union or padding */
    const struct type *type;
    struct expr *width;         /* bit-field; else NULL */
    uint32_t align;             /* attribute of the member; 0 is none */
    bool packed;                /* the same */
    struct span toks;           /* the declarator */
    int64_t offset;             /* in bytes, of a bit-field's first bit rounded
                                   down; -1 unknown (type_layout) */
};

/* A struct, union or enum. One object for all mentions. */
struct tag {
    uint8_t kind;               /* TY_STRUCT, TY_UNION or TY_ENUM */
    bool complete;
    bool packed;
    bool local;                 /* defined inside a function body */
    uint32_t depth;             /* scope depth of the declaration */
    uint32_t align;             /* attribute; 0 is natural */
    uint32_t pack;              /* #pragma pack; 0 is none */
    int64_t size, natural;      /* bytes and alignment; -1 unknown */
    struct atom *name;          /* NULL when anonymous */
    struct span toks;           /* `struct name { ... }`, the definition */
    VEC(struct member) members;
    const struct type *int_type;        /* TY_ENUM: compatible integer type */
    struct decl *named_by;      /* the first typedef of an anonymous tag */
    const char *spelled;        /* another way to write the type of an
                                   anonymous tag: __typeof__(x); or NULL */
    struct tag *outer;          /* the struct an anonymous tag stands in */
    struct atom *via;           /* that struct's member whose type it is, ... */
    uint32_t via_depth;         /* ... once indexed so many times */
    const char *emit_name;      /* the tag's name in the output when it was
                                   moved to file scope; else NULL */
};

/* Shared builtin types, made once per unit by types_init. */
struct types {
    struct arena *arena;
    const struct type *basic[TY_VA_LIST + 1];   /* by kind */
};

void types_init(struct types *t, struct arena *a);

/* The user writes __float128: so it is printed from now on, for clang knows no
 * other name. */
void types_gnu_float128(struct types *t);

/* Constructors. */
const struct type *type_basic(const struct types *t, enum type_kind k);
const struct type *type_ptr(struct types *t, const struct type *to);
const struct type *type_array(struct types *t, const struct type *of,
                              struct expr *size, int64_t count);
const struct type *type_func(struct types *t, const struct type *ret,
                             struct param *params, uint32_t n, bool has_proto,
                             bool variadic);
const struct type *type_tagged(struct types *t, struct tag *tag);
const struct type *type_derived(struct types *t, enum type_kind k,
                                const struct type *base);
const struct type *type_qualified(struct types *t, const struct type *ty,
                                  unsigned quals);      /* adds quals */
const struct type *type_unqual(struct types *t, const struct type *ty);
const struct type *type_aliased(struct types *t, const struct type *ty,
                                struct decl *alias);

/* A copy, the only way to make one, to change before anybody else sees it. */
struct type *type_copy(struct types *t, const struct type *ty);

/* Questions. */
bool type_is_integer(const struct type *ty);    /* enums and _Bool included */
bool type_is_real(const struct type *ty);
bool type_is_arith(const struct type *ty);      /* complex included */
bool type_is_scalar(const struct type *ty);     /* tasks included */
bool type_is_complete_object(const struct type *ty);
bool type_is_void(const struct type *ty);
bool type_is_async(const struct type *ty);      /* an async function type */

/* An async function, task or queue type, or made from one: a declaration
 * with this type is not what C would make of it. */
bool type_mentions_async(const struct type *ty);
bool type_is_const(const struct type *ty);      /* or an array of const */
bool type_is_aggregate(const struct type *ty);  /* struct, union, array */
bool type_compatible(const struct type *a, const struct type *b);

/* C11 6.3.1.1, 6.3.1.8, 6.3.2.1, 6.2.7. */
const struct type *type_promote(struct types *t, const struct type *ty);
const struct type *type_usual_arith(struct types *t, const struct type *a,
                                    const struct type *b);
const struct type *type_decay(struct types *t, const struct type *ty);
const struct type *type_composite(struct types *t, const struct type *a,
                                  const struct type *b);

/* Size and alignment in bytes on the LP64 model of the usual Unix targets;
 * -1 when unknown (VLA, incomplete). For reports, heuristics and constant
 * evaluation; the output itself only uses sizeof. */
int64_t type_sizeof(const struct type *ty);
int64_t type_alignof(const struct type *ty);

/* Places the members of a struct or union that is being completed: sets
 * their offsets, tag->size and tag->natural. */
void type_layout(struct tag *tag);

/* Width in bits of an integer type; 0 for others. _Bool has 1. */
unsigned type_width(const struct type *ty);
bool type_is_unsigned(const struct type *ty);   /* of an integer type */

/* The member named `name`, looking into anonymous members; NULL if none. */
const struct member *type_member(const struct type *ty,
                                 const struct atom *name);

/* Appends the C declaration of `name` ("" for a type name) with type `ty`:
 * `const char *r[3]`. Async functions print as their descriptors' pointers,
 * tasks as `struct aw_task *`. */
void type_print(struct buf *out, const struct type *ty, const char *name);

/* The same in the dialect's words, for messages: `async int (*)(int)`. */
void type_describe(struct buf *out, const struct type *ty, const char *name);

/* The same of a type without a name, as a string of the arena. */
const char *type_text(struct arena *a, const struct type *ty);

#endif
