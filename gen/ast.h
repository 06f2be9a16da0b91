/* SPDX-License-Identifier: MIT
 * The tree: declarations, and the bodies of functions that need us. Nodes
 * are tagged unions, common fields first; each knows the tokens it came from
 * (`at`), because code that is not changed is copied as written. Parsing
 * binds names and types every expression as it builds it (sema_expr.c);
 * passes after that build new nodes and never change these, but for the
 * fields marked `norm:`. */
#ifndef GEN_AST_H
#define GEN_AST_H

#include "gen/type.h"

struct stmt;

enum decl_kind {
    DECL_VAR,           /* objects, parameters included */
    DECL_FUNC,
    DECL_TYPEDEF,
    DECL_ENUMCONST,
    DECL_BUILTIN,       /* __func__, __builtin_xxx */
};

enum storage {
    ST_NONE, ST_EXTERN, ST_STATIC, ST_AUTO, ST_REGISTER, ST_TYPEDEF,
};

/* One declared name. Redeclarations at file scope share one object: its type
 * is the composite, `def` the definition. */
struct decl {
    uint8_t kind;               /* enum decl_kind */
    uint8_t storage;            /* enum storage, as first written */
    bool thread_local_;
    bool is_inline;
    bool noreturn;
    bool used;                  /* DECL_FUNC, async: in unit.uses */
    bool implicit;              /* called without a declaration */
    bool disputed;              /* async here, plain there: has been said */
    bool is_param;
    bool defined;               /* function with body, object not just extern */
    bool local;                 /* declared inside a function body */
    bool hidden;                /* a name in an inner scope hides it there:
                                   types are not printed by such a typedef,
                                   and an object cannot be saved there */
    bool addr_taken;            /* & applied, array used as pointer, bound, or
                                   named in asm: lives at one address */
    bool used_in_stmt_expr;     /* touched inside a GNU statement expression
                                   or nested function */
    uint32_t depth;             /* scope depth: 0 file, 1 parameters, ... */
    struct atom *name;
    const struct type *type;
    const struct type *named;   /* DECL_TYPEDEF: type_aliased(type), made
                                   once */
    struct span at;             /* the name token */
    struct span specs;          /* declaration specifiers, shared by the
                                   declarators of one declaration */
    struct span declarator;     /* with its attributes, without initialiser */
    struct span attrs;          /* attributes after the declarator; empty */
    struct expr *init;          /* DECL_VAR: initialiser, NULL without */
    int64_t value;              /* DECL_ENUMCONST, when known */
    bool has_value;
    struct expr *align;         /* _Alignas(expr) or aligned(expr); or NULL */
    const struct type *align_type;      /* _Alignas(type) */
    struct atom *cleanup;       /* __attribute__((cleanup(f))); or NULL */
    struct func *func;          /* DECL_FUNC: its definition, when parsed */
    const char *code_attrs, *desc_attrs;        /* DECL_FUNC, async: attributes
                                   of its code, of its descriptor; or NULL */
    struct tag *storage_tag;    /* DECL_FUNC: of aw_task_storage(it); or NULL */
    bool temp;                  /* made by norm: has no tokens */
    bool literal;               /* made by norm: a compound literal's place */
    bool boxed;                 /* norm: its type has sizes known at run time
                                   only, and it lives across an await: the
                                   frame has a pointer */
    bool framed;                /* norm: a size in such a type: the frame has
                                   it all the time */
    bool group;                 /* the name of an aw_group */
    struct decl *object;        /* norm: the object that a group's name points
                                   to */
    struct expr *coro;          /* made by norm: it is the storage of this
                                   coroutine; or NULL */
    uint32_t index;             /* in func.locals; dense */
    struct decl *shadowed;      /* scope.c: what this name hides */
    const char *emit;           /* how uses print when not by name; or NULL */
};

/* Whether d is an object of automatic storage; false for NULL. */
static inline bool decl_is_automatic(const struct decl *d)
{
    return d && d->kind == DECL_VAR && d->local && d->storage != ST_STATIC &&
           d->storage != ST_EXTERN && !d->thread_local_;
}

/* Whether d is declared inside statement s. */
static inline bool decl_is_inside(const struct decl *d, struct span s)
{
    return d->at.from >= s.from && d->at.from < s.to;
}

