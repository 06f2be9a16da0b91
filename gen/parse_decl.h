/* SPDX-License-Identifier: MIT
 * What the files that read declarations share: specifiers, declarators,
 * attributes on their way into a struct decl. Nobody else includes it. */
#ifndef GEN_PARSE_DECL_H
#define GEN_PARSE_DECL_H

#include "gen/parse.h"

/* Attributes that mean something to us. */
struct attrs {
    struct expr *aligned;       /* argument; NULL without */
    const struct type *align_type;      /* _Alignas(type) */
    uint32_t align;             /* its value in bytes, when known; else 0 */
    int64_t vector_size;        /* bytes; 0 none, -1 unknown */
    uint8_t mode;               /* enum attr_mode */
    bool packed;
    bool noreturn;
    bool ctor;                  /* constructor or destructor */
    struct atom *cleanup;
};

enum attr_mode {
    MODE_NONE, MODE_QI, MODE_HI, MODE_SI, MODE_DI, MODE_TI, MODE_WORD,
    MODE_SF, MODE_DF, MODE_XF, MODE_TF, MODE_SC, MODE_DC, MODE_XC, MODE_TC,
};

/* Declaration specifiers. */
struct specs {
    const struct type *type;    /* int when none was written */
    struct span at;
    struct attrs attrs;
    uint8_t storage;            /* enum storage */
    uint8_t quals;
    bool thread_local_, is_inline, noreturn, auto_type;
    bool has_type;              /* a type specifier was written */
    bool async;                 /* async or async_generator */
    bool generator;
    tokidx async_at;
    uint32_t edit;              /* 1 + index in unit.edits: an aw_task(T) */
    VEC(struct tag *) tags;     /* defined here */
};

/* One step from a type to another: pointer to, array of, function returning.
 * A declarator is a list of them, the one next to the specifiers first. */
struct deriv {
    struct deriv *next;
    uint8_t kind;               /* TY_PTR, TY_ARRAY, TY_FUNC */
    uint8_t quals;              /* of the pointer; [const 3] in a parameter */
    bool has_proto, variadic;
    bool star;                  /* [*] */
    bool oldstyle;              /* f(a, b): names without types */
    struct span at;             /* its tokens */
    struct expr *size;
    struct param *params;
    uint32_t nparams;
    VEC(struct tag *) tags;     /* declared among the parameters */
};

struct declarator {
    struct atom *name;          /* NULL: abstract */
    tokidx name_at;             /* or where it would stand */
    struct span at;             /* without attributes after it */
    struct span attr_at;        /* attributes and asm after it */
    struct deriv *derivs;
    struct attrs attrs;
    const struct type *type;    /* set by declarator_type */
};

enum declarator_mode {
    DECLARATOR_NAMED,           /* a name must be there */
    DECLARATOR_ABSTRACT,        /* none may */
    DECLARATOR_PARAM,           /* either */
    DECLARATOR_MEMBER,          /* named, or a bit-field without */
};

/* parse_attr.c: zero or more attributes, added to *a. */
void parse_attributes(struct parser *p, struct attrs *a);
bool parse_at_attribute(const struct parser *p, uint32_t ahead);

/* The name without the underscores that may stand around it. */
struct str parse_attr_name(const struct atom *a);

const struct type *attrs_apply(struct parser *p, const struct type *ty,
                               const struct attrs *a, bool direct);

/* _Alignas ( type-name | constant-expression ) */
void parse_alignas(struct parser *p, struct attrs *a);

/* Both sets: `more` wins. */
void attrs_merge(struct attrs *a, const struct attrs *more);

/* What decl.value of a DECL_BUILTIN says that parse_builtins bound. */
enum { BUILTIN_QUALIFIER = 1 };

/* parse_builtin.c: names that the compilers know without a declaration. */
void parse_builtins(struct parser *p);

/* parse_spec.c */
unsigned parse_qualifiers(struct parser *p, struct attrs *a);
void parse_specs(struct parser *p, struct specs *s);

