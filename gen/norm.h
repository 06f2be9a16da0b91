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
    N_EXPR,     /* e; */
    N_SET,      /* d = e, d = src, or d = value when both are NULL */
    N_AWAIT,    /* await coro, its result by `dest` */
    N_DECL,     /* declare d, initialised by e when not NULL */
    N_DECLS,    /* the N_DECLs in body, from one declaration orig */
    N_TAGS,     /* the tags that the declaration orig defines */
    N_RAW,      /* orig, copied: asm, static and extern declarations,
                   typedefs, tags, null statements */
    N_BLOCK,    /* { body } */
    N_IF,       /* if (test) s1 else s2; s2 may be NULL */
    N_FOREVER,  /* for (;;) s1 */
    N_WHILE,    /* while (e) s1 */
    N_DO,       /* do s1 while (e) */
    N_FOR,      /* for (init; e; e2) s1; init a N_BLOCK or NULL */
    N_SWITCH,   /* switch (e) s1 */
    N_CASE,     /* case or default label of orig, or a user's label */
    N_LABEL,    /* a label made here: name */
    N_GOTO,     /* goto a label made here: name */
    N_JUMP,     /* break, continue, goto, goto *e of orig */
    N_RETURN,   /* return e; e NULL when the result is stored, or void */
    N_RESULT,   /* stores e as the function's result */
    N_FAIL,     /* the function ends with the error in d */
    N_CHECK,    /* d is thrown: abort when it is 0 */
    N_THROWN,   /* the trail of the error in d begins here */
    N_ASIDE,    /* the error in d is handled, or waits for a cleanup: the
                   trail of region `value` is put aside */
    N_AGAIN,    /* it is thrown again: that trail goes on */
    N_MARKS,    /* d = marks of the cancellation in src, put aside */
    N_UNMARK,   /* the marks d are back; with src, when that is cancellation */
    N_CLEANUP,  /* calls the cleanup function of d */
    N_MAKE,     /* makes the coroutine d->coro in the object d; or, boxed,
                   takes the memory of array d */
    N_TAKE,     /* d = what the generator in src has yielded */
    N_DROP,     /* the generator in d has ended; or the life of array d */
    N_TIMEOUT,  /* begins the timeout block of object d, of e milliseconds */
    N_TIMEOUT_END, /* ends that of src: the error in d becomes that of the
                      block */
    N_GROUP,    /* begins the group of object d; e its limit or NULL */
    N_NOP,
};

enum if_test {
    TEST_EXPR,  /* e, negated when `negate` */
    TEST_SET,   /* d != 0 */
    TEST_ERROR, /* d != 0 and no cancellation */
    TEST_CODES, /* d is one of codes */
    TEST_VALUE, /* d == value */
};

enum await_dest {
    DEST_NONE,   /* the result is not used, or void */
    DEST_DECL,   /* d = result (declared before) */
    DEST_EXPR,   /* e = result; e an lvalue without awaits and effects */
    DEST_RETURN, /* it is the function's result */
};

enum await_op {
    AWAIT_CORO,  /* the coroutine `coro` */
    AWAIT_YIELD, /* yield: back to the consumer, with the value in the result */
    AWAIT_NEXT,  /* runs the generator in src on; d: whether it yielded */
    AWAIT_CLOSE, /* ends the generator in src, which stands at a yield */
    AWAIT_GROUP, /* ends the group of object src, as N_TIMEOUT_END does */
    AWAIT_DRAIN, /* the end of the children held in the storage of `of`, of all
                    when NULL; an error replaces the one in d, if there is d */
};

/* A way out of a protected region that its cleanup has to come before. */
struct way_out {
    enum stmt_kind kind; /* STMT_RETURN, or that of `s` */
    struct stmt *s;      /* break, continue, goto; NULL for return */
};

struct nstmt;

/* What protects the code being rewritten: the clauses of a try, or a cleanup
 * (finally, defer). Errors go to `label` with the error in `error`; other
 * ways out go there with error 0 and their number in `exit`. */
struct protect {
    struct protect *outer;
    struct span at; /* the protected tokens */
    bool cleanup;
    bool reached; /* an error can get to the label */
    bool ended;   /* the body has no end: control gets there by that only */
    bool aside;   /* the cleanup may throw: the trail is put aside */
    uint32_t region; /* a number of its own, of that trail */
    struct decl *error, *exit;
    struct decl *marks; /* of a cancellation, aside during the cleanup */
    const struct stmt *loop; /* an aw_for: its break is no way out */
    const char *label;
    VEC(struct way_out) ways;
    VEC(struct nstmt *) sets; /* of exit: dropped when there are no ways */
};

