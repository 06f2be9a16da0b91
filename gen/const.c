/* SPDX-License-Identifier: MIT
 * Folding, one level at a time: operands are folded before their node. What
 * C leaves undefined (overflow, shifts out of range, division by zero) and
 * 128-bit values have no known value here. */
#include "gen/const.h"

#include "gen/token.h"

int64_t const_wrap(const struct type *ty, int64_t v)
{
    if (ty->kind == TY_BOOL)
        return v != 0;
    unsigned w = type_width(ty);
    if (w == 0 || w >= 64)
        return v;
    uint64_t mask = (UINT64_C(1) << w) - 1;
    uint64_t low = (uint64_t)v & mask;
    bool negative = !type_is_unsigned(ty) && (low >> (w - 1) & 1);
    return (int64_t)(negative ? low | ~mask : low);
}

static void set(struct expr *e, int64_t v)
{
    e->constant = true;
    e->value = const_wrap(e->type, v);
}

static bool fits(const struct type *ty, int64_t v)
{
    return const_wrap(ty, v) == v;
}

/* Results of signed arithmetic that do not fit are undefined. */
static void set_signed(struct expr *e, bool overflow, int64_t v)
{
    if (!overflow && fits(e->type, v))
        set(e, v);
}

static void fold_division(struct expr *e, int64_t a, int64_t b)
{
    if (b == 0 || (a == INT64_MIN && b == -1))
        return;
    set_signed(e, false, e->op == TK_SLASH ? a / b : a % b);
}

static void fold_signed(struct expr *e, int64_t a, int64_t b)
{
    int64_t r = 0;
    bool overflow;
    switch (e->op) {
    case TK_PLUS: overflow = __builtin_add_overflow(a, b, &r); break;
    case TK_MINUS: overflow = __builtin_sub_overflow(a, b, &r); break;
    case TK_STAR: overflow = __builtin_mul_overflow(a, b, &r); break;
    default: fold_division(e, a, b); return;
    }
    set_signed(e, overflow, r);
}

static void fold_unsigned(struct expr *e, uint64_t a, uint64_t b)
{
    switch (e->op) {
    case TK_PLUS: set(e, (int64_t)(a + b)); break;
    case TK_MINUS: set(e, (int64_t)(a - b)); break;
    case TK_STAR: set(e, (int64_t)(a * b)); break;
    case TK_SLASH:
        if (b)
            set(e, (int64_t)(a / b));
        break;
    case TK_PERCENT:
        if (b)
            set(e, (int64_t)(a % b));
        break;
    default: break;
    }
}

/* Left shifts of signed values wrap, as gcc and clang have it. */
static void fold_shift(struct expr *e)
{
    int64_t n = e->b->value;
    if (n < 0 || n >= (int64_t)type_width(e->type) || n > 63)
        return;
    uint64_t v = (uint64_t)e->a->value;
    if (e->op == TK_SHL)
        set(e, (int64_t)(v << n));
    else if (type_is_unsigned(e->type))
        set(e, (int64_t)((uint64_t)const_wrap(e->type, (int64_t)v) >> n));
    else
        set(e, e->a->value >> n);
}

static int compare(bool is_unsigned, int64_t a, int64_t b)
{
    if (is_unsigned)
        return ((uint64_t)a > (uint64_t)b) - ((uint64_t)a < (uint64_t)b);
    return (a > b) - (a < b);
}

/* The common type of a comparison is not the type of its result. Widths and
 * signs are all that is needed of it. */
static bool unsigned_compare(const struct type *a, const struct type *b)
{
    unsigned wa = type_width(a), wb = type_width(b);
    bool ua = type_is_unsigned(a) && wa >= 32;
    bool ub = type_is_unsigned(b) && wb >= 32;
    return (ua && wa >= wb) || (ub && wb >= wa);
}

static void fold_compare(struct expr *e)
{
    bool u = unsigned_compare(e->a->type, e->b->type);
    int64_t a = e->a->value, b = e->b->value;
    if (u && type_width(e->a->type) <= 32 && type_width(e->b->type) <= 32) {
        a &= 0xffffffff;
        b &= 0xffffffff;
    }
    int c = compare(u, a, b);
    switch (e->op) {
    case TK_LT: set(e, c < 0); break;
    case TK_GT: set(e, c > 0); break;
    case TK_LE: set(e, c <= 0); break;
    case TK_GE: set(e, c >= 0); break;
    case TK_EQ: set(e, c == 0); break;
    default: set(e, c != 0); break;
    }
}

static bool is_compare(unsigned op)
{
    return op == TK_LT || op == TK_GT || op == TK_LE || op == TK_GE ||
           op == TK_EQ || op == TK_NE;
}

/* One side may decide alone; the other then has no effect on a value that is
 * constant at all. */
static void fold_logic(struct expr *e)
{
    bool decides = e->op == TK_OROR;
    if (e->a->constant && (e->a->value != 0) == decides)
        set(e, decides);
    else if (e->b->constant && (e->b->value != 0) == decides &&
             const_form(e->a))
        set(e, decides);
    else if (e->a->constant && e->b->constant)
        set(e, e->b->value != 0);
}

