/* SPDX-License-Identifier: MIT
 * Making nodes, and questions about them that typing and later passes ask. */
#include <stdarg.h>
#include <stdio.h>

#include "gen/sema_expr.h"

struct expr *expr_new(struct parser *p, enum expr_kind kind, tokidx from)
{
    struct expr *e = ARENA_NEW(p->u->tree, struct expr);
    e->kind = (uint8_t)kind;
    e->at = parse_since(p, from);
    e->type = type_basic(&p->u->types, TY_ERROR);
    return e;
}

void expr_take(struct expr *e, const struct expr *part)
{
    if (!part)
        return;
    e->has_await |= part->has_await;
    e->effects |= part->effects;
    e->has_call |= part->has_call;
}

const struct expr *expr_strip(const struct expr *e)
{
    while (e->kind == EX_PAREN ||
           (e->kind == EX_UNARY && e->op == TK_EXTENSION))
        e = e->a;
    return e;
}

/* The bit-field that e reads, or whose new value e is; NULL when none. */
static const struct expr *bit_field_of(const struct expr *e)
{
    for (;;) {
        switch (e->kind) {
        case EX_MEMBER: return e->bitfield ? e : NULL;
        case EX_PAREN:
        case EX_ASSIGN:
        case EX_POSTFIX: e = e->a; break;
        case EX_UNARY:
            if (e->op != TK_EXTENSION && e->op != TK_INC && e->op != TK_DEC)
                return NULL;
            e = e->a;
            break;
        case EX_COMMA: e = e->b; break;
        case EX_GENERIC:
            if (!e->chosen)
                return NULL;
            e = e->chosen;
            break;
        default: return NULL;
        }
    }
}

/* C11 6.3.1.1p2: a bit-field whose values all fit an int becomes one. */
static const struct type *bit_field_value(struct types *t,
                                          const struct expr *field)
{
    const struct type *agg = field->a->type;
    const struct type *ty = type_unqual(t, field->type);
    int64_t bits = type_sizeof(type_basic(t, TY_INT)) * 8;

    if (field->op == TK_ARROW)
        agg = type_decay(t, agg)->base;
    const struct member *m = type_member(agg, field->name);
    if (!m || !m->width || !m->width->constant)
        return type_promote(t, ty);
    if (m->width->value < bits)
        return type_basic(t, TY_INT);
    return type_promote(t, ty);
}

const struct type *expr_value_type(struct types *t, const struct expr *e)
{
    const struct expr *field = bit_field_of(e);

    if (field && field->type->kind != TY_ERROR)
        return bit_field_value(t, field);
    if (e->type->kind == TY_CORO)
        return e->type;
    return type_unqual(t, type_decay(t, e->type));
}

struct decl *expr_base_decl(const struct expr *e)
{
    for (;;) {
        e = expr_strip(e);
        if (e->kind == EX_IDENT)
            return e->decl;
        bool part =
            (e->kind == EX_MEMBER && e->op == TK_DOT) ||
            (e->kind == EX_INDEX &&
             (e->a->type->kind == TY_VECTOR || e->a->type->kind == TY_ARRAY)) ||
            (e->kind == EX_UNARY && (e->op == TK_REAL || e->op == TK_IMAG));
        if (e->kind == EX_GENERIC || e->kind == EX_BUILTIN) {
            if (!e->chosen)
                return NULL;
            e = e->chosen;
        } else if (part) {
            e = e->a;
        } else {
            return NULL;
        }
    }
}

void expr_mark_address(struct parser *p, const struct expr *e)
{
    struct decl *d = expr_base_decl(e);

    if (d && d->kind == DECL_VAR && !p->unevaluated)
        d->addr_taken = true;
}

void expr_not_read(struct expr *e)
{
    switch (e->kind) {
    case EX_IDENT: e->effects = false; break;
    case EX_PAREN:
        expr_not_read(e->a);
        e->effects = e->a->effects;
        break;
    case EX_MEMBER: e->effects = e->a->effects; break;
    case EX_UNARY:
        if (e->op == TK_EXTENSION || e->op == TK_REAL || e->op == TK_IMAG)
            expr_not_read(e->a);
        if (e->op != TK_INC && e->op != TK_DEC)
            e->effects = e->a->effects;
        break;
    case EX_INDEX: e->effects = e->a->effects || e->b->effects; break;
    default: break;
    }
}

bool expr_is_null_constant(const struct expr *e)
{
    const struct expr *s = expr_strip(e);

    if (s->kind == EX_CAST && s->type->kind == TY_PTR &&
        type_is_void(s->type->base) && !s->type->base->quals)
        s = expr_strip(s->a);
    return s->constant && s->value == 0 && type_is_integer(s->type);
}

bool expr_is_modifiable(const struct expr *e)
{
    return e->lvalue && e->type->kind != TY_ARRAY && e->type->kind != TY_FUNC &&
           !type_is_void(e->type) && !(e->type->quals & Q_CONST);
}

bool expr_is_wrong(const struct expr *e)
{
    return e->type->kind == TY_ERROR || e->type->kind == TY_CORO;
}

struct decl *expr_callee(const struct expr *e)
{
    const struct expr *s = expr_strip(e);

    if (s->kind != EX_CALL)
        return NULL;
    s = expr_strip(s->a);
    return s->kind == EX_IDENT && s->decl->kind == DECL_FUNC ? s->decl : NULL;
}

const struct type *expr_untyped(struct parser *p, struct span at,
                                const char *fmt, ...)
{
    if (!p->panic) {
        char text[256];
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(text, sizeof text, fmt, ap);
        va_end(ap);
        diag(p->u, at, D_type, text);
    }
    return type_basic(&p->u->types, TY_ERROR);
}

void expr_need_number(struct parser *p, const struct expr *e)
{
    if (!p->panic && !expr_is_wrong(e) && !type_is_real(e->type))
        diag(p->u, e->at, D_form_argument, "a number");
}