struct nstmt {
    uint8_t kind;      /* enum nstmt_kind */
    uint8_t dest;      /* enum await_dest */
    uint8_t test;      /* N_IF: enum if_test */
    uint8_t op;        /* N_AWAIT: enum await_op */
    bool negate;       /* TEST_EXPR: if (!(e)) */
    bool plain;        /* orig can be copied as written: nothing in it
                          was rewritten by norm and it has no return */
    bool has_await;    /* N_AWAIT in it */
    bool kept;         /* N_AWAIT: children may be held in its storage while
                          the function goes on */
    uint32_t value;    /* N_SET, TEST_VALUE, N_ASIDE, N_AGAIN */
    uint32_t state;    /* N_AWAIT: its suspension point, from 1; 0 when what
                          is awaited never suspends */
    struct span at;    /* for line numbers */
    struct stmt *orig; /* the statement it comes from, if one */
    struct decl *d;
    struct decl *src;
    struct expr *e, *e2;
    struct expr *coro;       /* N_AWAIT: the coroutine expression; NULL for
                                yield */
    struct nstmt *of;        /* AWAIT_DRAIN */
    struct protect *protect; /* N_AWAIT: where its error goes; NULL: out of
                                the function */
    struct expr **codes;
    uint32_t ncodes;
    struct nstmt *init, *s1, *s2;
    VEC(struct nstmt *) body;
    const char *name; /* N_LABEL, N_GOTO */
};

struct norm {
    struct func *func;
    struct nstmt *body;         /* a N_BLOCK */
    bool holds;                 /* an await may leave children behind */
    uint32_t keeps;             /* so many of them while it goes on */
    VEC(struct decl *) temps;   /* declared at the function's start */
    VEC(struct expr *) literals; /* compound literals with a place */
    VEC(struct decl *) objects; /* made by norm, declared by an N_DECL */
    VEC(struct nstmt *) awaits; /* by state - 1 */
    VEC(struct nstmt *) calls;  /* awaits that never suspend: state 0 */
};

/* Brings the body of f into normal form. Constructs that later passes do
 * not take are diagnosed; then the result must not be
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

/* Whether the body of f names d. */
bool norm_uses(const struct func *f, const struct decl *d);

/* ---- shared by the norm*.c files ---------------------------------- */

struct normer {
    struct unit *u;
    struct norm *n;
    struct nstmt *list;      /* the N_BLOCK that statements join */
    struct protect *protect; /* innermost, or NULL */
    const struct decl *caught; /* variable of the clause around, or NULL */
    uint32_t clause;         /* region of that clause */
    uint32_t risks;          /* throws and awaits so far */
    struct span at;          /* the statement being rewritten */
    struct stmt *valued;     /* the block of a statement expression whose last
                                statement gives the value of `value` */
    struct decl *value;
    VEC(struct cont {
        struct stmt *loop;
        const char *label; /* set once a continue needed it */
    })
    conts;           /* rewritten loops around, innermost last */
    uint32_t loops;  /* around the statement being rewritten */
    bool jumps;      /* the function has a goto */
    uint32_t labels; /* made so far */
    uint32_t temps;  /* likewise */
    VEC(struct kept_size {
        const struct expr *size;
        const char *text;
    })
    sizes; /* of norm_vla.c: those that the frame has */
};

/* A statement of `kind` at n->at, joined to n->list. */
struct nstmt *norm_emit(struct normer *n, enum nstmt_kind kind);

/* Statements into a new block until it is left again; returns the block, and
 * stores the one to go back to. */
struct nstmt *norm_enter(struct normer *n, struct nstmt **outer);

/* Leaves `block` for `outer`, which it joins. */
void norm_join(struct normer *n, struct nstmt *outer, struct nstmt *block);

/* d = e; d = value */
void norm_set(struct normer *n, struct decl *d, struct expr *e);
void norm_set_value(struct normer *n, struct decl *d, uint32_t value);

void norm_stmt(struct normer *n, struct stmt *s);

/* The last statement of ({ ... }): its value into d. */
void norm_last(struct normer *n, struct stmt *s, struct decl *d);

/* s as the body of a statement: a block, braces or not. */
struct nstmt *norm_body(struct normer *n, struct stmt *s);

/* The same as a statement of its own, which joins n->list. */
struct nstmt *norm_nested(struct normer *n, struct stmt *s);

/* The statements of block b from index i on; a defer takes the rest. */
void norm_stmts(struct normer *n, struct stmt *b, uint32_t i);

/* A temporary of that type; the second one is named after what it is for. */
struct decl *norm_temp(struct normer *n, const struct type *type);
struct decl *norm_named(struct normer *n, const struct type *type,
                        const char *what, uint32_t number);

/* An object that no user declared, awf_WHAT and the number. norm_object.c's is
 * declared here, and has an address. */
struct decl *norm_unnamed(struct normer *n, const struct type *type,
                          const char *what, uint32_t number);
struct decl *norm_object(struct normer *n, const struct type *type,
                         const char *what);

/* norm_gen.c: generators. */
void norm_aw_for(struct normer *n, struct stmt *s);
void norm_yield(struct normer *n, struct stmt *s);

