/* SPDX-License-Identifier: MIT
 * Errors and cleanup as plain control flow.
 *
 * A protected region has an object for the pending error and a label behind
 * its body. An error goes there with the error in the object; the end of the
 * body does with 0. Behind the label stand the clauses of a try, one if after
 * the other, or the cleanup of finally and defer, after which what was
 * pending goes on outwards: the error, or one of the numbered other ways out
 * (return, break, continue, goto) that had to stop here.
 *
 *     { body }  error = 0;              { body }  error = 0; exit = 0;
 *   awf_p1:                           awf_p2:
 *     if (error == EAGAIN) ...          { cleanup }
 *     else if (error) throw outwards    if (error) throw outwards
 *                                       if (exit == 1) break ...
 */
#include "gen/norm.h"
#include "gen/operand.h"

/* AW_CANCELLED of <aw.h>. */
enum { CANCELLED = -4096 };

static const struct type *int_type(struct normer *n)
{
    return type_basic(&n->u->types, TY_INT);
}

static void set_from(struct normer *n, struct decl *d, struct decl *src)
{
    struct nstmt *s = norm_emit(n, N_SET);

    s->d = d;
    s->src = src;
}

static void go(struct normer *n, const char *label)
{
    norm_emit(n, N_GOTO)->name = label;
}

static bool is_break(const struct nstmt *s)
{
    return s->kind == N_JUMP && (!s->orig || s->orig->kind == STMT_BREAK);
}

/* Whether a loop with this body can be left by a break. */
static bool has_break(const struct nstmt *s)
{
    if (!s)
        return false;
    for (uint32_t i = 0; i < s->body.n; i++)
        if (has_break(s->body.v[i]))
            return true;
    if (s->kind == N_IF)
        return has_break(s->s1) || has_break(s->s2);
    return is_break(s);
}

static bool is_endless(const struct nstmt *s)
{
    return (!s->e || (s->e->constant && s->e->value)) && !has_break(s->s1);
}

/* Whether control cannot reach the end of a list. */
static bool ends(const struct nstmt *list)
{
    const struct nstmt *s;

    if (list->body.n == 0)
        return false;
    s = list->body.v[list->body.n - 1];
    switch ((enum nstmt_kind)s->kind) {
    case N_GOTO:
    case N_JUMP:
    case N_RETURN:
    case N_FAIL: return true;
    case N_BLOCK: return ends(s);
    case N_FOREVER:
    case N_WHILE:
    case N_FOR: return is_endless(s);
    case N_IF: return s->s2 && ends(s->s1) && ends(s->s2);
    default: return false;
    }
}

/* ---- leaving --------------------------------------------------------------
 */

/* The token that a way out leads to; 0 leaves the function. */
static tokidx target_of(enum stmt_kind kind, const struct stmt *s)
{
    if (kind == STMT_RETURN || !s->target)
        return 0;
    if (kind == STMT_CONTINUE && s->target->kind == STMT_AW_FOR)
        return s->target->s1->at.from; /* it does not leave the generator */
    return s->target->at.from;
}

static bool is_inside(struct span at, tokidx t)
{
    return at.from <= t && t < at.to;
}

/* The innermost cleanup that stands between here and the token. */
static struct protect *first_cleanup(struct normer *n, tokidx to)
{
    for (struct protect *p = n->protect; p; p = p->outer) {
        if (is_inside(p->at, to))
            return NULL;
        if (p->cleanup)
            return p;
    }
    return NULL;
}

static bool same_way(const struct way_out *w, enum stmt_kind kind,
                     const struct stmt *s)
{
    if (w->kind != kind)
        return false;
    return kind == STMT_RETURN || w->s->target == s->target;
}

/* The number of a way out of p, from 1. */
static uint32_t way_number(struct normer *n, struct protect *p,
                           enum stmt_kind kind, struct stmt *s)
{
    struct way_out w = {kind, s};

    for (uint32_t i = 0; i < p->ways.n; i++)
        if (same_way(&p->ways.v[i], kind, s))
            return i + 1;
    VEC_PUSH(n->u->tree, &p->ways, w);
    return p->ways.n;
}

static void set_exit(struct normer *n, struct protect *p, uint32_t number)
{
    norm_set_value(n, p->exit, number);
    VEC_PUSH(n->u->tree, &p->sets, VEC_LAST(&n->list->body));
}

void norm_leave(struct normer *n, enum stmt_kind kind, struct stmt *s)
{
    struct protect *p =
        n->protect ? first_cleanup(n, target_of(kind, s)) : NULL;

    if (!p) {
        norm_jump(n, kind, s);
        return;
    }
    norm_set_value(n, p->error, 0);
    if (kind == STMT_BREAK && s->target == p->loop)
        set_exit(n, p, 0);
    else
        set_exit(n, p, way_number(n, p, kind, s));
    p->reached = true;
    go(n, p->label);
}

