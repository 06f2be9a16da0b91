/* SPDX-License-Identifier: MIT
 * Typing of identifiers, unary and postfix operators, members, casts and
 * what else is no binary operator. C11 6.5.1 to 6.5.4, GNU C. */
#include "gen/const.h"
#include "gen/parse_body.h"

static const struct type *basic(struct parser *p, enum type_kind k)
{
    return type_basic(&p->u->types, k);
}

/* ---- primary expressions ----------------------------------------------- */

static const struct type *size_type(struct parser *p)
{
    return basic(p, TY_ULONG);
}

static void note_async(struct parser *p, struct decl *d, struct span at)
{
    struct async_use use = {d, at};

    if (d->used || d->kind != DECL_FUNC || !type_is_async(d->type))
        return;
    d->used = true;
    VEC_PUSH(&p->u->arena, &p->u->uses, use);
}

/* What a use of the object or function d leaves behind in it. */
static void note_use(struct parser *p, struct expr *e)
{
    struct decl *d = e->decl;

    if (p->func) {
        VEC_PUSH(p->u->tree, &p->func->idents, e);
        note_async(p, d, e->at);
    }
    if (d->kind != DECL_VAR)
        return;
    if (p->in_stmt_expr)
        d->used_in_stmt_expr = true;
    if (e->type->kind == TY_ARRAY)
        expr_mark_address(p, e);
    else if (e->type->quals & Q_VOLATILE)
        e->effects = true;
}

/* How a word is written that is no expression; NULL for other names. */
static const char *shape_of_word(enum word w)
{
    switch (w) {
    case FORM_TASK_TYPE: return "aw_task(T), T the type of its result";
    case FORM_QUEUE_TYPE: return "aw_queue(T), T the type of its elements";
    case FORM_TASK_STORAGE: return "aw_task_storage(function)";
    case FORM_GENERATOR: return "async_generator(T)";
    case FORM_GROUP: return "aw_group (name) { ... }";
    case FORM_TIMEOUT_MS: return "aw_timeout_ms (milliseconds) { ... }";
    case FORM_FOR: return "aw_for (T name, f(...)) { ... }";
    default: return NULL;
    }
}

static bool is_statement_word(enum word w)
{
    return w == WORD_TRY || w == WORD_THROW || w == WORD_DEFER ||
           w == WORD_YIELD;
}

static struct expr *undeclared(struct parser *p, struct expr *e,
                               struct atom *name)
{
    const char *shape = shape_of_word((enum word)name->word);
    enum tok_kind next = parse_kind(p);
    bool cast = next == TK_STAR && parse_kind_at(p, 1) == TK_RPAREN;
    bool two = cast || next == TK_IDENT || next == TK_NUM ||
               next == TK_STRING || next == TK_LBRACE ||
               next == TK_COLONCOLON; /* not behind a name */

    e->kind = EX_ERROR;
    if (p->panic)
        return e;
    if (shape)
        diag(p->u, e->at, D_form_shape, name->s, shape);
    else if (name->word == WORD_ASYNC && body_is_async(p))
        diag(p->u, e->at, D_async_place);
    else if (is_statement_word((enum word)name->word) && body_is_async(p))
        diag(p->u, e->at, D_word_place, name->s);
    else
        parse_undeclared(p, e->at.from);
    if (two || shape || name->word == WORD_ASYNC)
        parse_panic(p);
    return e;
}

static bool names_function(const struct atom *name)
{
    return strcmp(name->s, "__func__") == 0 ||
           strcmp(name->s, "__FUNCTION__") == 0 ||
           strcmp(name->s, "__PRETTY_FUNCTION__") == 0;
}

/* C11 6.4.2.2: static const char __func__[] = "f"; */
static struct decl *function_name(struct parser *p, struct atom *name,
                                  struct span at)
{
    struct types *t = &p->u->types;
    struct decl *d = ARENA_NEW(&p->u->arena, struct decl);
    const struct type *c = type_qualified(t, basic(p, TY_CHAR), Q_CONST);

    d->kind = DECL_BUILTIN;
    d->storage = ST_STATIC;
    d->name = name;
    d->at = at;
    d->type = type_array(t, c, NULL,
                         p->func ? (int64_t)p->func->decl->name->n + 1 : 1);
    if (p->func && p->func->async) {
        p->func->says_name = true;
        d->emit = arena_printf(&p->u->arena, "awff_%s", p->func->decl->name->s);
    }
    return d;
}

