/* SPDX-License-Identifier: MIT
 * The rules of single statements and of the expressions in them. */
#include <limits.h>

#include "gen/sema.h"
#include "gen/sema_expr.h"
#include "gen/walk.h"

/* Codes from here down are the library's: AW_CANCELLED is among them. */
enum { LIBRARY_CODES = -4096 };

/* ---- coroutines -------------------------------------------------------- */

/* A use of an expression: who evaluates it. */
struct use {
    struct sema *c;
    const struct stmt *s;
    const struct expr *parent; /* NULL: the statement itself */
    bool wrong; /* inside a call of what is not declared: has been said */
};

static bool consumes(const struct use *use, const struct expr *e)
{
    const struct expr *parent = use->parent;

    if (!parent)
        return use->s->kind == STMT_AW_FOR && use->s->e == e;
    switch (parent->kind) {
    case EX_PAREN: return parent->type->kind == TY_CORO;
    case EX_AWAIT:
    case EX_CORO:
    case EX_FORM: return true;
    case EX_ASSIGN: return parent->type->kind == TY_CORO && parent->b == e;
    default: return false;
    }
}

/* `(lvalue = coroutine)` where a coroutine is wanted. */
static bool is_wrapped_binding(const struct unit *u, const struct expr *assign)
{
    tokidx at = assign->at.from;
    if (at < 2 || u->toks.v[at - 1].kind != TK_LPAREN)
        return false;
    const struct token *t = &u->toks.v[at - 2];
    return t->kind == TK_LPAREN || t->kind == TK_COMMA ||
           (t->kind == TK_IDENT && t->atom && t->atom->word != WORD_NONE);
}

/* `await f().x`: the member or element of what is awaited was meant. */
static bool is_awaited_part(const struct unit *u, const struct expr *e)
{
    if (!e || (e->kind != EX_MEMBER && e->kind != EX_INDEX) || !e->at.from)
        return false;
    const struct token *t = &u->toks.v[e->at.from - 1];
    return t->kind == TK_IDENT &&
           (t->atom->word == WORD_AWAIT || t->atom->word == WORD_AWAIT_ALWAYS);
}

/* `aw_task(T) t = f()`, `t = f()` */
static bool is_for_task(const struct use *use, const struct expr *e)
{
    const struct expr *a = use->parent;
    const struct stmt *s = use->s;

    if (a)
        return a->kind == EX_ASSIGN && a->b == e && a->a->type->kind == TY_TASK;
    for (uint32_t i = 0; s->kind == STMT_DECL && i < s->ndecls; i++)
        if (s->decls[i]->init == e)
            return s->decls[i]->type->kind == TY_TASK;
    return false;
}

/* `(c ? f() : g())`: says what to write instead. */
static bool report_shape(const struct use *use, const struct expr *e)
{
    struct unit *u = use->c->u;
    const struct expr *a = use->parent;

    if (a && a->kind == EX_COND && a->a != e)
        diag(u, a->at, D_coro_cond);
    else if (coro_is_generator(&u->types, e))
        diag(u, e->at, D_generator_use);
    else if (a && a->kind == EX_ASSIGN && is_wrapped_binding(u, a))
        diag(u, a->at, D_binding_wrapped);
    else if (is_awaited_part(u, a))
        diag(u, a->at, D_await_first,
             a->kind == EX_MEMBER ? "members" : "elements",
             a->kind == EX_INDEX ? "[...]"
             : a->op == TK_ARROW ? arena_printf(&u->arena, "->%s", a->name->s)
                                 : arena_printf(&u->arena, ".%s", a->name->s));
    else
        return false;
    return true;
}