/* norm_vla.c: arrays of variable length, and pointers to them, that live
 * across an await. norm_vla_declares: whether declaration s has some.
 * norm_vla_starts: whether the declaration block->body[i]
 * has some; they are marked. norm_vla_apart: it has some that do not live so
 * long, while the block awaits before; they and the rest of the block stand in
 * a block of their own. norm_vla_sizes evaluates the sizes in the type of one
 * of the marked, norm_vla_memory takes the memory of an array;
 * norm_vla_params: the sizes in the types of the parameters. */
bool norm_vla_declares(const struct stmt *s);
bool norm_vla_starts(struct normer *n, const struct stmt *block, uint32_t i);
bool norm_vla_apart(const struct stmt *block, uint32_t i);
void norm_vla_sizes(struct normer *n, struct decl *d);
void norm_vla_memory(struct normer *n, struct decl *d);
void norm_vla_params(struct normer *n);
/* norm_block.c: aw_timeout_ms, aw_group. */
void norm_timeout(struct normer *n, struct stmt *s);
void norm_group(struct normer *n, struct stmt *s);

/* norm_try.c: the statements of errors and cleanup. */
void norm_try(struct normer *n, struct stmt *s);
void norm_throw(struct normer *n, struct stmt *s);
void norm_defer(struct normer *n, struct stmt *block, uint32_t i);

/* Whether s declares an object whose scope ends with an action, attribute
 * cleanup or the end of a boxed array: a defer of its own.
 * norm_cleanup takes its declarators from k on and the rest of the block. */
bool norm_has_cleanup(const struct stmt *s);
void norm_cleanup(struct normer *n, struct stmt *block, uint32_t i, uint32_t k);
void norm_decl(struct normer *n, struct decl *d);

/* A protected region: `protect` is the innermost until norm_close, which goes
 * behind its body. With `cleanup`, the cleanup follows and then
 * norm_dispatch: what was pending goes on. */
struct protect *norm_protect(struct normer *n, struct span at, bool cleanup);
void norm_close(struct normer *n, struct protect *p, const struct nstmt *body);
void norm_dispatch(struct normer *n, struct protect *p);

/* The cleanup of p, between norm_close and norm_dispatch: `body` is emitted
 * between these two. What belongs to the pending error is aside meanwhile, and
 * an error of the cleanup, at `at`, replaces it. */
struct cleanup {
    struct protect *p, *own;
    struct nstmt *aside[2]; /* what puts aside the trail and the marks */
    uint32_t risks;
};
void norm_cleanup_begin(struct normer *n, struct protect *p, struct span at,
                        struct cleanup *c);
void norm_cleanup_end(struct normer *n, struct cleanup *c,
                      const struct nstmt *body);

/* An if that tests d; statements go into it until n->list is set back to
 * *outer. */
struct nstmt *norm_test(struct normer *n, enum if_test test, struct decl *d,
                        struct nstmt **outer);

/* Leaves the function or goes where s says, through every cleanup on the
 * way; `jump` emits the jump itself. */
void norm_leave(struct normer *n, enum stmt_kind kind, struct stmt *s);

/* Emits the jump of s itself: norm.c. */
void norm_jump(struct normer *n, enum stmt_kind kind, struct stmt *s);

/* Gives the nameless objects in the expressions of s a place. */
void norm_objects(struct normer *n, struct stmt *s);

/* The label or case that s begins with, without its statement. */
void norm_label(struct normer *n, struct stmt *s);

/* Makes e free of awaits by emitting what comes before it. */
void norm_expr(struct normer *n, struct expr *e);

/* Frees the operands of asm statement s of awaits. */
void norm_asm_operands(struct normer *n, struct stmt *s);

/* Evaluates e for its effects only. */
void norm_discard(struct normer *n, struct expr *e);

/* A statement that may fail: its error goes to the innermost protection. */
struct nstmt *norm_failing(struct normer *n, enum nstmt_kind kind);

/* A suspension point; its error goes to the innermost protection. */
struct nstmt *norm_suspend(struct normer *n, enum await_op op);

/* norm_hold.c: the await of a coroutine e that may leave children behind; when
 * it can be reached again, it first waits for those. */
struct nstmt *norm_hold(struct normer *n, struct expr *e);

/* Children that are held may have a pointer into memory that goes now. */
void norm_wait_for_held(struct normer *n, struct protect *p);

/* When `block`, before which there were so many `awaits`, can be entered again
 * while children left by one of its own have pointers to its objects, it is
 * entered when they have ended: they are awaited at `place` of `list`. */
void norm_block_again(struct normer *n, struct nstmt *block, uint32_t awaits,
                      struct nstmt *list, uint32_t place);

/* Evaluates the operands of coroutine e as far as they await. */
void norm_coro(struct normer *n, struct expr *e);

/* Emits `dest = await e->a`; lhs for DEST_EXPR, d for DEST_DECL. */
void norm_await(struct normer *n, struct expr *e, enum await_dest dest,
                struct expr *lhs, struct decl *d);

/* The await that e is, parentheses aside; else NULL. */
struct expr *norm_as_await(struct expr *e);

#endif
