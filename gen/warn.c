/* SPDX-License-Identifier: MIT
 * The walk over bodies, and what becomes of tasks. warn_stuck.c looks for
 * what keeps the loop from running other tasks. */
#include "gen/warn_impl.h"

#include "gen/sema_expr.h"
#include "gen/walk.h"

/* ---- handles ----------------------------------------------------------- */

/* The form that starts a task and has a handle of it as value; or NULL. */
static const struct expr *started(const struct expr *e)
{
    e = e ? expr_strip(e) : NULL;
    bool is = e && e->kind == EX_FORM &&
              (e->form == FORM_CREATE_TASK || e->form == FORM_START) &&
              e->type->kind == TY_TASK;
    return is ? e : NULL;
}

/* The object named by the left side of `name = ...` as a whole statement. */
static struct decl *stored_in(const struct stmt *s)
{
    if (s->kind != STMT_EXPR || !s->e)
        return NULL;
    const struct expr *e = expr_strip(s->e);
    if (e->kind != EX_ASSIGN || e->op != TK_ASSIGN)
        return NULL;
    const struct expr *to = expr_strip(e->a);
    return to->kind == EX_IDENT ? to->decl : NULL;
}

static bool is_handle(const struct decl *d)
{
    return decl_is_automatic(d) && d->type && d->type->kind == TY_TASK &&
           !d->is_param && !d->cleanup && d->attrs.from == d->attrs.to;
}

/* Each statement that only writes an automatic handle counts against the
 * uses of its name. */
static void count_writes(void *ctx, struct stmt *s)
{
    struct warner *w = ctx;
    struct decl *d = stored_in(s);

    if (is_handle(d))
        w->uses[d->index]--;
    walk_stmts(s, count_writes, w);
}

static void count_uses(struct warner *w)
{
    w->uses = ARENA_ARRAY(w->u->tree, int32_t, w->f->locals.n + 1);
    for (uint32_t i = 0; i < w->f->idents.n; i++) {
        const struct decl *d = w->f->idents.v[i]->decl;
        if (is_handle(d))
            w->uses[d->index]++;
    }
    count_writes(w, w->f->body);
}

/* ---- task-result, escaping-local --------------------------------------- */

/* The automatic object that the value of e points into; or NULL. */
static const struct decl *points_to(const struct expr *e)
{
    e = expr_strip(e);
    const struct decl *d = NULL;
    if (e->kind == EX_UNARY && e->op == TK_AMP)
        d = expr_base_decl(e->a);
    else if (e->type->kind == TY_ARRAY)
        d = expr_base_decl(e);
    else if (e->kind == EX_CAST)
        d = points_to(e->a);
    else if (e->kind == EX_BINARY && (e->op == TK_PLUS || e->op == TK_MINUS))
        d = points_to(e->a);
    return decl_is_automatic(d) ? d : NULL;
}

/* Whether d ends before what is spawned in this group does. */
static bool ends_in(const struct decl *d, const struct stmt *group)
{
    return !group || decl_is_inside(d, group->s1->at);
}

/* The arguments of coroutine e, which outlives the block of `group`, or the
 * function when that is NULL. */
static void check_lives(struct warner *w, const struct expr *e,
                        const struct stmt *group)
{
    e = expr_strip(e);
    if (e->kind == EX_ASSIGN) {
        check_lives(w, e->b, group);
        return;
    }
    for (uint32_t i = 0; i < e->nargs; i++) {
        const struct expr *arg = e->args[i];
        if (e->kind == EX_CORO && arg->type->kind == TY_CORO)
            check_lives(w, arg, group);
        const struct decl *d = e->kind == EX_CALL ? points_to(arg) : NULL;
        if (!d || !ends_in(d, group))
            continue;
        diag(w->u, arg->at, D_escaping_local, d->name->s);
        diag_note(w->u, d->at, "'%s' is declared here", d->name->s);
    }
}

static const struct expr *coro_of(const struct expr *start)
{
    return start->args[start->form == FORM_START ? 1 : 0];
}

/* Nobody has the handle of the task that `start` starts; d, when not NULL,
 * held it. Whoever gave a task its own memory may look at it there. */
static void check_lost(struct warner *w, const struct expr *start,
                       const struct decl *d)
{
    const struct decl *f = expr_callee(coro_of(start));

    check_lives(w, coro_of(start), NULL);
    if (start->form == FORM_START || type_is_void(start->type->base))
        return;
    diag(w->u, start->at, D_task_result, f ? "'" : "",
         f ? f->name->s : "this coroutine", f ? "'" : "");
    if (d)
        diag_note(w->u, d->at, "'%s' is never read", d->name->s);
}

static void check_handle(struct warner *w, const struct expr *value,
                         const struct decl *d)
{
    const struct expr *start = started(value);

    if (start && is_handle(d) && w->uses[d->index] == 0)
        check_lost(w, start, d);
}

static void check_tasks(struct warner *w, const struct stmt *s)
{
    const struct expr *start = started(s->e);

    for (uint32_t i = 0; s->kind == STMT_DECL && i < s->ndecls; i++)
        check_handle(w, s->decls[i]->init, s->decls[i]);
    if (stored_in(s))
        check_handle(w, expr_strip(s->e)->b, stored_in(s));
    else if (s->kind == STMT_EXPR && start)
        check_lost(w, start, NULL);
    else if (s->kind == STMT_RETURN && start)
        check_lives(w, coro_of(start), NULL);
}

/* ---- the walk ---------------------------------------------------------- */

static void look_expr(void *ctx, struct expr *e);

/* An operand of `parent`, which need not evaluate it. */
struct operand {
    struct warner *w;
    const struct expr *parent;
};

static void look_operand(void *ctx, struct expr *e)
{
    const struct operand *o = ctx;

    if (walk_evaluates(o->parent, e))
        look_expr(o->w, e);
}

static void look_expr(void *ctx, struct expr *e)
{
    struct warner *w = ctx;
    struct operand o = {w, e};

    if (w->f->async)
        warn_blocking(w, e);
    if (e->kind == EX_FORM && e->form == FORM_GROUP_SPAWN && w->group &&
        e->nargs > 1)
        check_lives(w, e->args[1], w->group);
    walk_operands(e, look_operand, &o);
    if (e->block)
        warn_stmt(w, e->block);
}

void warn_stmt(void *ctx, struct stmt *s)
{
    struct warner *w = ctx;
    const struct stmt *group = w->group;

    if (s->kind == STMT_FUNC)
        return;
    check_tasks(w, s);
    if (w->f->async)
        warn_endless(w, s);
    if (s->kind == STMT_GROUP)
        w->group = s;
    walk_exprs(s, look_expr, w);
    walk_stmts(s, warn_stmt, w);
    w->group = group;
}

void warn_func(struct unit *u, struct func *f)
{
    struct warner w = {.u = u, .f = f};
    struct arena *outer = unit_enter(u, f);

    count_uses(&w);
    warn_stmt(&w, f->body);
    unit_leave(u, outer);
}

void warn(struct unit *u)
{
    for (uint32_t i = 0; i < u->funcs.n; i++)
        if (u->funcs.v[i]->body)
            warn_func(u, u->funcs.v[i]);
}