/* The error in d goes on from here. */
static void raise(struct normer *n, struct decl *d)
{
    struct protect *p = n->protect;

    if (!p) {
        norm_emit(n, N_FAIL)->d = d;
        return;
    }
    set_from(n, p->error, d);
    if (p->cleanup)
        set_exit(n, p, 0);
    p->reached = true;
    go(n, p->label);
}

/* ---- regions --------------------------------------------------------------
 */

struct protect *norm_protect(struct normer *n, struct span at, bool cleanup)
{
    struct protect *p = ARENA_NEW(n->u->tree, struct protect);

    p->outer = n->protect;
    p->at = at;
    p->cleanup = cleanup;
    p->region = n->labels + 1;
    p->label = arena_printf(n->u->tree, "awf_p%u", ++n->labels);
    p->error = norm_named(n, int_type(n), "error", n->labels);
    if (cleanup)
        p->exit = norm_named(n, int_type(n), "exit", n->labels);
    return p;
}

/* It is among the last. */
static void drop_temp(struct norm *f, const struct decl *d)
{
    uint32_t i = f->temps.n;

    while (f->temps.v[--i] != d)
        ;
    for (f->temps.n--; i < f->temps.n; i++)
        f->temps.v[i] = f->temps.v[i + 1];
}

/* Behind the protected body, in the list that it was added to: nothing is
 * pending when control comes here by itself. */
void norm_close(struct normer *n, struct protect *p, const struct nstmt *body)
{
    n->protect = p->outer;
    if (!p->reached && !p->cleanup) {
        drop_temp(n->n, p->error); /* no clause asks for it */
        return;
    }
    p->ended = ends(body) && !p->loop;
    if (!ends(body)) {
        norm_set_value(n, p->error, 0);
        if (p->cleanup)
            set_exit(n, p, 0);
    }
    if (p->reached)
        norm_emit(n, N_LABEL)->name = p->label;
}

struct nstmt *norm_test(struct normer *n, enum if_test test, struct decl *d,
                        struct nstmt **outer)
{
    struct nstmt *s = norm_emit(n, N_IF);

    s->test = (uint8_t)test;
    s->d = d;
    s->s1 = norm_enter(n, outer);
    return s;
}

/* Nothing but errors and the end of the body came to p's label. */
static void drop_exit(struct normer *n, struct protect *p)
{
    for (uint32_t i = 0; i < p->sets.n; i++)
        p->sets.v[i]->kind = N_NOP;
    drop_temp(n->n, p->exit);
    p->exit = NULL;
}

/* The trail of the error in d. */
static struct nstmt *trail(struct normer *n, enum nstmt_kind kind,
                           struct decl *d, uint32_t region)
{
    struct nstmt *s = norm_emit(n, kind);

    s->d = d;
    s->value = region;
    return s;
}

/* The marks of the cancellation in `error`, put aside in a local of p's; the
 * statement that does it. */
static struct nstmt *put_aside(struct normer *n, const struct protect *p,
                               struct decl *error)
{
    struct nstmt *s = norm_emit(n, N_MARKS);

    s->d = norm_named(n, int_type(n), "marks", p->region);
    s->src = error;
    return s;
}

/* They are back; with `error`, when that is a cancellation. */
static void put_back(struct normer *n, struct decl *marks, struct decl *error)
{
    struct nstmt *s = norm_emit(n, N_UNMARK);

    s->d = marks;
    s->src = error;
}

/* The last way on is not asked for when the body has no end, so that nothing
 * seems to fall out of the region. */
void norm_dispatch(struct normer *n, struct protect *p)
{
    struct nstmt *outer = n->list;

    if (p->reached) {
        if (p->ways.n || !p->ended)
            norm_test(n, TEST_SET, p->error, &outer);
        if (p->aside)
            trail(n, N_AGAIN, p->error, p->region);
        if (p->marks)
            put_back(n, p->marks, NULL);
        raise(n, p->error);
        n->list = outer;
    }
    for (uint32_t i = 0; i < p->ways.n; i++) {
        if (i + 1 < p->ways.n || !p->ended)
            norm_test(n, TEST_VALUE, p->exit, &outer)->value = i + 1;
        norm_leave(n, p->ways.v[i].kind, p->ways.v[i].s);
        n->list = outer;
    }
    if (p->ways.n <= p->ended)
        drop_exit(n, p);
}

/* ---- statements -----------------------------------------------------------
 */

