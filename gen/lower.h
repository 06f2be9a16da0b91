/* SPDX-License-Identifier: MIT
 * From normal form and frame to code: the last pass that decides anything.
 * lower_unit.c orders the pieces, lower_func.c makes one function's frame
 * struct, tables and resume function, lower_stmt.c statements, lower_coro.c
 * awaits, lower_make.c coroutines, lower_block.c blocks with an object of the
 * runtime, lower_gen.c generators,
 * lower_expr.c the edits that turn user tokens into output, lower_form.c the
 * forms that plain functions may use, lower_type.c types that have to leave
 * the function. */
#ifndef GEN_LOWER_H
#define GEN_LOWER_H

#include "gen/coro.h"
#include "gen/frame.h"
#include "gen/out.h"

/* What the passes know of one async function. */
struct compiled {
    struct func *func;
    struct norm *norm;
    struct cfg *cfg;
    struct live *live;
    struct frame *frame;
    uint32_t piece; /* its struct and code go to this piece's place:
                       its own, or that of the last frame it embeds */
    bool defined;   /* its struct stands in the code so far */
    bool printed;   /* its tables and its descriptor do */
};

struct program {
    struct unit *u;
    VEC(struct compiled *) of; /* by func->index; plain ones have func only */
    uint32_t cycles;           /* found so far in the call graph */
};

/* Runs norm to frame over every async function of u. With errors the result
 * is good for dumps only. */
struct program *lower_prepare(struct unit *u);

/* One over which nothing has run yet. */
struct program *lower_program(struct unit *u);

struct lower_options {
    bool poison;          /* overwrite what is dead at each suspension */
    bool no_heap;         /* what takes memory at run time is an error */
    uint32_t frame_limit; /* bytes; a larger frame does not compile; 0: none */
    void (*flush)(void *ctx); /* a function is complete: prints the code, after
                                 which the function is forgotten; or NULL */
    void *ctx;
};

/* The unit as code, while it is read. lower_is_ready: whether what has been
 * read needs nothing that may still come (a callee's frame); then
 * lower_pieces appends it to the code. lower_end: the rest of it. The code is
 * good without errors only; some may be found here. `c` and `o` must stay. */
struct lower *lower_begin(struct program *p, struct code *c,
                          const struct lower_options *o);
bool lower_is_ready(struct lower *l);
void lower_pieces(struct lower *l);
void lower_end(struct lower *l);

/* The same at once, for a unit that has been read. */
void lower_unit(struct program *p, struct code *c,
                const struct lower_options *o);

/* ---- shared by the lower_*.c files ----------------------------------------
 */

struct lower {
    struct program *p;
    struct unit *u;
    struct code *c;            /* where code goes */
    struct code *helpers;      /* file scope, before the function in work */
    struct code *late;         /* file scope, at the end of the unit */
    const struct compiled *fn; /* NULL in a plain function */
    struct func *func;
    tokidx at;      /* user token that new lines belong to */
    bool own_lines; /* lower_line makes lines of the output's own:
                       inside helpers */
    bool in_each;     /* inside aw_gather_each: combinators are not held */
    const char *held; /* there: the list that combinators which are made
                         leave their children on; or NULL */
    uint32_t sites; /* helpers made, for their names */
    uint32_t moved; /* types of the function moved to file scope */
    bool left;      /* control goes to the place of lower_out */
    const struct lower_options *o;
    uint32_t next;    /* piece that is lowered next */
    uint32_t funcs;   /* so many functions are done with */
    uint32_t settled; /* so many were found to need nothing that may come */
    const struct decl *unsettled; /* what the next one needs, or NULL */
    VEC(struct decl *) visible; /* C locals declared in open blocks */
};

VEC_TYPE(edits, struct edit);

/* lower_expr.c: appends the edits for the tokens of `at`; e, when not NULL,
 * is the expression there, for its replaced parts. Sorted, disjoint. */
void lower_edits(struct lower *l, struct span at, const struct expr *e,
                 struct edits *to);

/* What a use of d prints as. */
const char *lower_name(const struct decl *d);

/* Emits the tokens of e (of a range) with their edits. */
void lower_expr(struct lower *l, const struct expr *e);
void lower_span(struct lower *l, struct span at);