/* What a name means that nobody declared; NULL when nothing. */
static struct decl *implicit(struct parser *p, struct atom *name,
                             struct span at)
{
    bool builtin = strncmp(name->s, "__builtin_", 10) == 0 ||
                   strncmp(name->s, "__sync_", 7) == 0 ||
                   strncmp(name->s, "__atomic_", 9) == 0;

    if (names_function(name))
        return function_name(p, name, at);
    if (name->word && body_is_async(p))
        return NULL;
    if (parse_at(p, TK_LPAREN) || builtin)
        return parse_implicit_func(p, name, at);
    return NULL;
}

struct expr *expr_ident(struct parser *p, tokidx tok)
{
    struct expr *e = expr_new(p, EX_IDENT, tok);
    struct atom *name = p->u->toks.v[tok].atom;
    struct decl *d = name->decl;

    if (!d)
        d = implicit(p, name, e->at);
    if (!d || d->kind == DECL_TYPEDEF)
        return undeclared(p, e, name);
    e->decl = d;
    e->name = name;
    e->type = d->type;
    e->lvalue = (d->kind == DECL_VAR || d->kind == DECL_BUILTIN) &&
                d->type->kind != TY_FUNC && !d->group;
    note_use(p, e);
    const_fold(e);
    return e;
}

struct expr *expr_paren(struct parser *p, tokidx from, struct expr *a)
{
    struct expr *e = expr_new(p, EX_PAREN, from);
    e->a = a;
    e->type = a->type;
    e->lvalue = a->lvalue;
    e->bitfield = a->bitfield;
    expr_take(e, a);
    const_fold(e);
    return e;
}

/* GNU C: the value is that of the last statement, if it is an expression. */
struct expr *expr_stmt_expr(struct parser *p, tokidx from, struct stmt *block)
{
    struct expr *e = expr_new(p, EX_STMT_EXPR, from);
    struct stmt *last = block->nbody ? block->body[block->nbody - 1] : NULL;

    while (last && (last->kind == STMT_LABEL || last->kind == STMT_CASE ||
                    last->kind == STMT_DEFAULT))
        last = last->s1;
    e->block = block;
    if (last && last->kind == STMT_EXPR) {
        last->e->dropped = false;
        e->type = expr_value_type(&p->u->types, last->e);
    } else {
        e->type = basic(p, p->panic ? TY_ERROR : TY_VOID);
    }
    e->effects = e->has_call = true;
    e->has_await = block->has_await;
    return e;
}

struct expr *expr_label_addr(struct parser *p, tokidx from, struct atom *name)
{
    struct expr *e = expr_new(p, EX_LABEL_ADDR, from);
    e->name = name;
    e->type = type_ptr(&p->u->types, basic(p, TY_VOID));
    return e;
}

/* ---- unary operators --------------------------------------------------- */

static const struct type *deref_type(struct parser *p, const struct expr *a)
{
    const struct type *ty = type_decay(&p->u->types, a->type);
    if (ty->kind == TY_PTR)
        return ty->base;
    return expr_untyped(p, a->at, "operand of unary '*' is not a pointer");
}

const struct type *expr_vector_mask(struct parser *p, const struct type *v)
{
    static const enum type_kind by_size[] = {
        [1] = TY_SCHAR, [2] = TY_SHORT,   [4] = TY_INT,
        [8] = TY_LONG,  [16] = TY_INT128,
    };
    int64_t n = type_sizeof(v->base);
    struct type *m = ARENA_NEW(&p->u->arena, struct type);
    *m = *v;
    m->alias = NULL;
    m->quals = 0;
    m->base = basic(p, n > 0 && n <= 16 ? by_size[n] : TY_INT);
    return m;
}

static const struct type *arith_unary_type(struct parser *p, enum tok_kind op,
                                           const struct expr *a)
{
    struct types *t = &p->u->types;
    const struct type *ty = expr_value_type(t, a);

    if (ty->kind == TY_VECTOR)
        return op == TK_BANG ? expr_vector_mask(p, ty) : ty;
    if (op == TK_BANG)
        return type_is_scalar(ty) || type_is_arith(ty)
                   ? basic(p, TY_INT)
                   : expr_untyped(p, a->at, "operand of '!' is no scalar");
    if (type_is_arith(ty))
        return type_promote(t, ty);
    return expr_untyped(p, a->at, "operand of unary %s is no number",
                        tok_kind_name(op));
}