/* A cleanup around the statements that follow in a block. */
static struct nstmt *enter_cleanup(struct normer *n, struct protect *p,
                                   struct nstmt **outer)
{
    n->protect = p;
    return norm_enter(n, outer);
}

static void leave_cleanup(struct normer *n, struct protect *p,
                          struct nstmt *outer, struct nstmt *body)
{
    norm_join(n, outer, body);
    n->at = (struct span){p->at.to - 1, p->at.to};
    norm_close(n, p, body);
}

/* What a cleanup that may throw puts aside while an error is pending. */
static void put_all_aside(struct normer *n, struct cleanup *c)
{
    struct protect *p = c->p;

    if (!p->reached)
        return;
    c->aside[0] = trail(n, N_ASIDE, p->error, p->region);
    c->aside[1] = put_aside(n, p, p->error);
    p->marks = c->aside[1]->d;
}

static void spare(struct normer *n, struct cleanup *c)
{
    if (!c->aside[0] || !c->aside[1])
        return;
    c->aside[0]->kind = c->aside[1]->kind = N_NOP;
    drop_temp(n->n, c->p->marks);
    c->p->marks = NULL;
}

void norm_cleanup_begin(struct normer *n, struct protect *p, struct span at,
                        struct cleanup *c)
{
    c->p = p;
    c->aside[0] = c->aside[1] = NULL;
    c->own = norm_protect(n, at, false);
    c->risks = n->risks;
    n->protect = p->reached ? c->own : p->outer;
    put_all_aside(n, c);
}

void norm_cleanup_end(struct normer *n, struct cleanup *c,
                      const struct nstmt *body)
{
    struct protect *p = c->p, *own = c->own;
    struct nstmt *outer;

    p->aside = p->reached && n->risks != c->risks;
    if (!p->aside)
        spare(n, c);
    norm_close(n, own, body);
    if (!own->reached)
        return;
    norm_test(n, TEST_SET, own->error, &outer);
    if (p->marks)
        put_back(n, p->marks, own->error);
    raise(n, own->error);
    n->list = outer;
}

static void cleanup_body(struct normer *n, struct protect *p, struct stmt *s)
{
    struct cleanup c;

    norm_cleanup_begin(n, p, s->at, &c);
    norm_cleanup_end(n, &c, norm_nested(n, s));
}

void norm_defer(struct normer *n, struct stmt *block, uint32_t i)
{
    struct stmt *d = block->body[i];
    struct span rest = {d->at.to, block->at.to};
    struct protect *p = norm_protect(n, rest, true);
    struct nstmt *outer, *body = enter_cleanup(n, p, &outer);

    norm_stmts(n, block, i + 1);
    leave_cleanup(n, p, outer, body);
    cleanup_body(n, p, d->s1);
    norm_dispatch(n, p);
}

static bool is_boxed_array(const struct decl *d)
{
    return d->boxed && d->kind == DECL_VAR && d->type->kind == TY_ARRAY;
}

bool norm_has_cleanup(const struct stmt *s)
{
    for (uint32_t i = 0; s->kind == STMT_DECL && i < s->ndecls; i++)
        if (s->decls[i]->cleanup || is_boxed_array(s->decls[i]))
            return true;
    return false;
}

void norm_cleanup(struct normer *n, struct stmt *block, uint32_t i, uint32_t k)
{
    struct stmt *s = block->body[i];
    struct nstmt *outer, *body;
    struct protect *p;
    struct decl *d;

    do {
        if (k == s->ndecls) {
            norm_stmts(n, block, i + 1);
            return;
        }
        d = s->decls[k++];
        norm_decl(n, d);
    } while (!d->cleanup && !is_boxed_array(d));
    d->addr_taken = true;
    p = norm_protect(n, (struct span){d->at.to, block->at.to}, true);
    body = enter_cleanup(n, p, &outer);
    norm_cleanup(n, block, i, k);
    leave_cleanup(n, p, outer, body);
    if (d->cleanup)
        norm_emit(n, N_CLEANUP)->d = d;
    if (is_boxed_array(d)) {
        norm_wait_for_held(n, p);
        norm_emit(n, N_DROP)->d = d;
    }
    norm_dispatch(n, p);
}

/* aw_caught() in a clause is its error; inner clauses overwrite theirs. */
static void name_caught(struct normer *n, struct span at, struct decl *error)
{
    const struct func *f = n->n->func;

    for (uint32_t i = 0; i < f->forms.n; i++) {
        struct expr *e = f->forms.v[i];

        if (e->form == FORM_CAUGHT && is_inside(at, e->at.from))
            e->repl = error;
    }
}