static void fold_binary(struct expr *e)
{
    if (e->op == TK_ANDAND || e->op == TK_OROR) {
        fold_logic(e);
        return;
    }
    if (!e->a->constant || !e->b->constant)
        return;
    int64_t a = e->a->value, b = e->b->value;
    if (is_compare(e->op)) {
        fold_compare(e);
        return;
    }
    switch (e->op) {
    case TK_SHL:
    case TK_SHR: fold_shift(e); break;
    case TK_AMP: set(e, a & b); break;
    case TK_PIPE: set(e, a | b); break;
    case TK_CARET: set(e, a ^ b); break;
    default:
        if (type_is_unsigned(e->type))
            fold_unsigned(e, (uint64_t)const_wrap(e->type, a),
                          (uint64_t)const_wrap(e->type, b));
        else
            fold_signed(e, a, b);
    }
}

static void fold_unary(struct expr *e)
{
    if (!e->a->constant)
        return;
    int64_t v = e->a->value;
    switch (e->op) {
    case TK_PLUS:
    case TK_EXTENSION:
    case TK_REAL: set(e, v); break;
    case TK_MINUS:
        if (type_is_unsigned(e->type))
            set(e, (int64_t)(0 - (uint64_t)v));
        else if (v != INT64_MIN)
            set_signed(e, false, -v);
        break;
    case TK_TILDE: set(e, ~v); break;
    case TK_BANG: set(e, v == 0); break;
    default: break;
    }
}

static void fold_sizeof(struct expr *e)
{
    const struct type *ty = e->of ? e->of : e->a->type;
    int64_t n = e->op == TK_SIZEOF ? type_sizeof(ty) : type_alignof(ty);
    if (n >= 0)
        set(e, n);
}

static void fold_cond(struct expr *e)
{
    const struct expr *yes = e->b ? e->b : e->a;
    if (!e->a->constant)
        return;
    const struct expr *r = e->a->value ? yes : e->c;
    if (r->constant)
        set(e, r->value);
}

static void fold_same(struct expr *e, const struct expr *from)
{
    if (from && from->constant)
        set(e, from->value);
}

void const_fold(struct expr *e)
{
    if (!type_is_integer(e->type) || type_width(e->type) > 64)
        return;
    switch (e->kind) {
    case EX_IDENT:
        if (e->decl && e->decl->kind == DECL_ENUMCONST && e->decl->has_value)
            set(e, e->decl->value);
        break;
    case EX_PAREN:
    case EX_CAST: fold_same(e, e->a); break;
    case EX_GENERIC: fold_same(e, e->chosen); break;
    case EX_BUILTIN: fold_same(e, e->chosen); break;
    case EX_UNARY: fold_unary(e); break;
    case EX_BINARY: fold_binary(e); break;
    case EX_COND: fold_cond(e); break;
    case EX_SIZEOF: fold_sizeof(e); break;
    default: break;
    }
}

/* ---- form ---------------------------------------------------------------- */

static bool form_of_sizeof(const struct expr *e)
{
    const struct type *ty = e->of ? e->of : e->a->type;
    return e->op == TK_ALIGNOF || !ty->vla || ty->kind == TY_PTR;
}

/* gcc folds its builtins with constant arguments. */
static bool form_of_call(const struct expr *e)
{
    const struct decl *f = e->a->kind == EX_IDENT ? e->a->decl : NULL;
    if (!f || strncmp(f->name->s, "__builtin_", 10) != 0)
        return false;
    if (strcmp(f->name->s, "__builtin_constant_p") == 0)
        return true;
    for (uint32_t i = 0; i < e->nargs; i++) {
        if (e->args[i]->kind != EX_STRING && !const_form(e->args[i]))
            return false;
    }
    return true;
}

bool const_form(const struct expr *e)
{
    if (e->constant)
        return true;
    switch (e->kind) {
    case EX_ERROR:
    case EX_NUM:
    case EX_CHAR: return true;
    case EX_IDENT: return e->decl && e->decl->kind == DECL_ENUMCONST;
    case EX_PAREN:
    case EX_CAST: return e->a->kind == EX_STRING || const_form(e->a);
    case EX_UNARY:
        return e->op == TK_AMP || (e->op != TK_STAR && e->op != TK_INC &&
                                   e->op != TK_DEC && const_form(e->a));
    case EX_BINARY: return const_form(e->a) && const_form(e->b);
    case EX_COND:
        return const_form(e->a) && (!e->b || const_form(e->b)) &&
               const_form(e->c);
    case EX_SIZEOF: return form_of_sizeof(e);
    case EX_GENERIC: return !e->chosen || const_form(e->chosen);
    case EX_BUILTIN: return !e->chosen || const_form(e->chosen);
    case EX_CALL: return form_of_call(e);
    default: return false;
    }
}