static const struct type *unary_type(struct parser *p, enum tok_kind op,
                                     const struct expr *a)
{
    struct types *t = &p->u->types;

    switch (op) {
    case TK_EXTENSION: return a->type;
    case TK_STAR: return deref_type(p, a);
    case TK_AMP: return type_ptr(t, a->type);
    case TK_INC:
    case TK_DEC: return expr_value_type(t, a);
    case TK_REAL:
    case TK_IMAG:
        return a->type->kind == TY_COMPLEX
                   ? type_qualified(t, a->type->base, a->type->quals)
                   : a->type;
    default: return arith_unary_type(p, op, a);
    }
}

static void unary_flags(struct parser *p, struct expr *e)
{
    struct expr *a = e->a;

    switch (e->op) {
    case TK_STAR:
        e->lvalue = e->type->kind != TY_FUNC;
        if (e->type->quals & Q_VOLATILE && e->type->kind != TY_ARRAY)
            e->effects = true;
        break;
    case TK_AMP:
        if (a->has_await && !a->lvalue && a->type->kind != TY_FUNC &&
            !expr_is_wrong(a))
            expr_untyped(p, a->at, "operand of unary '&' is no lvalue");
        expr_not_read(a);
        expr_mark_address(p, a);
        break;
    case TK_INC:
    case TK_DEC:
        expr_not_read(a);
        expr_check_write(p, a);
        e->effects = true;
        break;
    case TK_EXTENSION:
        e->bitfield = a->bitfield;
        e->lvalue = a->lvalue;
        break;
    case TK_REAL:
    case TK_IMAG: e->lvalue = a->lvalue; break;
    default: break;
    }
}

/* In what we write an async function is the pointer that it decays to. */
static void edit_designator(struct parser *p, const struct expr *e)
{
    const struct type *ty = e->op == TK_STAR ? e->type : e->a->type;
    struct edit ed = {{e->at.from, e->at.from + 1}, ""};

    if (ty->kind == TY_FUNC && type_is_async(ty))
        VEC_PUSH(&p->u->arena, &p->u->edits, ed);
}

struct expr *expr_unary(struct parser *p, tokidx from, enum tok_kind op,
                        struct expr *a)
{
    struct expr *e = expr_new(p, EX_UNARY, from);
    e->op = (uint8_t)op;
    e->a = a;
    if (op == TK_EXTENSION || !expr_is_wrong(a))
        e->type = unary_type(p, op, a);
    if (op == TK_STAR || op == TK_AMP)
        edit_designator(p, e);
    unary_flags(p, e);
    expr_take(e, a);
    const_fold(e);
    return e;
}

struct expr *expr_postfix(struct parser *p, enum tok_kind op, struct expr *a)
{
    struct expr *e = expr_new(p, EX_POSTFIX, a->at.from);
    e->op = (uint8_t)op;
    e->a = a;
    if (!expr_is_wrong(a))
        e->type = expr_value_type(&p->u->types, a);
    expr_not_read(a);
    expr_check_write(p, a);
    expr_take(e, a);
    e->effects = true;
    return e;
}

/* ---- subscripts and members -------------------------------------------- */

static const struct type *index_type(struct parser *p, const struct expr *a,
                                     const struct expr *b)
{
    struct types *t = &p->u->types;
    const struct type *x = type_decay(t, a->type);
    const struct type *y = type_decay(t, b->type);

    if (x->kind == TY_VECTOR)
        return type_qualified(t, x->base, x->quals);
    if (x->kind == TY_PTR)
        return x->base;
    if (y->kind == TY_PTR)
        return y->base;
    return expr_untyped(p, a->at,
                        "subscripted value is neither array nor "
                        "pointer");
}

/* The array of a struct decays inside it: `s.a[i]` gives out its address. */
static void note_decay(struct parser *p, struct expr *e)
{
    if (e->type->kind == TY_ARRAY)
        expr_mark_address(p, e);
    else if (e->lvalue && e->type->quals & Q_VOLATILE)
        e->effects = true;
}

struct expr *expr_index(struct parser *p, struct expr *a, struct expr *b)
{
    struct expr *e = expr_new(p, EX_INDEX, a->at.from);
    e->a = a;
    e->b = b;
    if (!expr_is_wrong(a) && !expr_is_wrong(b))
        e->type = index_type(p, a, b);
    e->lvalue = a->type->kind == TY_VECTOR ? a->lvalue : true;
    expr_take(e, a);
    expr_take(e, b);
    note_decay(p, e);
    return e;
}