static bool takes_cancellation(const struct catch_clause *c)
{
    for (uint32_t i = 0; i < c->ncodes; i++)
        if (c->codes[i]->constant && c->codes[i]->value == CANCELLED)
            return true;
    return false;
}

static void clause_body(struct normer *n, struct catch_clause *c,
                        struct protect *p)
{
    const struct decl *outer = n->caught;
    uint32_t region = n->clause;
    struct nstmt *body;

    trail(n, N_ASIDE, p->error, p->region);
    if (c->var && norm_uses(n->n->func, c->var)) {
        norm_emit(n, N_DECL)->d = c->var;
        set_from(n, c->var, p->error);
    }
    n->caught = c->var;
    n->clause = p->region;
    body = norm_body(n, c->body);
    n->caught = outer;
    n->clause = region;
    VEC_PUSH(n->u->tree, &n->list->body, body);
}

/* A clause that catches a cancellation and is left other than by throwing one
 * ends it: a cleanup of our own around the clause. */
static void cancel_clause(struct normer *n, struct catch_clause *c,
                          struct protect *caught)
{
    struct protect *p = norm_protect(n, c->body->at, true);
    struct decl *marks = put_aside(n, p, caught->error)->d;
    struct nstmt *outer, *body = norm_enter(n, &outer);

    n->protect = p;
    clause_body(n, c, caught);
    norm_join(n, outer, body);
    norm_close(n, p, body);
    put_back(n, marks, p->error);
    norm_dispatch(n, p);
}

/* The clauses one after the other, else the error goes on. */
static void norm_clauses(struct normer *n, struct stmt *s, uint32_t i,
                         struct protect *p)
{
    struct decl *error = p->error;
    struct nstmt *outer, *test;
    struct catch_clause *c = &s->clauses[i];

    if (i == s->nclauses) {
        outer = n->list;
        if (!p->ended)
            norm_test(n, TEST_SET, error, &outer);
        raise(n, error);
        n->list = outer;
        return;
    }
    name_caught(n, c->body->at, error);
    test = norm_test(n, c->ncodes ? TEST_CODES : TEST_ERROR, error, &outer);
    test->codes = c->codes;
    test->ncodes = c->ncodes;
    if (takes_cancellation(c))
        cancel_clause(n, c, p);
    else
        clause_body(n, c, p);
    n->list = outer;
    test->s2 = norm_enter(n, &outer);
    norm_clauses(n, s, i + 1, p);
    n->list = outer;
}

/* try s1 clauses, without the finally. */
static void norm_catch(struct normer *n, struct stmt *s)
{
    struct protect *p;
    struct nstmt *body;

    if (s->nclauses == 0) {
        norm_nested(n, s->s1);
        return;
    }
    p = norm_protect(n, s->s1->at, false);
    n->protect = p;
    body = norm_nested(n, s->s1);
    body->orig = NULL; /* the statements around it are not copied with it */
    norm_close(n, p, body);
    if (p->reached)
        norm_clauses(n, s, 0, p);
}

void norm_try(struct normer *n, struct stmt *s)
{
    struct span at = {s->at.from, s->s2 ? s->s2->at.from : s->at.to};
    struct protect *p;
    struct nstmt *outer, *body;

    if (!s->s2) {
        norm_catch(n, s);
        return;
    }
    p = norm_protect(n, at, true);
    body = norm_enter(n, &outer);
    n->protect = p;
    norm_catch(n, s);
    norm_join(n, outer, body);
    n->at = s->s2->at;
    norm_close(n, p, body);
    cleanup_body(n, p, s->s2);
    norm_dispatch(n, p);
}

/* Whether e is the error that a clause handles: its trail goes on. */
static bool is_caught(struct normer *n, const struct expr *e)
{
    const struct decl *d;

    while (e->kind == EX_PAREN)
        e = e->a;
    if (e->kind == EX_FORM)
        return e->form == FORM_CAUGHT;
    d = e->kind == EX_IDENT ? e->decl : NULL;
    return d && d == n->caught;
}

void norm_throw(struct normer *n, struct stmt *s)
{
    struct decl *d = norm_temp(n, int_type(n));
    struct expr *aw = norm_as_await(s->e);

    n->risks++;
    if (aw) {
        norm_await(n, aw, DEST_DECL, NULL, d);
    } else {
        norm_expr(n, s->e);
        norm_set(n, d, s->e);
    }
    if (!s->e->constant)
        norm_emit(n, N_CHECK)->d = d;
    if (is_caught(n, s->e))
        trail(n, N_AGAIN, d, n->clause);
    else
        norm_emit(n, N_THROWN)->d = d;
    raise(n, d);
}
