/* SPDX-License-Identifier: MIT
 * Typing of calls, and the conversions and writes that must be refused here
 * because the output no longer shows them to the C compiler: functions are
 * descriptors there, tasks are all one type, and const is dropped from
 * declarations that are split. */
#include "gen/buf.h"
#include "gen/const.h"
#include "gen/parse_body.h"

/* ---- conversions ------------------------------------------------------- */

/* Somewhere under the same number of pointers, one side is an async function
 * and the other a plain one. */
static bool mixes_async(struct types *t, const struct type *a,
                        const struct type *b)
{
    a = type_decay(t, a);
    b = type_decay(t, b);
    while (a->kind == TY_PTR && b->kind == TY_PTR) {
        a = a->base;
        b = b->base;
    }
    if (a->kind != TY_FUNC || b->kind != TY_FUNC)
        return false;
    return a->async != b->async || a->generator != b->generator;
}

/* One task handle for another: the results must agree, or `to` not care. */
static bool mixes_tasks(const struct type *to, const struct type *from,
                        bool cast)
{
    if (to->kind != TY_TASK || from->kind != TY_TASK || cast)
        return false;
    return !type_is_void(to->base) && !type_compatible(to->base, from->base);
}

/* A handle where a number is wanted: its task's result may be meant. */
static bool needs_await(const struct type *to, const struct type *from)
{
    return from->kind == TY_TASK && type_is_arith(to) && to->kind != TY_BOOL;
}

/* A number where a handle is wanted. */
static bool is_no_handle(const struct type *to, const struct expr *e)
{
    return to->kind == TY_TASK && type_is_arith(e->type) &&
           !expr_is_null_constant(e);
}

/* Behind equal numbers of pointers both are async functions that differ. The C
 * compiler cannot tell: it sees the descriptors. */
static bool differs_async(struct types *t, const struct type **to,
                          const struct type **from)
{
    *to = type_decay(t, *to);
    *from = type_decay(t, *from);
    while ((*to)->kind == TY_PTR && (*from)->kind == TY_PTR) {
        *to = (*to)->base;
        *from = (*from)->base;
    }
    return (*to)->kind == TY_FUNC && (*from)->kind == TY_FUNC && (*to)->async &&
           !type_compatible(*to, *from);
}

void expr_check_convert(struct parser *p, const struct type *to,
                        const struct expr *e, bool cast)
{
    const struct type *x = to, *y = e->type;

    if (p->panic || expr_is_wrong(e) || to->kind == TY_ERROR)
        return;
    if (mixes_async(&p->u->types, to, e->type))
        diag(p->u, e->at, D_async_mix);
    else if (!cast && differs_async(&p->u->types, &x, &y))
        diag(p->u, e->at, D_async_type, type_text(&p->u->arena, y),
             type_text(&p->u->arena, x));
    else if (!cast && needs_await(to, e->type))
        diag(p->u, e->at, D_task_value, type_text(&p->u->arena, e->type));
    else if (!cast && is_no_handle(to, e))
        diag(p->u, e->at, D_task_from, type_text(&p->u->arena, e->type));
    else if (mixes_tasks(to, e->type, cast))
        diag(p->u, e->at, D_task_mix, type_text(&p->u->arena, e->type->base),
             type_text(&p->u->arena, to->base));
}

void expr_check_write(struct parser *p, const struct expr *e)
{
    if (p->panic || expr_is_wrong(e) || !p->func)
        return;
    if (!e->lvalue) {
        diag(p->u, e->at, D_not_lvalue);
        return;
    }
    if (!(e->type->quals & Q_CONST))
        return;
    const struct decl *d = expr_base_decl(e);
    diag(p->u, e->at, D_const_write);
    if (d && d->at.to > d->at.from)
        diag_note(p->u, d->at, "'%s' is declared here", d->name->s);
}

/* ---- calls ------------------------------------------------------------- */

