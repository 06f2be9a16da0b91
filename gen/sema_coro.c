/* SPDX-License-Identifier: MIT
 * Typing of the dialect: await, bindings and the aw_ forms of language.md
 * section 5. */
#include "gen/sema_expr.h"

static const struct type *basic(struct parser *p, enum type_kind k)
{
    return type_basic(&p->u->types, k);
}

static const struct type *coro_of(struct parser *p, const struct type *base)
{
    return type_derived(&p->u->types, TY_CORO, base);
}

const struct type *coro_result(const struct expr *e)
{
    if (e->type->kind == TY_CORO || e->type->kind == TY_TASK)
        return e->type->base;
    return NULL;
}

bool coro_is_generator(struct types *t, const struct expr *e)
{
    const struct expr *s = expr_strip(e);

    if (s->kind != EX_CALL)
        return false;
    const struct type *ty = type_decay(t, s->a->type);
    return ty->kind == TY_PTR && ty->base->generator;
}

/* d is the function that e calls by name, or NULL. */
static void not_coro(struct parser *p, const struct expr *e,
                     const struct decl *d)
{
    const struct expr *s = expr_strip(e);
    if (!d && s->kind == EX_IDENT && type_is_async(s->type)) {
        diag(p->u, e->at, D_not_called, s->name->s);
        return;
    }
    if (!d) {
        diag(p->u, e->at, D_not_coro, type_text(&p->u->arena, e->type));
        return;
    }
    diag(p->u, e->at, D_plain_call, d->name->s);
    diag_note(p->u, d->at, "'%s' is declared here, without async", d->name->s);
}

/* e must be a coroutine or task; reports it when not. */
static const struct type *need_coro(struct parser *p, const struct expr *e)
{
    const struct type *ty = coro_result(e);

    if (ty && coro_is_generator(&p->u->types, e)) {
        if (!p->panic)
            diag(p->u, e->at, D_generator_use);
        return basic(p, TY_ERROR);
    }
    if (ty)
        return ty;
    const struct decl *d = expr_callee(e);
    if (d && d->implicit) {
        if (e->type->kind != TY_ERROR)
            parse_undeclared(p, expr_strip(expr_strip(e)->a)->at.from);
    } else if (!p->panic && e->type->kind != TY_ERROR && !(d && d->disputed)) {
        not_coro(p, e, d);
    }
    return basic(p, TY_ERROR);
}

struct expr *expr_await(struct parser *p, tokidx from, struct expr *a)
{
    struct expr *e = expr_new(p, EX_AWAIT, from);
    e->a = a;
    e->type = type_unqual(&p->u->types, need_coro(p, a));
    expr_take(e, a);
    e->has_await = e->effects = e->has_call = true;
    return e;
}

/* ---- bindings ---------------------------------------------------------- */

static void check_binding(struct parser *p, const struct expr *lhs,
                          const struct type *result)
{
    const struct decl *d = expr_base_decl(lhs);
    const struct expr *s = expr_strip(lhs);

    if (p->panic || expr_is_wrong(lhs) || result->kind == TY_ERROR)
        return;
    if (type_is_void(result))
        diag(p->u, lhs->at, D_binding_void);
    else if (s->bitfield)
        diag(p->u, lhs->at, D_binding_place, "a bit-field");
    else if (d && d->storage == ST_REGISTER)
        diag(p->u, lhs->at, D_binding_place, "a register object");
    else if (lhs->type->kind == TY_ARRAY || lhs->type->kind == TY_FUNC)
        diag(p->u, lhs->at, D_binding_place, "an array or function");
    else
        expr_check_write(p, lhs);
}

struct expr *expr_binding(struct parser *p, struct expr *lhs, struct expr *coro)
{
    struct expr *e = expr_new(p, EX_ASSIGN, lhs->at.from);
    const struct type *result = need_coro(p, coro);

    e->op = TK_ASSIGN;
    e->a = lhs;
    e->b = coro;
    e->type = result->kind == TY_ERROR ? result : coro_of(p, result);
    check_binding(p, lhs, result);
    expr_not_read(lhs);
    expr_mark_address(p, lhs);
    expr_take(e, lhs);
    expr_take(e, coro);
    e->effects = e->has_call = true;
    return e;
}