/* A keyword that is a declaration specifier. */
bool specs_keyword(enum tok_kind k);

/* The aw_task(T) of these specifiers stands before more than one plain
 * declarator: spell it so that this is no matter. */
void specs_edit_general(struct parser *p, const struct specs *s);

/* parse_pack.c */
uint32_t parse_pack_at(struct parser *p, tokidx at);

/* parse_tag.c: struct, union, enum specifiers. */
const struct type *parse_struct(struct parser *p, struct specs *s);
const struct type *parse_enum(struct parser *p, struct specs *s);

/* parse_declarator.c */
void parse_declarator(struct parser *p, struct declarator *d,
                      enum declarator_mode mode);

/* Attributes and asm labels behind a declarator. */
void parse_declarator_tail(struct parser *p, struct declarator *d);

/* The type of the declarator under these specifiers, into d->type; makes the
 * edits for async function pointers, reports misplaced async. */
void declarator_type(struct parser *p, const struct specs *s,
                     struct declarator *d);
const struct type *param_adjust(struct parser *p, const struct type *ty,
                                unsigned quals);

/* Makes the parameters read so far visible, for sizes that name them. */
void parse_bind_params(struct parser *p);
struct decl *param_decl(struct parser *p, struct param *prm);

/* parse_async.c: what `async` demands of a declaration, and the edits that
 * make C of the types it makes. */

/* The specifiers say async: is there a function for it to belong to? */
bool async_check_type(struct parser *p, const struct specs *s,
                      const struct declarator *d);

/* Behind token t, and what is in the brackets that it opens. */
tokidx async_behind(const struct parser *p, tokidx t, tokidx end);

/* parse_async_attr.c: the attributes of an async function's declaration go to
 * d, or are refused. */
void async_attributes(struct parser *p, struct decl *d, const struct specs *s,
                      const struct declarator *dr);

/* Rules for declaring an async function. */
void async_check_func(struct parser *p, const struct specs *s,
                      const struct declarator *d);

/* __attribute__((cleanup(f))): f is no async function. */
void async_check_cleanup(struct parser *p, const struct decl *d);

/* A later declaration may not change whether a function is async. */
bool async_same(struct parser *p, const struct decl *old,
                const struct type *type, struct span at);

/* `async int (*p)(int)` becomes `const struct aw_desc (*p)`. */
void async_edit(struct parser *p, const struct specs *s,
                const struct declarator *d);

/* The same for a parameter of async function type, which C is to see as the
 * pointer that it is. */
void async_edit_param(struct parser *p, const struct specs *s,
                      const struct declarator *d);

/* In the data `at` of file scope, an async function is its descriptor. */
void async_edit_names(struct parser *p, struct span at);

/* The same for the operand `at`, brackets included, of a typeof that yields
 * ty. */
void async_edit_typeof(struct parser *p, struct span at,
                       const struct type *ty);

/* Sorts unit.edits and drops those inside others. */
void async_edits_sort(struct parser *p);

/* parse_decl.c */

/* The declared name, typed and checked, not yet bound. */
struct decl *decl_finish(struct parser *p, const struct specs *s,
                         struct declarator *dr);
struct decl *decl_new(struct parser *p, const struct specs *s,
                      const struct declarator *d);

/* Declares d at file scope: merged with what is there. */
struct decl *declare_global(struct parser *p, struct decl *d);

/* An initialiser, at the token behind `=`; completes an array's type. */
void parse_decl_init(struct parser *p, struct decl *d);

/* parse_func.c: the definition whose head was read, at its `{` or at the
 * declarations of its old-style parameters. `head` is its first token. */
struct func *parse_definition(struct parser *p, struct decl *d,
                              const struct declarator *dr, tokidx head);
void parse_nested_function(struct parser *p, const struct specs *s,
                           struct declarator *dr, struct stmt *st,
                           tokidx from);

#endif
