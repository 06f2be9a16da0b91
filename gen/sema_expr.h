/* SPDX-License-Identifier: MIT
 * Typing. Each function makes the node of one production from its parts:
 * type, lvalue-ness, flags and constant value are in place when it returns.
 * Nodes end at the parser's position. What C leaves to its own compiler
 * (a lossy conversion, a wrong argument of a plain call) is not looked at;
 * what leaves an expression without a type is an error. An operand of type
 * TY_ERROR makes the result TY_ERROR and is never reported again; so is a
 * coroutine (TY_CORO), which sema.c reports where nothing consumes it. */
#ifndef GEN_SEMA_EXPR_H
#define GEN_SEMA_EXPR_H

#include "gen/parse.h"

/* ---- nodes and questions (sema_node.c) --------------------------------- */

/* A node of TY_ERROR over the tokens since `from`. */
struct expr *expr_new(struct parser *p, enum expr_kind kind, tokidx from);

/* e evaluates `part`: takes over its flags. NULL is fine. */
void expr_take(struct expr *e, const struct expr *part);

/* e without parentheses and __extension__. */
const struct expr *expr_strip(const struct expr *e);

/* The type of the value of e: decayed, unqualified, bit-fields promoted. A
 * temporary of this type may stand for e wherever its value is used. TY_VOID
 * and TY_CORO stay. */
const struct type *expr_value_type(struct types *t, const struct expr *e);

/* The object that the lvalue e is a part of: its declaration; NULL when it
 * is reached through a pointer or has no name. */
struct decl *expr_base_decl(const struct expr *e);

/* Marks the declaration of expr_base_decl, if any, as addr_taken. */
void expr_mark_address(struct parser *p, const struct expr *e);

/* e is not read, only written or its address taken: a volatile object named
 * by e itself is no side effect. */
void expr_not_read(struct expr *e);

bool expr_is_null_constant(const struct expr *e);

/* An lvalue that may be assigned to. */
bool expr_is_modifiable(const struct expr *e);

/* e has no type and nobody needs to hear of it again. */
bool expr_is_wrong(const struct expr *e);

/* The async function that the call e names, or NULL. */
struct decl *expr_callee(const struct expr *e);

/* Reports that e (or an operand) has no type, as printf; returns TY_ERROR. */
const struct type *expr_untyped(struct parser *p, struct span at,
                                const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Reports that e is no real number, where a form wants one. */
void expr_need_number(struct parser *p, const struct expr *e);

/* ---- literals (sema_literal.c) ----------------------------------------- */

struct expr *expr_number(struct parser *p, tokidx tok);
struct expr *expr_char(struct parser *p, tokidx tok);

/* The adjacent string literals [from, position). */
struct expr *expr_string(struct parser *p, tokidx from);

/* ---- operators (sema_expr.c, sema_binary.c) ---------------------------- */

struct expr *expr_ident(struct parser *p, tokidx tok);
struct expr *expr_paren(struct parser *p, tokidx from, struct expr *a);
struct expr *expr_unary(struct parser *p, tokidx from, enum tok_kind op,
                        struct expr *a);
struct expr *expr_postfix(struct parser *p, enum tok_kind op, struct expr *a);
struct expr *expr_binary(struct parser *p, enum tok_kind op, struct expr *a,
                         struct expr *b);
struct expr *expr_assign(struct parser *p, enum tok_kind op, struct expr *a,
                         struct expr *b);
struct expr *expr_cond(struct parser *p, struct expr *a, struct expr *b,
                       struct expr *c);
struct expr *expr_comma(struct parser *p, struct expr *a, struct expr *b);
struct expr *expr_index(struct parser *p, struct expr *a, struct expr *b);
struct expr *expr_member(struct parser *p, enum tok_kind op, struct expr *a,
                         struct atom *name);
struct expr *expr_cast(struct parser *p, tokidx from, const struct type *of,
                       struct expr *a);
struct expr *expr_compound(struct parser *p, tokidx from,
                           const struct type *of, struct expr *init);
struct expr *expr_sizeof(struct parser *p, tokidx from, enum tok_kind op,
                         const struct type *of, struct expr *a);
struct expr *expr_stmt_expr(struct parser *p, tokidx from,
                            struct stmt *block);
struct expr *expr_label_addr(struct parser *p, tokidx from,
                             struct atom *name);

/* The type of `op` applied to these operands, without a node. */
const struct type *expr_binary_type(struct parser *p, struct span at,
                                    enum tok_kind op, const struct expr *a,
                                    const struct expr *b);

/* What comparing vectors of type v yields: a vector of integers as wide. */
const struct type *expr_vector_mask(struct parser *p, const struct type *v);

/* ---- calls and conversions (sema_call.c) ------------------------------- */

struct expr *expr_call(struct parser *p, struct expr *a, struct expr **args,
                       uint32_t nargs);

/* e is converted to type `to` as by assignment (or by a cast): reports what
 * the output could no longer show, a mix of sync and async functions or of
 * tasks with different results. */
void expr_check_convert(struct parser *p, const struct type *to,
                        const struct expr *e, bool cast);

/* e is written: reports const objects. */
void expr_check_write(struct parser *p, const struct expr *e);

/* The result type of a call of builtin `name` (`__builtin_xxx`, `__sync_`,
 * `__atomic_`); NULL when it is none of those we know. (sema_builtin.c) */
const struct type *builtin_type(struct parser *p, const struct atom *name,
                                struct expr **args, uint32_t nargs);

/* ---- the dialect (sema_coro.c) ----------------------------------------- */

/* What `await e` yields: the base of a coroutine or task; NULL when e is
 * neither. */
const struct type *coro_result(const struct expr *e);

/* e calls a generator: only aw_for may consume it. */
bool coro_is_generator(struct types *t, const struct expr *e);

struct expr *expr_await(struct parser *p, tokidx from, struct expr *a);

/* `lvalue = coro`: a coroutine that stores its result. */
struct expr *expr_binding(struct parser *p, struct expr *lhs,
                          struct expr *coro);

/* A form with its arguments parsed: EX_CORO or EX_FORM. */
struct expr *expr_form(struct parser *p, tokidx from, enum word form,
                       struct expr **args, uint32_t nargs);

/* aw_gather_each with its index; args are the count and the binding. */
struct expr *expr_each(struct parser *p, tokidx from, struct decl *index,
                       struct expr **args);

#endif