static void report_unconsumed(const struct use *use, const struct expr *e)
{
    struct unit *u = use->c->u;
    const struct decl *d = expr_callee(e);
    const struct atom *form = u->toks.v[e->at.from].atom;
    const char *name = d                            ? d->name->s
                       : e->kind == EX_CORO && form ? form->s
                                                    : NULL;

    if (report_shape(use, e))
        return;
    if (is_for_task(use, e)) {
        diag(u, e->at, D_task_missing, name ? name : "...",
             name ? "(...)" : "");
        return;
    }
    diag(u, e->at, D_missing_await, name ? "call of '" : "coroutine",
         name ? name : "", name ? "'" : "");
    if (d)
        diag_note(u, d->at, "'%s' is declared async here", d->name->s);
}

/* ---- calls that cannot be ---------------------------------------------- */

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list; list++) {
        if (strcmp(name, *list) == 0)
            return true;
    }
    return false;
}

static void check_callee(const struct use *use, const struct expr *e)
{
    static const char *const jumps[] = {"setjmp",           "_setjmp",
                                        "__sigsetjmp",      "sigsetjmp",
                                        "__builtin_setjmp", NULL};
    const struct expr *callee = expr_strip(e->a);
    const struct decl *d = callee->kind == EX_IDENT ? callee->decl : NULL;
    const struct func *f = use->c->f;

    if (!d || !f->async || use->c->nested)
        return;
    if (is_one_of(d->name->s, jumps))
        diag(use->c->u, e->at, D_setjmp,
             strstr(d->name->s, "sigsetjmp") ? "sigsetjmp" : "setjmp");
}

/* An object of the group's own block is gone before its children are. */
static void check_spawn(const struct use *use, const struct expr *e)
{
    const struct stmt *group = use->c->group;

    if (e->form != FORM_GROUP_SPAWN || !group || e->nargs < 2 ||
        e->args[1]->kind != EX_ASSIGN)
        return;
    const struct expr *lhs = e->args[1]->a;
    const struct decl *d = expr_base_decl(lhs);
    if (!decl_is_automatic(d) || !decl_is_inside(d, group->s1->at))
        return;
    diag(use->c->u, lhs->at, D_group_binding, d->name->s);
    diag_note(use->c->u, d->at, "'%s' is declared here", d->name->s);
}

/* ---- expressions ------------------------------------------------------- */

/* A call of what has no type, which has been reported. */
static bool is_wrong_call(const struct expr *e)
{
    const struct decl *d = expr_callee(e);

    if (e->kind != EX_CALL || e->type->kind != TY_ERROR)
        return false;
    return e->a->type->kind == TY_ERROR || (d && d->implicit);
}

static void check_expr(void *ctx, struct expr *e)
{
    struct use *use = ctx;

    if (e->type->kind == TY_CORO && !use->wrong && !consumes(use, e))
        report_unconsumed(use, e);
    if (e->kind == EX_CALL)
        check_callee(use, e);
    if (e->kind == EX_FORM)
        check_spawn(use, e);
    struct use inner = {use->c, use->s, e, use->wrong || is_wrong_call(e)};
    walk_operands(e, check_expr, &inner);
    if (e->block)
        sema_stmt(use->c, e->block);
}

void sema_check_exprs(struct sema *c, const struct stmt *s)
{
    struct use use = {c, s, NULL, false};
    walk_exprs(s, check_expr, &use);
}

/* ---- declarations ------------------------------------------------------ */

static void check_decl(struct sema *c, const struct decl *d)
{
    const struct type *ty = d->type;

    while (ty->kind == TY_ARRAY)
        ty = ty->base;
    if (ty->kind == TY_CORO && !(d->init && d->init->type->kind == TY_CORO))
        diag(c->u, d->at, D_coro_object, d->name->s);
    if (d->init && d->init->has_await && d->storage == ST_STATIC)
        diag(c->u, d->init->at, D_await_constant);
}

/* ---- return, throw, yield ---------------------------------------------- */

