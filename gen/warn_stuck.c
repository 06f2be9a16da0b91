/* SPDX-License-Identifier: MIT
 * What keeps the loop from running other tasks: calls that wait in the
 * kernel, loops without a suspension point. */
#include <string.h>

#include "gen/sema_expr.h"
#include "gen/walk.h"
#include "gen/warn_impl.h"

/* ---- blocking-call ----------------------------------------------------- */

enum blocks {
    ALWAYS,
    NOT_ZERO, /* unless the argument is the constant 0 */
    ZERO,     /* if it is: no WNOHANG, no timeout */
};

struct call {
    const char *name;
    enum blocks when;
    uint32_t arg;
    const char *instead;
};

#define SLEEP "; write await aw_sleep_ms(...)"
#define FD "; write await aw_fd_wait(...)"
#define CHILD "; write await aw_process_wait(...)"
#define SIGNAL "; write await aw_signal_wait(...)"
#define THREAD "; write await aw_to_thread(...)"
#define NAME "; write await aw_open_connection(...), or aw_to_thread(...)"

static const struct call calls[] = {
    {"sleep", NOT_ZERO, 0, SLEEP},
    {"usleep", NOT_ZERO, 0, SLEEP},
    {"nanosleep", ALWAYS, 0, SLEEP},
    {"clock_nanosleep", ALWAYS, 0, SLEEP},
    {"thrd_sleep", ALWAYS, 0, SLEEP},
    {"poll", NOT_ZERO, 2, FD},
    {"epoll_wait", NOT_ZERO, 3, FD},
    {"epoll_pwait", NOT_ZERO, 3, FD},
    {"ppoll", ZERO, 2, FD},
    {"select", ZERO, 4, FD},
    {"pselect", ZERO, 4, FD},
    {"pause", ALWAYS, 0, SIGNAL},
    {"sigwait", ALWAYS, 0, SIGNAL},
    {"sigwaitinfo", ALWAYS, 0, SIGNAL},
    {"sigsuspend", ALWAYS, 0, SIGNAL},
    {"wait", ALWAYS, 0, CHILD},
    {"waitpid", ZERO, 2, CHILD},
    {"wait3", ZERO, 1, CHILD},
    {"wait4", ZERO, 2, CHILD},
    {"system", ALWAYS, 0, CHILD},
    {"getaddrinfo", ALWAYS, 0, NAME},
    {"getnameinfo", ALWAYS, 0, THREAD},
    {"gethostbyname", ALWAYS, 0, NAME},
    {"gethostbyaddr", ALWAYS, 0, THREAD},
};

/* These where the function never asks whether a descriptor is ready. Of reading
 * and writing only what is of sockets, and of the standard input: most else is
 * of files, which never wait. */
static const struct call fd_calls[] = {
    {"read", ZERO, 0, FD},     {"recv", ZERO, 3, FD},
    {"recvfrom", ZERO, 3, FD}, {"recvmsg", ZERO, 2, FD},
    {"accept", ALWAYS, 0, FD}, {"accept4", ALWAYS, 0, FD},
};

static bool is_zero(const struct expr *e)
{
    return (e->constant && e->value == 0) || expr_is_null_constant(e);
}

static bool blocks(const struct call *k, const struct expr *e)
{
    if (k->when == ALWAYS)
        return true;
    return k->arg < e->nargs && is_zero(e->args[k->arg]) == (k->when == ZERO);
}

/* The C library's function that e calls; NULL for one of the program. */
static const struct decl *library_callee(const struct expr *e)
{
    const struct expr *callee = e->kind == EX_CALL ? expr_strip(e->a) : NULL;
    const struct decl *d =
        callee && callee->kind == EX_IDENT ? callee->decl : NULL;
    bool is = d && d->kind == DECL_FUNC && !d->defined &&
              d->storage != ST_STATIC && d->type && !d->type->async;
    return is ? d : NULL;
}

/* Somewhere in the function it is asked whether a descriptor is ready, so that
 * it is likely to be non-blocking. */
static bool asks_before(const struct func *f)
{
    for (uint32_t i = 0; i < f->idents.n; i++) {
        const struct decl *d = f->idents.v[i]->decl;
        if (d && d->name && strcmp(d->name->s, "aw_fd_wait") == 0)
            return true;
    }
    return false;
}

static const struct call *find(const struct call *v, size_t n, const char *name,
                               const struct expr *e)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, v[i].name) == 0 && blocks(&v[i], e))
            return &v[i];
    return NULL;
}

void warn_blocking(struct warner *w, const struct expr *e)
{
    const struct decl *d = library_callee(e);
    const struct call *k;

    if (!d)
        return;
    k = find(calls, sizeof calls / sizeof *calls, d->name->s, e);
    if (!k) {
        k = find(fd_calls, sizeof fd_calls / sizeof *fd_calls, d->name->s, e);
        k = k && asks_before(w->f) ? NULL : k;
    }
    if (k)
        diag(w->u, e->at, D_blocking_call, d->name->s, k->instead);
}

/* ---- endless-loop ------------------------------------------------------ */

struct exits {
    const struct stmt *loop;
    bool found;
};

static void exit_stmt(void *ctx, struct stmt *s);

static bool never_returns(const struct decl *d)
{
    static const char *const names[] = {
        "longjmp",
        "siglongjmp",
        "__builtin_longjmp",
        "__builtin_abort",
        "__builtin_exit",
        "__builtin_trap",
        "__builtin_unreachable",
    };
    if (d->noreturn)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(d->name->s, names[i]) == 0)
            return true;
    return false;
}

static void exit_expr(void *ctx, struct expr *e)
{
    struct exits *x = ctx;

    if (e->kind == EX_CALL) {
        const struct expr *callee = expr_strip(e->a);
        x->found |= callee->kind == EX_IDENT && callee->decl &&
                    never_returns(callee->decl);
    }
    walk_operands(e, exit_expr, x);
    if (e->block)
        exit_stmt(x, e->block);
}

static void exit_stmt(void *ctx, struct stmt *s)
{
    struct exits *x = ctx;

    switch (s->kind) {
    case STMT_FUNC: return;
    case STMT_RETURN:
    case STMT_THROW:
    case STMT_GOTO:
    case STMT_GOTO_PTR: x->found = true; return;
    case STMT_ASM: x->found |= s->nlabels != 0; break;
    case STMT_BREAK:
        x->found |= s->target && s->target->at.from <= x->loop->at.from;
        break;
    case STMT_CONTINUE:
        x->found |= s->target && s->target->at.from < x->loop->at.from;
        break;
    default: break;
    }
    walk_exprs(s, exit_expr, x);
    walk_stmts(s, exit_stmt, x);
}

/* Its condition is always true. */
static bool goes_on(const struct stmt *s)
{
    if (s->kind == STMT_FOR && !s->e)
        return true;
    bool loop =
        s->kind == STMT_FOR || s->kind == STMT_WHILE || s->kind == STMT_DO;
    return loop && s->e && s->e->constant && s->e->value != 0;
}

void warn_endless(struct warner *w, const struct stmt *s)
{
    struct exits x = {.loop = s};

    if (!goes_on(s) || s->has_await)
        return;
    walk_exprs(s, exit_expr, &x);
    walk_stmts(s, exit_stmt, &x);
    if (!x.found)
        diag(w->u, (struct span){s->at.from, s->at.from + 1}, D_endless_loop);
}