enum expr_kind {
    EX_ERROR,
    EX_IDENT,           /* decl */
    EX_NUM,             /* value when it is an integer */
    EX_CHAR, EX_STRING, /* adjacent literals are one node */
    EX_PAREN,           /* a */
    EX_UNARY,           /* op a: + - ! ~ * & ++ -- __real__ __imag__
                           __extension__ */
    EX_POSTFIX,         /* a op: ++ -- */
    EX_BINARY,          /* a op b, && and || among them */
    EX_ASSIGN,          /* a op b: = += ... */
    EX_COND,            /* a ? b : c; b NULL for a ?: c */
    EX_COMMA,           /* a, b */
    EX_CALL,            /* a(args) */
    EX_INDEX,           /* a[b] */
    EX_MEMBER,          /* a.name, a->name (op) */
    EX_CAST,            /* (of) a */
    EX_COMPOUND,        /* (of){init a} */
    EX_INIT,            /* { designation = x, ... }: args, parallel `inits` */
    EX_SIZEOF,          /* sizeof a, or sizeof(of); op says which operator:
                           TK_SIZEOF or TK_ALIGNOF */
    EX_GENERIC,         /* a selector; args: the results; chosen */
    EX_STMT_EXPR,       /* ({ block }) */
    EX_LABEL_ADDR,      /* &&label */
    EX_BUILTIN,         /* va_arg, offsetof, types_compatible_p,
                           choose_expr...: special syntax; args are the
                           expression operands, of the type operand */
    /* of the dialect; EX_CORO's type is TY_CORO */
    EX_AWAIT,           /* await a */
    EX_CORO,            /* aw_gather and its like: form, args */
    EX_FORM,            /* aw_create_task, aw_run, ...: form, args */
};

/* An element of a braced initialiser: what its designation says. */
struct init_elem {
    struct span designation;    /* `.a[3] =`, empty without */
    const struct type *type;    /* of the object it initialises */
    struct expr **subscripts;   /* expressions inside the designation */
    uint32_t nsubscripts;
};

struct expr {
    uint8_t kind;               /* enum expr_kind */
    uint8_t op;                 /* enum tok_kind of the operator */
    uint8_t form;               /* enum word of EX_CORO, EX_FORM */
    bool lvalue;
    bool dropped;               /* an EX_FORM that is a whole statement */
    bool bitfield;              /* a member that is a bit-field */
    bool has_await;             /* an await in it, itself included, or a jump
                                   in a statement expression; operands that
                                   are not evaluated do not count */
    bool effects;               /* evaluating it may change something: call,
                                   assignment, ++, volatile read, asm,
                                   statement expression, await */
    bool has_call;              /* a call or statement expression in it */
    bool constant;              /* an integer constant expression with value */
    bool each;                  /* a call that aw_gather_each makes */
    struct span at;
    const struct type *type;    /* before decay; see type_decay */
    int64_t value;              /* of a constant (two's complement) */
    struct expr *a, *b, *c;
    struct expr **args;
    uint32_t nargs;
    struct decl *decl;          /* EX_IDENT; of aw_gather_each: its index */
    struct atom *name;          /* EX_MEMBER, EX_LABEL_ADDR */
    const struct type *of;      /* EX_CAST, _COMPOUND, _SIZEOF, _BUILTIN */
    struct init_elem *inits;    /* EX_INIT, one for each of args */
    struct expr *chosen;        /* EX_GENERIC, __builtin_choose_expr */
    struct stmt *block;         /* EX_STMT_EXPR */
    struct decl *repl;          /* norm: printed as this temporary instead */
    struct decl *place;         /* norm: EX_COMPOUND: where it lives */
    bool addressed;             /* norm: needs an address as a temporary */
};

/* A coroutine argument `[lvalue =] coro` is an EX_ASSIGN whose b has type
 * TY_CORO, or the coroutine itself. */

enum stmt_kind {
    STMT_NULL,          /* ; or an attribute declaration */
    STMT_EXPR,          /* e; */
    STMT_DECL,          /* a declaration: decls, possibly none (a tag) */
    STMT_BLOCK,         /* { body } */
    STMT_IF,            /* if (e) s1 else s2 */
    STMT_WHILE,         /* while (e) s1 */
    STMT_DO,            /* do s1 while (e) */
    STMT_FOR,           /* for (init; e; e2) s1 */
    STMT_SWITCH,        /* switch (e) s1 */
    STMT_CASE,          /* case e: s1, case e ... e2: s1 */
    STMT_DEFAULT,       /* default: s1 */
    STMT_LABEL,         /* name: s1 */
    STMT_GOTO,          /* goto name */
    STMT_GOTO_PTR,      /* goto *e */
    STMT_BREAK, STMT_CONTINUE,
    STMT_RETURN,        /* return e; e NULL without */
    STMT_ASM,           /* asm: operands in args */
    STMT_LABEL_DECL,    /* __label__ a, b; */
    STMT_FUNC,          /* nested function definition (GNU): decl */
    STMT_STATIC_ASSERT,
    /* of the dialect */
    STMT_TRY,           /* try s1 clauses finally s2 */
    STMT_THROW,         /* throw e */
    STMT_DEFER,         /* defer s1 */
    STMT_YIELD,         /* yield e */
    STMT_GROUP,         /* aw_group (name, args) s1 */
    STMT_TIMEOUT,       /* aw_timeout_ms (e) s1 */
    STMT_AW_FOR,        /* aw_for (init, e) s1 */
};