static void check_return(struct sema *c, const struct stmt *s)
{
    const struct type *ret = c->f->decl->type->base;

    if (!c->f->async || c->nested)
        return;
    if (c->f->decl->type->generator) {
        if (s->e)
            diag(c->u, s->at, D_return_generator);
    } else if (!type_is_void(ret) && (!s->e || type_is_void(s->e->type))) {
        diag(c->u, s->at, D_return_missing, c->f->decl->name->s);
    } else if (type_is_void(ret) && s->e && !type_is_void(s->e->type) &&
               !expr_is_wrong(s->e)) {
        diag(c->u, s->at, D_return_value, c->f->decl->name->s);
    }
}

static bool fits_int(int64_t value)
{
    return INT_MIN <= value && value <= INT_MAX;
}

static void check_throw(struct sema *c, const struct stmt *s)
{
    const struct expr *e = s->e;

    if (expr_is_wrong(e))
        return;
    if (!type_is_integer(e->type))
        diag(c->u, e->at, D_throw_type, type_text(&c->u->arena, e->type));
    else if (e->constant && e->value == 0)
        diag(c->u, e->at, D_throw_zero);
    else if (e->constant && !fits_int(e->value))
        diag(c->u, e->at, D_throw_range);
}

static void check_yield(struct sema *c, const struct stmt *s)
{
    for (const struct region *r = c->region; r; r = r->up) {
        if (r->kind != REGION_CLEANUP)
            continue;
        diag(c->u, s->at, D_yield_cleanup, r->what);
        return;
    }
}

/* ---- try --------------------------------------------------------------- */

/* Whether a clause before number `n` takes the code. */
static bool is_caught(const struct stmt *s, uint32_t n, int64_t code)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct catch_clause *k = &s->clauses[i];
        if (k->var && code > LIBRARY_CODES)
            return true;
        for (uint32_t j = 0; j < k->ncodes; j++) {
            if (k->codes[j]->constant && k->codes[j]->value == code)
                return true;
        }
    }
    return false;
}

static void check_code(struct sema *c, const struct stmt *s, uint32_t n,
                       const struct expr *code)
{
    const struct expr *e = expr_strip(code);

    if (expr_is_wrong(code))
        return;
    if (e->kind == EX_BINARY && (e->op == TK_OROR || e->op == TK_PIPE))
        diag(c->u, code->at, D_catch_operator,
             tok_kind_name((enum tok_kind)e->op));
    else if (!type_is_integer(code->type) || !code->constant)
        diag(c->u, code->at, D_catch_constant);
    else if (code->value == 0)
        diag(c->u, code->at, D_catch_zero);
    else if (!fits_int(code->value))
        diag(c->u, code->at, D_throw_range);
    else if (is_caught(s, n, code->value))
        diag(c->u, code->at, D_catch_again);
}

static void check_catch(struct sema *c, const struct stmt *s, uint32_t n)
{
    const struct catch_clause *k = &s->clauses[n];

    for (uint32_t i = 0; i < k->ncodes; i++)
        check_code(c, s, n, k->codes[i]);
    if (!k->var)
        return;
    if (k->var->type->kind != TY_INT && k->var->type->kind != TY_ERROR)
        diag(c->u, k->var->at, D_catch_type);
    for (uint32_t i = 0; i < n; i++) {
        if (s->clauses[i].var)
            diag(c->u, k->at, D_catch_again);
    }
}

/* ---- statements -------------------------------------------------------- */

void sema_check_stmt(struct sema *c, const struct stmt *s)
{
    switch (s->kind) {
    case STMT_DECL:
        for (uint32_t i = 0; i < s->ndecls; i++)
            check_decl(c, s->decls[i]);
        break;
    case STMT_RETURN: check_return(c, s); break;
    case STMT_THROW: check_throw(c, s); break;
    case STMT_YIELD: check_yield(c, s); break;
    case STMT_TRY:
        for (uint32_t i = 0; i < s->nclauses; i++)
            check_catch(c, s, i);
        break;
    case STMT_DEFER:
        if (!c->block_child)
            diag(c->u, s->at, D_defer_place);
        break;
    default: break;
    }
}
