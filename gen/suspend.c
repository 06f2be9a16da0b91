/* SPDX-License-Identifier: MIT */
#include "gen/suspend.h"

#include "gen/coro.h"
#include "gen/walk.h"

enum mark { NEW, OPEN, DONE }; /* of a visited function; OPEN: a cycle */

struct finder {
    struct unit *u;
    uint32_t first; /* functions before it are known */
    uint8_t *mark;  /* enum mark, by func->index - first */
    bool suspends;  /* the function being looked at */
};

static bool is_direct(struct finder *f, struct func *fn);
static void look_stmt(void *ctx, struct stmt *s);

static void look_expr(void *ctx, struct expr *e)
{
    struct finder *f = ctx;
    struct decl *to;

    if (!e->has_await)
        return;
    if (e->kind == EX_AWAIT) {
        to = coro_callee(e->a);
        f->suspends |= !to || !to->func || !is_direct(f, to->func);
    }
    walk_operands(e, look_expr, f);
    if (e->block)
        look_stmt(f, e->block);
}

static void look_stmt(void *ctx, struct stmt *s)
{
    struct finder *f = ctx;

    if (!s->has_await)
        return;
    f->suspends |= s->kind == STMT_YIELD || s->kind == STMT_AW_FOR ||
                   s->kind == STMT_GROUP || s->kind == STMT_TIMEOUT;
    walk_exprs(s, look_expr, f);
    walk_stmts(s, look_stmt, f);
}

static bool is_direct(struct finder *f, struct func *fn)
{
    bool outer = f->suspends;
    uint8_t *mark;

    if (fn->index < f->first)
        return fn->direct;
    mark = &f->mark[fn->index - f->first];
    if (!fn->async || *mark == OPEN)
        return false;
    if (*mark == NEW) {
        *mark = OPEN;
        f->suspends = false;
        look_stmt(f, fn->body);
        fn->direct = !f->suspends && !fn->decl->type->generator;
        *mark = DONE;
        f->suspends = outer;
    }
    return fn->direct;
}

void suspend_find(struct unit *u, uint32_t first)
{
    struct finder f = {.u = u, .first = first};

    f.mark = ARENA_ARRAY(u->tree, uint8_t, u->funcs.n - first + 1);
    for (uint32_t i = first; i < u->funcs.n; i++)
        if (u->funcs.v[i]->async)
            is_direct(&f, u->funcs.v[i]);
}