/* The member of `agg` whose name is most like this one; NULL. */
static const struct atom *meant_member(const struct type *agg,
                                       const struct atom *name)
{
    const struct atom *best = NULL;
    uint32_t least = UINT32_MAX;

    for (uint32_t i = 0; i < agg->tag->members.n; i++) {
        const struct atom *a = agg->tag->members.v[i].name;
        uint32_t d = a ? atoms_distance(name, a) : UINT32_MAX;
        if (d < least) {
            best = a;
            least = d;
        }
    }
    return best;
}

static const struct type *no_member(struct parser *p, const struct expr *e,
                                    const struct type *agg)
{
    const struct atom *meant = meant_member(agg, e->name);

    return expr_untyped(p, (struct span){p->pos - 1, p->pos},
                        "no member named '%s' in '%s'%s%s%s", e->name->s,
                        type_text(&p->u->arena, agg),
                        meant ? "; did you mean '" : "", meant ? meant->s : "",
                        meant ? "'?" : "");
}

static const struct type *member_type(struct parser *p, struct expr *e,
                                      const struct type *agg)
{
    struct types *t = &p->u->types;

    if (agg->kind == TY_CORO)
        return type_basic(t, TY_ERROR); /* sema.c: nothing awaits it */
    if (agg->kind == TY_PTR && agg->base->kind == TY_STRUCT)
        return expr_untyped(p, (struct span){p->pos - 2, p->pos},
                            "'%s' is a pointer; write ->%s",
                            type_text(&p->u->arena, agg), e->name->s);
    if (agg->kind != TY_STRUCT && agg->kind != TY_UNION)
        return expr_untyped(p, (struct span){p->pos - 2, p->pos},
                            "'%s' has no members",
                            type_text(&p->u->arena, agg));
    const struct member *m = type_member(agg, e->name);
    if (!m)
        return no_member(p, e, agg);
    e->bitfield = m->width != NULL;
    unsigned quals = agg->quals & (Q_CONST | Q_VOLATILE);
    return quals ? type_qualified(t, m->type, quals) : m->type;
}

struct expr *expr_member(struct parser *p, enum tok_kind op, struct expr *a,
                         struct atom *name)
{
    struct expr *e = expr_new(p, EX_MEMBER, a->at.from);
    const struct type *agg = a->type;

    e->op = (uint8_t)op;
    e->a = a;
    e->name = name;
    e->lvalue = op == TK_ARROW || a->lvalue;
    if (op == TK_ARROW)
        agg = type_decay(&p->u->types, agg);
    if (op == TK_ARROW && agg->kind == TY_PTR)
        agg = agg->base;
    else if (op == TK_ARROW && !expr_is_wrong(a))
        agg = expr_untyped(p, (struct span){p->pos - 2, p->pos},
                           "'%s' is no pointer; write .%s",
                           type_text(&p->u->arena, agg), name->s);
    if (!expr_is_wrong(a) && agg->kind != TY_ERROR)
        e->type = member_type(p, e, agg);
    if (op == TK_DOT)
        expr_not_read(a);
    expr_take(e, a);
    note_decay(p, e);
    return e;
}

/* ---- casts, sizeof ----------------------------------------------------- */

struct expr *expr_cast(struct parser *p, tokidx from, const struct type *of,
                       struct expr *a)
{
    struct expr *e = expr_new(p, EX_CAST, from);
    e->of = of;
    e->a = a;
    if (a->type->kind != TY_CORO)
        e->type = type_unqual(&p->u->types, of);
    if (!type_is_void(of))
        expr_check_convert(p, of, a, true);
    expr_take(e, a);
    const_fold(e);
    return e;
}

struct expr *expr_compound(struct parser *p, tokidx from, const struct type *of,
                           struct expr *init)
{
    struct expr *e = expr_new(p, EX_COMPOUND, from);
    e->of = of;
    e->a = init;
    e->type =
        of->kind == TY_ARRAY && of->count < 0 && !of->size ? init->type : of;
    e->lvalue = true;
    expr_take(e, init);
    return e;
}

struct expr *expr_sizeof(struct parser *p, tokidx from, enum tok_kind op,
                         const struct type *of, struct expr *a)
{
    struct expr *e = expr_new(p, EX_SIZEOF, from);
    e->op = (uint8_t)op;
    e->of = of;
    e->a = a;
    e->type = size_type(p);
    if (op == TK_SIZEOF && a && a->type->kind == TY_ARRAY && a->type->vla)
        expr_take(e, a);
    const_fold(e);
    return e;
}