/* The function type that calling a of this type uses; NULL when none. */
static const struct type *function_of(struct types *t, const struct expr *a)
{
    const struct type *ty = type_decay(t, a->type);
    if (ty->kind == TY_PTR && ty->base->kind == TY_FUNC)
        return ty->base;
    return NULL;
}

/* Arguments are stored into the callee's frame one by one, so their number
 * must be right. */
static void check_count(struct parser *p, const struct expr *call,
                        const struct type *fn)
{
    const struct decl *d = expr_callee(call);

    if (p->panic || call->nargs == fn->nparams || fn->variadic)
        return;
    diag(p->u, call->at, D_arguments,
         call->nargs < fn->nparams ? "few" : "many", (unsigned)call->nargs,
         (unsigned)fn->nparams);
    if (d)
        diag_note(p->u, d->at, "'%s' is declared here", d->name->s);
}

static void check_args(struct parser *p, const struct expr *call,
                       const struct type *fn)
{
    uint32_t n = fn->nparams < call->nargs ? fn->nparams : call->nargs;

    if (fn->async || fn->generator)
        check_count(p, call, fn);
    for (uint32_t i = 0; fn->has_proto && i < n; i++)
        expr_check_convert(p, fn->params[i].type, call->args[i], false);
}

/* aw_task_retain gives back what it gets, for every T. */
static const struct type *same_task(const struct expr *call)
{
    const struct decl *d = expr_callee(call);
    const struct type *ty = call->nargs == 1 ? call->args[0]->type : NULL;

    if (!d || !ty || ty->kind != TY_TASK)
        return NULL;
    return strcmp(d->name->s, "aw_task_retain") == 0 ? ty : NULL;
}

static const struct type *result_type(struct parser *p, struct expr *call,
                                      const struct type *fn)
{
    struct types *t = &p->u->types;
    const struct expr *callee = expr_strip(call->a);
    const struct type *ty;

    if (fn->async || fn->generator)
        return type_derived(t, TY_CORO, fn->base);
    ty = same_task(call);
    if (!ty && callee->kind == EX_IDENT)
        ty = builtin_type(p, callee->name, call->args, call->nargs);
    return ty ? ty : type_unqual(t, fn->base);
}

static bool is_coro(const struct expr *e)
{
    return e->type->kind == TY_CORO ||
           (e->kind == EX_ASSIGN && e->b->type->kind == TY_CORO);
}

/* Nobody declared what is called, and no plain function could be meant: it
 * takes coroutines, or has a name of ours. */
static bool is_misspelt(const struct expr *call)
{
    const struct decl *d = expr_callee(call);

    if (!d || !d->implicit || d->kind != DECL_FUNC)
        return false;
    for (uint32_t i = 0; i < call->nargs; i++)
        if (is_coro(call->args[i]))
            return true;
    return strncmp(d->name->s, "aw_", 3) == 0;
}

static const struct type *misspelt(struct parser *p, const struct expr *call)
{
    const struct expr *callee = expr_strip(call->a);

    if (callee->name->word)
        body_check_word(p, callee->at.from);
    else
        parse_undeclared(p, callee->at.from);
    return type_basic(&p->u->types, TY_ERROR);
}

struct expr *expr_call(struct parser *p, struct expr *a, struct expr **args,
                       uint32_t nargs)
{
    struct expr *e = expr_new(p, EX_CALL, a->at.from);
    const struct type *fn = function_of(&p->u->types, a);

    e->a = a;
    e->args = args;
    e->nargs = nargs;
    if (is_misspelt(e)) {
        e->type = misspelt(p, e);
    } else if (fn) {
        check_args(p, e, fn);
        e->type = result_type(p, e, fn);
        if (e->type->kind == TY_ERROR && !expr_is_wrong(a))
            expr_untyped(p, a->at, "a builtin can only be called by its name");
    } else if (!expr_is_wrong(a)) {
        expr_untyped(p, a->at, "called object is no function");
    }
    expr_take(e, a);
    for (uint32_t i = 0; i < nargs; i++)
        expr_take(e, args[i]);
    e->effects = e->has_call = true;
    const_fold(e);
    return e;
}
