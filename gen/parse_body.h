/* SPDX-License-Identifier: MIT
 * What the files that read bodies (parse_expr.c, parse_stmt.c and their
 * like) share among themselves. */
#ifndef GEN_PARSE_BODY_H
#define GEN_PARSE_BODY_H

#include "gen/sema_expr.h"

/* ---- where words may stand (parse_body.c) ------------------------------ */

/* The body of an async function (of a generator); a nested function or the
 * file scope is none. */
bool body_is_async(const struct parser *p);
bool body_is_generator(const struct parser *p);

/* The token is this word, and may be it here. In a plain function that is
 * the reserved spelling, or the plain one undeclared and followed by what
 * cannot follow an identifier. */
bool body_at_word(const struct parser *p, enum word plain);

/* The word at token `at` stands outside an async function, or an await in an
 * operand that is not evaluated: reports it. */
void body_check_word(struct parser *p, tokidx at);
void body_check_await(struct parser *p, tokidx at);

/* A jump was read. Inside a statement expression of an async function it
 * counts as an await: the expression has to be taken apart. */
void body_jumps(struct parser *p);

/* ---- expressions -------------------------------------------------------- */

struct expr *parse_conditional(struct parser *p);
struct expr *parse_binary(struct parser *p, int least);
struct expr *parse_cast(struct parser *p);
struct expr *parse_unary(struct parser *p);
struct expr *parse_postfix(struct parser *p);

/* At the `{` behind "(" type-name ")": the literal with its postfix
 * operators. */
struct expr *parse_compound_literal(struct parser *p, tokidx from,
                                    const struct type *of);

/* `[ lvalue = ] coro` */
struct expr *parse_binding(struct parser *p);

/* A builtin whose arguments are no expressions; NULL when the identifier at
 * the position is none. (parse_special.c) */
struct expr *parse_builtin(struct parser *p);

/* An aw_ form; NULL when none begins here. (parse_form.c) */
struct expr *parse_form(struct parser *p);

/* ---- statements --------------------------------------------------------- */

struct stmt *parse_stmt(struct parser *p);

/* Where a statement began, and what had been seen by then. */
struct stmt_mark {
    tokidx from;
    uint32_t awaits, returns, labels;
};

struct stmt_mark stmt_mark(const struct parser *p);
struct stmt *stmt_new(struct parser *p, enum stmt_kind kind);

/* s is complete: its span and has_ flags cover what followed the mark. */
struct stmt *stmt_end(struct parser *p, struct stmt *s, struct stmt_mark m);

/* A statement in a scope of its own. */
struct stmt *parse_scoped_stmt(struct parser *p);

/* The body of loop s, which may be left and continued. */
struct stmt *parse_loop_body(struct parser *p, struct stmt *s);

/* asm [qualifiers] ( ... ) ;  (parse_asm.c) */
struct stmt *parse_asm(struct parser *p);

/* ---- labels (parse_label.c) --------------------------------------------- */

/* `__label__ name`, the name at token `at`. A block has label_open at its
 * start and label_close at its end, with what the former returned. */
void label_declare(struct parser *p, tokidx at);
uint32_t label_open(const struct parser *p);
void label_close(struct parser *p, uint32_t open);

/* STMT_LABEL s defines its name. */
void label_define(struct parser *p, struct stmt *s);

/* The name is used at the position: *target gets the label when the body has
 * been read; NULL when its address is taken. */
void label_use(struct parser *p, struct atom *name, struct stmt **target);

/* Fills the targets, and `taken` of the labels, of a body that was read. */
void label_resolve(struct func *f);

/* ---- the dialect --------------------------------------------------------- */

/* A statement of the dialect; NULL when none begins here. (parse_aw.c) */
struct stmt *parse_aw_stmt(struct parser *p);

#endif
