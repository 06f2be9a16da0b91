/* SPDX-License-Identifier: MIT
 * The children of tree nodes, in the order of their tokens, for passes that
 * treat most kinds alike. */
#ifndef GEN_WALK_H
#define GEN_WALK_H

#include "gen/ast.h"

typedef void expr_fn(void *ctx, struct expr *e);
typedef void stmt_fn(void *ctx, struct stmt *s);

/* Each operand of e: subscripts of designators among them, operands that are
 * not evaluated too. Not the statements of a statement expression. */
void walk_operands(const struct expr *e, expr_fn *fn, void *ctx);

/* Whether operand `part` of e is evaluated when e is. */
bool walk_evaluates(const struct expr *e, const struct expr *part);

/* Each expression that stands directly in s: initialisers, the sizes of
 * declared arrays, the codes of catch clauses among them. */
void walk_exprs(const struct stmt *s, expr_fn *fn, void *ctx);

/* Each statement directly inside s. */
void walk_stmts(const struct stmt *s, stmt_fn *fn, void *ctx);

/* Index of the first of n expressions, sorted by token, at or behind t. */
uint32_t walk_first_at(struct expr *const *v, uint32_t n, tokidx t);

#endif