/* ---- forms ------------------------------------------------------------- */

/* The queue that q points to; NULL (reported) when it is none. */
static const struct type *queue_of(struct parser *p, const struct expr *q)
{
    const struct type *ty = type_decay(&p->u->types, q->type);

    if (ty->kind == TY_PTR && ty->base->kind == TY_QUEUE)
        return ty->base;
    if (!p->panic && !expr_is_wrong(q))
        diag(p->u, q->at, D_form_argument, "a pointer to an aw_queue(T)");
    return NULL;
}

static void need_task(struct parser *p, const struct expr *e)
{
    if (!p->panic && !expr_is_wrong(e) && e->type->kind != TY_TASK &&
        !expr_is_null_constant(e))
        diag(p->u, e->at, D_form_argument, "an aw_task(T)");
}

static void need_integer(struct parser *p, const struct expr *e)
{
    if (!p->panic && !expr_is_wrong(e) && !type_is_integer(e->type))
        diag(p->u, e->at, D_form_argument, "an integer");
}

/* aw_gather_tasks(tasks, n) */
static void need_tasks(struct parser *p, const struct expr *e)
{
    const struct type *ty = type_decay(&p->u->types, e->type);

    if (!p->panic && !expr_is_wrong(e) &&
        (ty->kind != TY_PTR || ty->base->kind != TY_TASK))
        diag(p->u, e->at, D_form_argument, "an array of aw_task(T)");
}

static void need_group(struct parser *p, const struct expr *e)
{
    const struct atom *ref = atoms_z(&p->u->atoms, "aw_group_ref");

    if (!p->panic && !expr_is_wrong(e) &&
        (!ref->decl || ref->decl->kind != DECL_TYPEDEF ||
         !type_compatible(type_unqual(&p->u->types, e->type),
                          type_unqual(&p->u->types, ref->decl->type))))
        diag(p->u, e->at, D_form_argument, "an aw_group_ref");
}

/* aw_start(&slot, f(x)) */
static void need_storage(struct parser *p, const struct expr *slot,
                         const struct expr *call)
{
    const struct type *ty = type_decay(&p->u->types, slot->type);
    const struct decl *f = expr_callee(call);

    if (p->panic || expr_is_wrong(slot) || call->type->kind == TY_ERROR)
        return;
    if (!f)
        diag(p->u, call->at, D_form_argument, "a call of a function by name");
    else if (ty->kind != TY_PTR || !f->storage_tag ||
             ty->base->tag != f->storage_tag)
        diag(p->u, slot->at, D_form_argument,
             "a pointer to the aw_task_storage of that function");
}

static void need_coros(struct parser *p, struct expr **args, uint32_t from,
                       uint32_t n)
{
    for (uint32_t i = from; i < n; i++)
        need_coro(p, args[i]);
}

/* Result of the coroutine forms; the argument count has been checked. */
static const struct type *combinator_type(struct parser *p, enum word form,
                                          struct expr **args, uint32_t n)
{
    const struct type *q;

    switch (form) {
    case FORM_GATHER: need_coros(p, args, 0, n); return basic(p, TY_VOID);
    case FORM_RACE:
    case FORM_TRY: need_coros(p, args, 0, n); return basic(p, TY_INT);
    case FORM_WAIT_FOR_MS:
        expr_need_number(p, args[1]);
        return need_coro(p, args[0]);
    case FORM_SHIELD: return need_coro(p, args[0]);
    case FORM_GATHER_TASKS: need_tasks(p, args[0]); return basic(p, TY_VOID);
    case FORM_GATHER_EACH:
        need_integer(p, args[0]);
        need_coro(p, args[1]);
        return basic(p, TY_VOID);
    case FORM_QUEUE_PUT:
        q = queue_of(p, args[0]);
        if (q)
            expr_check_convert(p, q->base, args[1], false);
        return basic(p, TY_VOID);
    case FORM_QUEUE_GET:
        q = queue_of(p, args[0]);
        return q ? q->base : basic(p, TY_ERROR);
    default: return NULL;
    }
}

