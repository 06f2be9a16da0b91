/* SPDX-License-Identifier: MIT */
#include "gen/operand.h"

/* The fields a, b, c that are evaluated, as a bit mask. */
static unsigned fixed_mask(const struct expr *e)
{
    switch (e->kind) {
    case EX_SIZEOF:
        /* the size of a variable length array is computed */
        return e->a && e->a->type && e->a->type->vla ? 1u : 0;
    case EX_GENERIC:
    case EX_LABEL_ADDR:
    case EX_STMT_EXPR: return 0;
    default: return (e->a ? 1u : 0) | (e->b ? 2u : 0) | (e->c ? 4u : 0);
    }
}

static bool has_args(const struct expr *e)
{
    return e->kind == EX_CALL || e->kind == EX_INIT || e->kind == EX_CORO ||
           e->kind == EX_FORM || (e->kind == EX_BUILTIN && !e->chosen);
}

uint32_t operand_count(const struct expr *e)
{
    unsigned m = fixed_mask(e);
    uint32_t n = (m & 1) + (m >> 1 & 1) + (m >> 2);

    if (e->chosen)
        return 1;
    return has_args(e) ? n + e->nargs : n;
}

struct expr *operand_at(const struct expr *e, uint32_t i)
{
    struct expr *fixed[3] = {e->a, e->b, e->c};
    unsigned m = fixed_mask(e);

    if (e->chosen)
        return e->chosen;
    for (unsigned k = 0; k < 3; k++) {
        if (!(m >> k & 1))
            continue;
        if (i == 0)
            return fixed[k];
        i--;
    }
    return e->args[i];
}

bool operand_is_lvalue(const struct expr *e, uint32_t i)
{
    if (i != 0)
        return false;
    switch (e->kind) {
    case EX_ASSIGN:
    case EX_POSTFIX: return true;
    case EX_UNARY: return e->op == TK_AMP || e->op == TK_INC || e->op == TK_DEC;
    case EX_MEMBER: return e->op == TK_DOT;
    case EX_PAREN: return e->lvalue;
    default: return false;
    }
}

struct expr *operand_strip(struct expr *e)
{
    while (e->kind == EX_PAREN ||
           (e->kind == EX_UNARY && e->op == TK_EXTENSION))
        e = e->a;
    return e;
}
