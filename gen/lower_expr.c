/* SPDX-License-Identifier: MIT
 * User expressions in the output are the user's own tokens, but for edits:
 * parts that norm replaced by a temporary, objects that live in the frame,
 * async functions named as values, and forms. */
#include <stdlib.h>

#include "gen/lower.h"
#include "gen/operand.h"
#include "gen/walk.h"

static void add(struct lower *l, struct edits *to, struct span at,
                const char *text)
{
    struct edit e = {at, text};

    VEC_PUSH(l->u->tree, to, e);
}

const char *lower_name(const struct decl *d)
{
    return d->emit ? d->emit : d->name->s;
}

static void add_replaced(struct lower *l, const struct expr *e,
                         struct edits *to)
{
    if (e->repl) {
        add(l, to, e->at, lower_name(e->repl));
        return;
    }
    if (!e->effects)
        return; /* only what had effects was replaced below */
    for (uint32_t i = 0; i < operand_count(e); i++)
        add_replaced(l, operand_at(e, i), to);
}

static bool is_async_func(const struct decl *d)
{
    return d->kind == DECL_FUNC && d->type->kind == TY_FUNC && d->type->async;
}

static void add_idents(struct lower *l, struct span at, struct edits *to)
{
    const struct func *f = l->func;

    for (uint32_t i = walk_first_at(f->idents.v, f->idents.n, at.from);
         i < f->idents.n && f->idents.v[i]->at.from < at.to; i++) {
        const struct expr *e = f->idents.v[i];

        if (!e->decl)
            continue;
        if (e->decl->emit)
            add(l, to, e->at, e->decl->emit);
        else if (is_async_func(e->decl))
            add(l, to, e->at,
                arena_printf(l->u->tree, "(&awfd_%s)", e->decl->name->s));
    }
}

static bool is_covered(const struct edits *to, struct span at)
{
    for (uint32_t i = 0; i < to->n; i++)
        if (tok_inside(at, to->v[i].at))
            return true;
    return false;
}

/* Typedefs that are not declared, as their sizes are kept in the frame. */
static void add_vla_names(struct lower *l, struct span at, struct edits *to)
{
    const struct func *f = l->func;

    for (uint32_t i = 0; i < f->vla_names.n; i++)
        if (f->vla_names.v[i].d->emit && tok_inside(f->vla_names.v[i].at, at))
            add(l, to, f->vla_names.v[i].at, f->vla_names.v[i].d->emit);
}

static void add_forms(struct lower *l, struct span at, struct edits *to)
{
    const struct func *f = l->func;

    for (uint32_t i = walk_first_at(f->forms.v, f->forms.n, at.from);
         i < f->forms.n && f->forms.v[i]->at.from < at.to; i++) {
        struct expr *e = f->forms.v[i];

        if (is_covered(to, e->at))
            continue;
        add(l, to, e->at, lower_form(l, e));
        while (i + 1 < f->forms.n && f->forms.v[i + 1]->at.from < e->at.to)
            i++; /* the forms inside are part of its text */
    }
}

/* A compound literal that lives in the frame: (T){...} becomes
 * (*(T *)memcpy(&place, &(T){...}, sizeof place)), still an lvalue. */
static void add_literal(struct lower *l, const struct expr *e, struct edits *to)
{
    struct arena *a = l->u->tree;
    const struct type *ptr = type_ptr(&l->u->types, e->type);
    struct span head = {e->at.from, e->a->at.from};
    struct span tail = {e->a->at.to - 1, e->a->at.to};
    const char *place = e->place->emit;

    if (!place)
        return;
    add(l, to, head,
        arena_printf(a, "(*(%s)__builtin_memcpy(%s%s, %s(%s)",
                     lower_decl(l, ptr, ""), lower_address(e->type), place,
                     lower_address(e->type), lower_decl(l, e->type, "")));
    add(l, to, tail, arena_printf(a, "}, sizeof %s))", place));
}

static void add_literals(struct lower *l, struct span at, struct edits *to)
{
    const struct norm *n = l->fn->norm;

    for (uint32_t i = walk_first_at(n->literals.v, n->literals.n, at.from);
         i < n->literals.n && n->literals.v[i]->at.from < at.to; i++)
        add_literal(l, n->literals.v[i], to);
}

/* Mentions of types that moved to file scope. */
static void add_tags(struct lower *l, struct span at, struct edits *to)
{
    const struct func *f = l->func;
    uint32_t lo = 0, hi = f->tag_uses.n;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;

        if (f->tag_uses.v[mid].at.from < at.from)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < f->tag_uses.n && f->tag_uses.v[lo].at.from < at.to; lo++) {
        const struct tag_use *u = &f->tag_uses.v[lo];

        if (u->tag->emit_name && u->alone)
            add(l, to, u->at, "");
        else if (u->tag->emit_name)
            add(l, to, u->at,
                arena_printf(l->u->tree, "%s %s",
                             u->tag->kind == TY_STRUCT ? "struct" : "union",
                             u->tag->emit_name));
    }
}

static void add_unit_edits(struct lower *l, struct span at, struct edits *to)
{
    uint32_t lo = 0, hi = l->u->edits.n;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;

        if (l->u->edits.v[mid].at.from < at.from)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < l->u->edits.n && l->u->edits.v[lo].at.from < at.to; lo++)
        VEC_PUSH(l->u->tree, to, l->u->edits.v[lo]);
}

/* Outer edits first, then by place. */
static int by_place(const void *pa, const void *pb)
{
    const struct edit *a = pa, *b = pb;

    if (a->at.from != b->at.from)
        return a->at.from < b->at.from ? -1 : 1;
    return a->at.to == b->at.to ? 0 : a->at.to > b->at.to ? -1 : 1;
}