/* Emits asm statement s, whose operands norm may have replaced. */
void lower_asm(struct lower *l, const struct stmt *s);

/* Emits e as the right side of an assignment: a comma has brackets there. */
void lower_value(struct lower *l, const struct expr *e);

/* The same as text on one line. */
const char *lower_text(struct lower *l, const struct expr *e);

/* A line of generated code that belongs to l->at; the start of one. */
void lower_start_line(struct lower *l);
void lower_line(struct lower *l, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Around the tokens of a value: `target = ` and `;`. A struct with const
 * members cannot be assigned to, so it is copied as bytes. */
void lower_set_begin(struct lower *l, const struct type *ty,
                     const char *target);
void lower_set_end(struct lower *l, const struct type *ty, const char *target);

/* `target = value;` of one type, where the two may overlap. */
void lower_move(struct lower *l, const struct type *ty, const char *target,
                const char *value);

/* `type name` as text; const dropped at the top (elements of arrays too). */
const char *lower_decl(struct lower *l, const struct type *ty,
                       const char *name);

/* The operator that takes the address of an object of type ty, for memcpy: that
 * the object is volatile is nothing to warn of. */
const char *lower_address(const struct type *ty);

/* The same for a member of a frame, which holds the address of what has sizes
 * of run time. */
const char *lower_member(struct lower *l, const struct type *ty,
                         const char *name);
const struct type *lower_mutable(struct unit *u, const struct type *ty);

/* lower_coro.c */
void lower_await(struct lower *l, const struct nstmt *s);

/* The parts of it that others use too. lower_wait: what follows a call whose
 * outcome is in awf_r, up to the resumption; `head`, its frame, a path in
 * ours, is linked when not NULL. lower_suspend: the rest of the block that
 * returns `status`, and the resumption. lower_wait_loop: the body of a while
 * that calls again once it is resumed, and its end. lower_pass_error: the
 * error in awf_r goes to what protects the await, or out. lower_error_if: so
 * it does when `test` is true. lower_no_memory: ENOMEM does when the pointer
 * `of` is NULL. */
void lower_wait(struct lower *l, const struct nstmt *s, const char *head);
void lower_suspend(struct lower *l, const struct nstmt *s, const char *status);
void lower_wait_loop(struct lower *l, const struct nstmt *s);
void lower_pass_error(struct lower *l, const struct protect *p);
void lower_error_if(struct lower *l, const struct protect *p, const char *test);
void lower_no_memory(struct lower *l, const struct protect *p, const char *of);

/* lower_hold.c: children that outlive their await. lower_leave ends the
 * function with `outcome`; lower_out is the place where it waits for them
 * first, behind the body. */
void lower_drain(struct lower *l, const struct nstmt *s);
void lower_leave(struct lower *l, const char *outcome);
void lower_out(struct lower *l);

/* lower_block.c: aw_timeout_ms, aw_group. */
void lower_block_begin(struct lower *l, const struct nstmt *s);
void lower_timeout_end(struct lower *l, const struct nstmt *s);
void lower_group_end(struct lower *l, const struct nstmt *s);

/* lower_gen.c: generators. */
void lower_yield(struct lower *l, const struct nstmt *s);
void lower_make(struct lower *l, const struct nstmt *s);
void lower_next(struct lower *l, const struct nstmt *s);
void lower_take(struct lower *l, const struct nstmt *s);
void lower_close(struct lower *l, const struct nstmt *s);
void lower_drop(struct lower *l, const struct nstmt *s);

/* lower_make.c: coroutines in storage. */

/* The kind of e in the function in work; in helpers, in none. */
enum coro_kind lower_kind(struct lower *l, struct expr *e,
                          enum coro_place place);

/* Code that makes coroutine e in the storage `path` (an lvalue text). `args`
 * are texts for its operands in order, or NULL to emit the operands. */
struct operand_texts {
    const char **v;
    uint32_t next;
};
void lower_coro_init(struct lower *l, struct expr *e, const char *path,
                     enum coro_place place, struct operand_texts *args);

/* `target = e;` where target is of type ty, on the line of e. */
void lower_operand(struct lower *l, const char *target, const struct type *ty,
                   struct expr *e, struct operand_texts *args);

/* Writes the arguments of a call into its frame `path`. */
void lower_args(struct lower *l, struct expr *e, const char *path,
                struct operand_texts *args);

/* The call e in its frame `path`, which may stand over what its arguments are
 * read from. */
void lower_staged(struct lower *l, struct expr *e, const char *path,
                  const struct frame_stage *stage);

/* The descriptor for coroutine c as a child whose result goes to an object of
 * type `to` (NULL: nowhere): one with a store of its own when the types
 * differ. The same for a task in memory of its own, where c stands in the
 * member f of struct `task`. */
const char *lower_child_desc(struct lower *l, struct expr *c,
                             const struct type *to);
const char *lower_task_desc(struct lower *l, struct expr *c,
                            const struct type *to, const char *task);

/* The frame header, descriptor and resume function of coroutine e there. */
const char *lower_coro_head(struct lower *l, struct expr *e, const char *path);
const char *lower_coro_desc(struct lower *l, struct expr *e);
const char *lower_coro_resume(struct lower *l, struct expr *e);

/* The declaration of its storage, a member or object `name`. */
void lower_storage(struct lower *l, struct expr *e, enum coro_place place,
                   const char *name);

/* A value of type ty read at `where`, the text of a call that gives its address
 * up to its last argument, the alignment. */
const char *lower_read(struct lower *l, const struct type *ty,
                       const char *where);

/* Its result there, once it has ended well. */
const char *lower_coro_result(struct lower *l, struct expr *e, const char *path,
                              enum coro_place place);

/* lower_box.c: `what` at `at` takes memory at run time; an error where that is
 * not allowed, which says what to write `instead`. */
void lower_takes_memory(struct lower *l, struct span at, const char *what,
                        const char *instead);

/* Boxed calls: the descriptor; the struct that arguments and
 * result are written through, the function's own or its beginning, which the
 * prototype tells; writing the arguments to `frame`; a frame apart for call e
 * in the pointer `member`, or the error that there is no memory; the same as a
 * child, an awi_boxed, without whose memory the arguments are not evaluated. */
const char *lower_callee(struct lower *l, struct expr *e,
                         struct operand_texts *args);
const char *lower_box_type(struct lower *l, struct expr *e);
void lower_box_args(struct lower *l, struct expr *e, const char *type,
                    const char *frame, struct operand_texts *args);
void lower_make_box(struct lower *l, struct expr *e, const char *member,
                    const char *type, const struct protect *p);
void lower_init_boxed(struct lower *l, struct expr *e, const char *path,
                      struct operand_texts *args);

/* lower_form.c: what an EX_FORM prints as. */
const char *lower_form(struct lower *l, struct expr *e);

/* lower_type.c: defines at file scope what the frame of l->fn and its
 * temporaries need of the types that the function defines. */
void lower_move_types(struct lower *l);

/* Enums inside a moved type in `at`: their constants stay where they are. */
void lower_enums(struct lower *l, struct span at);

/* lower_poison.c: nothing without l->poison. lower_poison_begin: before a
 * function's code. lower_declared: a C local is visible from here on.
 * lower_poison_frame: overwrites what the frame does not need at `state`, 0
 * at the start. lower_poison_locals: what C locals do not have after it. */
void lower_poison_begin(struct lower *l);
void lower_declared(struct lower *l, struct decl *d);
void lower_poison_frame(struct lower *l, uint32_t state);
void lower_poison_locals(struct lower *l, uint32_t state);

/* lower_plan.c. lower_norm: norm for the functions of the unit that have not
 * been there, and the cycles among them. lower_frame: the passes up to frame.
 * lower_plan: where to put those from function `first` and piece `from` on. */
VEC_TYPE(compileds, struct compiled *);

struct plan {
    uint32_t from;
    struct compileds *structs; /* by piece - from: frames, callees first */
    struct compileds *funcs;   /* by piece - from: in the order of the input */
};

void lower_norm(struct program *p);
void lower_frame(struct program *p, struct compiled *c);
struct plan lower_plan(struct program *p, uint32_t from, uint32_t first);

/* lower_stmt.c */
void lower_body(struct lower *l, const struct nstmt *body);

/* lower_func.c */
void lower_struct(struct lower *l, const struct compiled *fn);
void lower_func(struct lower *l, const struct compiled *fn);
void lower_prototype(struct lower *l, const struct decl *d);

#endif
