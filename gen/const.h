/* SPDX-License-Identifier: MIT
 * Integer constant expressions. A value that depends on what only the C
 * compiler knows stays unknown; nothing here reports errors. */
#ifndef GEN_CONST_H
#define GEN_CONST_H

#include "gen/ast.h"

/* Sets e->constant and e->value from its operands. Call it on a node once
 * its type and its operands, folded before, are in place. */
void const_fold(struct expr *e);

/* e has the form of an integer constant expression, whether or not its value
 * is known: an array with this size is no VLA. */
bool const_form(const struct expr *e);

/* v as a value of integer type ty: wrapped or sign-extended to its width. */
int64_t const_wrap(const struct type *ty, int64_t v);

#endif
