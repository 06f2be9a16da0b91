/* SPDX-License-Identifier: MIT
 * The normal form of an async function's body: statements in which an await
 * stands alone, `await e;`, `x = await e;`, `return await e;`, and no other
 * expression contains one. C's sequencing has become the order of statements.
 *
 * Order of evaluation inside one full expression: calls, assignments,
 * increments and awaits happen left to right; objects that are only read,
 * and the address of an assignment's left side, are read last. So an operand
 * with effects that stands before an await moves into a temporary, a plain
 * read stays where it is. Expressions are the tree's own nodes; a node whose
 * `repl` is set is printed as that temporary. */
#ifndef GEN_NORM_H
#define GEN_NORM_H

#include "gen/unit.h"

enum nstmt_kind {
    N_EXPR,    /* e; */
    N_SET,     /* d = e, or d = value when e is NULL */
    N_AWAIT,   /* await coro, its result by `dest` */
    N_DECL,    /* declare d, initialised by e when not NULL */
    N_DECLS,   /* the N_DECLs in body, from one declaration orig */
    N_TAGS,    /* the tags that the declaration orig defines */
    N_RAW,     /* orig, copied: asm, static and extern declarations,
                  typedefs, tags, null statements */
    N_BLOCK,   /* { body } */
    N_IF,      /* if ([!] e) s1 else s2; s2 may be NULL */
    N_FOREVER, /* for (;;) s1 */
    N_WHILE,   /* while (e) s1 */
    N_DO,      /* do s1 while (e) */
    N_FOR,     /* for (init; e; e2) s1; init a N_BLOCK or NULL */
    N_SWITCH,  /* switch (e) s1 */
    N_CASE,    /* case or default label of orig, or a user's label */
    N_LABEL,   /* a label made here: name */
    N_GOTO,    /* goto a label made here: name */
    N_JUMP,    /* break, continue, goto, goto *e of orig */
    N_RETURN,  /* return e; e NULL without */
};

enum await_dest {
    DEST_NONE,   /* the result is not used, or void */
    DEST_DECL,   /* d = result (declared before) */
    DEST_EXPR,   /* e = result; e an lvalue without awaits and effects */
    DEST_RETURN, /* the function returns it */
};

struct nstmt {
    uint8_t kind;      /* enum nstmt_kind */
    uint8_t dest;      /* enum await_dest */
    bool negate;       /* N_IF: if (!(e)) */
    bool plain;        /* orig can be copied as written: nothing in it
                          was rewritten by norm and it has no return */
    bool has_await;    /* N_AWAIT in it */
    bool value;        /* N_SET without e */
    uint32_t state;    /* N_AWAIT: its suspension point, from 1 */
    struct span at;    /* for line numbers */
    struct stmt *orig; /* the statement it comes from, if one */
    struct decl *d;
    struct expr *e, *e2;
    struct expr *coro; /* N_AWAIT: the coroutine expression */
    struct nstmt *init, *s1, *s2;
    VEC(struct nstmt *) body;
    const char *name; /* N_LABEL, N_GOTO */
};

struct norm {
    struct func *func;
    struct nstmt *body;         /* a N_BLOCK */
    VEC(struct decl *) temps;   /* declared at the function's start */
    VEC(struct nstmt *) awaits; /* by state - 1 */
};

/* Brings the body of f into normal form. Constructs that later passes do
 * not take are diagnosed (D_not_supported); then the result must not be
 * used. */
struct norm *norm(struct unit *u, struct func *f);

/* Checks the boundary: every await is a N_AWAIT, states are dense, no
 * expression has an await that is not replaced. Aborts when not. */
void norm_verify(const struct unit *u, const struct norm *n);

/* --dump=norm */
void norm_dump(const struct unit *u, const struct norm *n, struct buf *out);

/* Whether evaluating e still has effects, given that its replaced parts are
 * temporaries now. */
bool norm_effects(const struct expr *e);

/* ---- shared by norm.c and norm_expr.c ---------------------------------- */

struct normer {
    struct unit *u;
    struct norm *n;
    struct nstmt *list; /* the N_BLOCK that statements join */
    struct span at;     /* the statement being rewritten */
    VEC(struct cont {
        struct stmt *loop;
        const char *label; /* set once a continue needed it */
    })
    conts;           /* rewritten loops around, innermost last */
    uint32_t labels; /* made so far */
};

/* A statement of `kind` at n->at, joined to n->list. */
struct nstmt *norm_emit(struct normer *n, enum nstmt_kind kind);

/* Statements into a new block until it is left again; returns the block, and
 * stores the one to go back to. */
struct nstmt *norm_enter(struct normer *n, struct nstmt **outer);

void norm_stmt(struct normer *n, struct stmt *s);

/* Makes e free of awaits by emitting what comes before it. */
void norm_expr(struct normer *n, struct expr *e);

/* Evaluates e for its effects only. */
void norm_discard(struct normer *n, struct expr *e);

/* Emits `dest = await e->a`; lhs for DEST_EXPR, d for DEST_DECL. */
void norm_await(struct normer *n, struct expr *e, enum await_dest dest,
                struct expr *lhs, struct decl *d);

/* The await that e is, parentheses aside; else NULL. */
struct expr *norm_as_await(struct expr *e);

#endif