/* Type of the forms that are no coroutine. */
static const struct type *form_type(struct parser *p, tokidx from,
                                    enum word form, struct expr **args,
                                    uint32_t n)
{
    const struct type *ty;

    switch (form) {
    case FORM_CREATE_TASK:
        ty = need_coro(p, args[0]);
        return ty->kind == TY_ERROR ? ty
                                    : type_derived(&p->u->types, TY_TASK, ty);
    case FORM_START:
        ty = need_coro(p, args[1]);
        need_storage(p, args[0], args[1]);
        return ty->kind == TY_ERROR ? ty
                                    : type_derived(&p->u->types, TY_TASK, ty);
    case FORM_RUN:
    case FORM_RUN_UNTIL_COMPLETE:
        need_coros(p, args, 0, n);
        return basic(p, TY_INT);
    case FORM_GROUP_SPAWN:
        need_group(p, args[0]);
        need_coros(p, args, 1, n);
        return basic(p, TY_VOID);
    case FORM_CANCEL:
    case FORM_DONE: need_task(p, args[0]); return basic(p, TY_BOOL);
    case FORM_QUEUE_CLOSE: queue_of(p, args[0]); return basic(p, TY_VOID);
    case FORM_CAUGHT:
        if (!p->catching && !p->panic)
            diag(p->u, parse_since(p, from), D_caught_outside);
        return basic(p, TY_INT);
    default: return basic(p, TY_INT);
    }
}

/* The coroutine of `[lvalue =] coro`. */
static const struct expr *bound_coro(const struct expr *e)
{
    e = expr_strip(e);
    return e->kind == EX_ASSIGN && e->type->kind == TY_CORO ? expr_strip(e->b)
                                                            : e;
}

/* Whether e, a coroutine, has an aw_gather_each in it. */
static bool has_each(const struct expr *e)
{
    e = bound_coro(e);
    if (e->kind != EX_CORO)
        return false;
    for (uint32_t i = 0; i < e->nargs; i++)
        if (has_each(e->args[i]))
            return true;
    return e->form == FORM_GATHER_EACH;
}

/* Starting takes the operands of a coroutine once. */
static void refuse_each(struct parser *p, struct expr **args, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!p->panic && has_each(args[i]))
            diag(p->u, args[i]->at, D_each_place);
}

struct expr *expr_form(struct parser *p, tokidx from, enum word form,
                       struct expr **args, uint32_t nargs)
{
    struct expr *e = expr_new(p, EX_FORM, from);
    const struct type *ty = combinator_type(p, form, args, nargs);

    e->form = (uint8_t)form;
    e->args = args;
    e->nargs = nargs;
    if (ty) {
        e->kind = EX_CORO;
        e->type = ty->kind == TY_ERROR ? ty : coro_of(p, ty);
    } else {
        e->type = form_type(p, from, form, args, nargs);
        refuse_each(p, args, nargs);
    }
    for (uint32_t i = 0; i < nargs; i++)
        expr_take(e, args[i]);
    e->effects = e->has_call = true;
    if (p->func && e->kind == EX_FORM)
        VEC_PUSH(p->u->tree, &p->func->forms, e);
    return e;
}

static void check_index(struct parser *p, const struct decl *d)
{
    bool object = d->storage == ST_NONE || d->storage == ST_AUTO ||
                  d->storage == ST_REGISTER;

    if (p->panic || d->type->kind == TY_ERROR)
        return;
    if (!object || !type_is_integer(d->type) || d->type->kind == TY_BOOL)
        diag(p->u, d->at, D_each_index, d->name->s);
    else if (d->addr_taken)
        diag(p->u, d->at, D_each_address, d->name->s);
}

struct expr *expr_each(struct parser *p, tokidx from, struct decl *index,
                       struct expr **args)
{
    struct expr *e = expr_form(p, from, FORM_GATHER_EACH, args, 2);
    struct expr *child = (struct expr *)(uintptr_t)bound_coro(args[1]);

    child->each = true;
    e->decl = index;
    check_index(p, index);
    if (!p->panic && args[1]->has_await)
        diag(p->u, args[1]->at, D_each_await);
    return e;
}