/* Sorts, and drops edits that another one covers. */
static void settle(struct edits *e)
{
    uint32_t n = 0;

    if (e->n > 1)
        qsort(e->v, e->n, sizeof *e->v, by_place);
    for (uint32_t i = 0; i < e->n; i++)
        if (n == 0 || e->v[i].at.from >= e->v[n - 1].at.to)
            e->v[n++] = e->v[i];
    e->n = n;
}

void lower_edits(struct lower *l, struct span at, const struct expr *e,
                 struct edits *to)
{
    if (e)
        add_replaced(l, e, to);
    if (l->func) {
        add_forms(l, at, to);
        add_idents(l, at, to);
        add_tags(l, at, to);
        add_vla_names(l, at, to);
    }
    if (l->func && l->fn && l->func == l->fn->func)
        add_literals(l, at, to);
    add_unit_edits(l, at, to);
    settle(to);
}

void lower_expr(struct lower *l, const struct expr *e)
{
    struct edits ed = {0};

    lower_edits(l, e->at, e, &ed);
    code_span(l->c, e->at, ed.v, ed.n);
}

void lower_value(struct lower *l, const struct expr *e)
{
    bool comma = e->kind == EX_COMMA && !e->repl;

    code_text(l->c, comma ? "(" : "");
    lower_expr(l, e);
    code_text(l->c, comma ? ")" : "");
}

void lower_span(struct lower *l, struct span at)
{
    struct edits ed = {0};

    lower_edits(l, at, NULL, &ed);
    code_span(l->c, at, ed.v, ed.n);
}

void lower_asm(struct lower *l, const struct stmt *s)
{
    struct edits ed = {0};

    for (uint32_t i = 0; i < s->nargs; i++)
        add_replaced(l, s->args[i], &ed);
    lower_edits(l, s->at, NULL, &ed);
    code_at(l->c, s->at.from);
    code_span(l->c, s->at, ed.v, ed.n);
}

const char *lower_text(struct lower *l, const struct expr *e)
{
    struct edits ed = {0};

    lower_edits(l, e->at, e, &ed);
    return code_render(l->u, e->at, ed.v, ed.n);
}

void lower_start_line(struct lower *l)
{
    if (l->own_lines)
        code_nl(l->c);
    else
        code_at(l->c, l->at);
}

void lower_line(struct lower *l, const char *fmt, ...)
{
    va_list ap;

    lower_start_line(l);
    va_start(ap, fmt);
    code_text(l->c, arena_vprintf(l->u->tree, fmt, ap));
    va_end(ap);
}

const struct type *lower_mutable(struct unit *u, const struct type *ty)
{
    struct types *t = &u->types;

    if (ty->kind == TY_ARRAY) {
        const struct type *of = lower_mutable(u, ty->base);
        struct type *c;

        if (of == ty->base)
            return ty;
        c = type_copy(t, ty);
        c->alias = NULL;
        c->base = of;
        return c;
    }
    if (!(ty->quals & Q_CONST))
        return ty;
    return type_qualified(t, type_unqual(t, ty),
                          ty->quals & ~(unsigned)Q_CONST);
}

const char *lower_decl(struct lower *l, const struct type *ty, const char *name)
{
    struct buf b = {0};
    const char *text;

    type_print(&b, lower_mutable(l->u, ty), name);
    text = arena_strndup(l->u->tree, b.p ? b.p : "", b.n);
    buf_free(&b);
    return text;
}

const char *lower_member(struct lower *l, const struct type *ty,
                         const char *name)
{
    struct types *t = &l->u->types;
    unsigned quals = 0;

    if (!ty->vla)
        return lower_decl(l, ty, name);
    for (; ty->vla || ty->kind == TY_ARRAY; ty = ty->base)
        quals |= ty->kind == TY_ARRAY ? ty->base->quals : 0u;
    ty = type_qualified(t, type_basic(t, TY_VOID), quals);
    return lower_decl(l, type_ptr(t, ty), name);
}

const char *lower_address(const struct type *ty)
{
    while (ty->kind == TY_ARRAY)
        ty = ty->base;
    return ty->quals & Q_VOLATILE ? "(void *)(__UINTPTR_TYPE__)&" : "&";
}

static bool has_const_member(const struct type *ty)
{
    while (ty->kind == TY_ARRAY)
        ty = ty->base;
    if (ty->kind != TY_STRUCT && ty->kind != TY_UNION)
        return false;
    for (uint32_t i = 0; i < ty->tag->members.n; i++) {
        const struct type *m = ty->tag->members.v[i].type;

        if (type_is_const(m) || has_const_member(m))
            return true;
    }
    return false;
}

void lower_set_begin(struct lower *l, const struct type *ty, const char *target)
{
    if (has_const_member(ty))
        code_printf(l->c, "{ %s = ", lower_decl(l, ty, "awf_s"));
    else
        code_printf(l->c, "%s = ", target);
}

void lower_set_end(struct lower *l, const struct type *ty, const char *target)
{
    if (has_const_member(ty))
        code_printf(l->c,
                    "; __builtin_memcpy((void *)%s%s, %sawf_s, "
                    "sizeof awf_s); }",
                    lower_address(ty), target, lower_address(ty));
    else
        code_text(l->c, ";");
}

void lower_move(struct lower *l, const struct type *ty, const char *target,
                const char *value)
{
    code_printf(l->c,
                "__builtin_memmove((void *)%s%s, %s%s, "
                "sizeof %s);",
                lower_address(ty), target, lower_address(ty), value, target);
}
