/* SPDX-License-Identifier: MIT
 * The evaluated operands of an expression, in source order, so that passes
 * that treat most kinds alike need no switch of their own. */
#ifndef GEN_OPERAND_H
#define GEN_OPERAND_H

#include "gen/ast.h"

/* How many operands of e are evaluated: none for sizeof, only the chosen
 * one for _Generic. Bodies of statement expressions are not operands. */
uint32_t operand_count(const struct expr *e);

/* Operand i < operand_count(e). */
struct expr *operand_at(const struct expr *e, uint32_t i);

/* Whether e needs operand i as an lvalue (does not read it). */
bool operand_is_lvalue(const struct expr *e, uint32_t i);

/* e without the parentheses and __extension__ around it. */
struct expr *operand_strip(struct expr *e);

#endif