struct catch_clause {
    struct span at;
    struct expr **codes;        /* catch (A, B) */
    uint32_t ncodes;
    struct decl *var;           /* catch (int e) */
    struct stmt *body;
};

struct stmt {
    uint8_t kind;               /* enum stmt_kind */
    bool has_await;             /* a suspension point in it, or a jump in a
                                   statement expression */
    bool has_return;            /* a return in it */
    bool has_label;             /* a label or case inside: enterable */
    bool taken;                 /* STMT_LABEL: its address is taken, by && or
                                   asm goto */
    struct span at;
    struct expr *e, *e2;
    struct stmt *init, *s1, *s2;
    struct stmt **body;
    uint32_t nbody;
    struct decl **decls;
    uint32_t ndecls;
    struct tag **tags;          /* STMT_DECL: tags defined in its specifiers */
    uint32_t ntags;
    struct atom *name;
    struct expr **args;
    uint32_t nargs;
    struct stmt **labels;       /* STMT_ASM: those it may go to; NULL for one
                                   that there is not */
    uint32_t nlabels;
    struct catch_clause *clauses;
    uint32_t nclauses;
    struct stmt *target;        /* break, continue, case: the statement they
                                   belong to; goto: the label or NULL */
};

/* `struct s` in a specifier; with the definition when that is there. */
struct tag_use {
    struct tag *tag;
    struct span at;
    bool alone;                 /* nothing follows: struct s; */
};

/* The name of a typedef whose type has a size known at run time only. */
struct vla_name {
    struct decl *d;
    struct span at;
};

/* What __label__ declares, from there to the end of the block. */
struct label_scope {
    struct atom *name;
    struct span at;
};

/* A label named at a token; `target` gets it. NULL: its address is taken. */
struct label_use {
    struct atom *name;
    tokidx at;
    struct stmt **target;
};

/* A function whose body was parsed: async, or plain with forms in it. */
struct func {
    struct decl *decl;
    bool async;
    bool direct;                /* suspend.c: never suspends, so awaiting it is
                                   a C call with its frame on the C stack */
    bool says_name;             /* __func__ or its like is used: awff_NAME */
    struct span at;             /* specifiers up to the closing brace */
    struct span head;           /* specifiers and declarator */
    tokidx name;                /* in the declarator; decl->at is where it was
                                   declared first */
    struct param *params;       /* with decls */
    uint32_t nparams;
    struct stmt *body;
    VEC(struct decl *) locals;  /* every object and name declared inside, in
                                   order; parameters first */
    VEC(struct tag *) tags;     /* tags defined inside, members' before */
    VEC(struct tag_use) tag_uses;       /* structs and unions of a block */
    VEC(struct vla_name) vla_names;     /* inside, where they are used */
    VEC(struct stmt *) labels;  /* every STMT_LABEL inside */
    VEC(struct label_scope) label_scopes;
    VEC(struct label_use) label_uses;
    VEC(struct expr *) idents;  /* every EX_IDENT inside, by token */
    VEC(struct expr *) forms;   /* every EX_FORM inside */
    struct arena tree;          /* unit_enter: the body and what is made of it;
                                   a nested function's is the outer one's */
    bool has_tree;
    struct func *older;         /* in unit.bodies */
    uint32_t index;             /* in unit.funcs */
    const char **fields;        /* lower: the frame's member by parameter */
    uint32_t cycle;             /* lower: the cycle of the call graph that it
                                   is on, or 0 */
    int64_t frame_size, frame_align;    /* frame: bytes as type_sizeof has
                                   them; 0 before, -1 unknown */
    uint32_t last_state;        /* frame: the highest that its frame stores,
                                   once frame_size is not 0 */
    struct decl *tail;          /* frame: the function that takes its frame
                                   over; or NULL */
    struct decl *largest;       /* frame: whose frame is the largest in its
                                   own; or NULL */
};

/* A replacement of the tokens [at.from, at.to) wherever they are copied. */
struct edit {
    struct span at;
    const char *text;
};

enum piece_kind {
    PIECE_PASS,         /* copied, edits applied */
    PIECE_FUNC,         /* func: a definition that needs us */
    PIECE_PROTO,        /* decl: declaration(s) of async functions */
};

/* The unit in order. Pieces tile the tokens: each begins where the one
 * before it ended. */
struct piece {
    uint8_t kind;               /* enum piece_kind */
    struct span at;
    struct func *func;
    struct decl **decls;        /* PIECE_PROTO: what it declares */
    uint32_t ndecls;
};

#endif
