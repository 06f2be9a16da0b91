/* SPDX-License-Identifier: MIT
 * Generators. Both sides are plain flow around suspension points: `yield e`
 * stores e as the result and suspends; the error that it may go on with is
 * the consumer's wish to end, which runs the cleanup due and which no clause
 * takes. `aw_for (T x, f(a)) { body }` becomes a region whose cleanup ends
 * the generator when it was left at a yield:
 *
 *     make g = f(a)
 *     forever { more = next g; if (!more) break; x = take g; { body } }
 *     error = 0;
 *   awf_p1:
 *     if (more) close g;        (as a cleanup: marks and trail aside)
 *     if (error) throw outwards
 */
#include "gen/norm.h"

void norm_yield(struct normer *n, struct stmt *s)
{
    struct expr *aw = norm_as_await(s->e);

    if (aw) {
        norm_await(n, aw, DEST_RETURN, NULL, NULL);
    } else {
        norm_expr(n, s->e);
        norm_emit(n, N_RESULT)->e = s->e;
    }
    norm_suspend(n, AWAIT_YIELD);
}

/* The object that holds the generator, declared and made. */
static struct decl *make(struct normer *n, struct expr *e)
{
    struct decl *d = norm_object(n, e->type, "g");

    d->at = e->at;
    d->coro = e;
    norm_coro(n, e);
    norm_failing(n, N_MAKE)->d = d;
    return d;
}

static struct nstmt *resume(struct normer *n, enum await_op op, struct decl *g)
{
    struct nstmt *s = norm_suspend(n, op);

    s->src = g;
    s->coro = g->coro;
    return s;
}

static void take(struct normer *n, struct decl *x, struct decl *g)
{
    struct nstmt *s;

    norm_emit(n, N_DECL)->d = x;
    s = norm_emit(n, N_TAKE);
    s->d = x;
    s->src = g;
}

/* One round of the loop, in a block of its own. */
static void iterate(struct normer *n, struct stmt *s, struct decl *g,
                    struct decl *more)
{
    struct nstmt *outer, *in, *body;

    body = norm_enter(n, &outer);
    resume(n, AWAIT_NEXT, g)->d = more;
    norm_test(n, TEST_VALUE, more, &in);
    norm_emit(n, N_JUMP);
    n->list = in;
    if (s->ndecls)
        take(n, s->decls[0], g);
    norm_stmt(n, s->s1);
    n->list = outer;
    norm_emit(n, N_FOREVER)->s1 = body;
}

/* What is awaited in the generator's cleanup has a fate of its own, as in any
 * cleanup. */
static void close_left(struct normer *n, struct protect *p, struct decl *g,
                       struct decl *more)
{
    struct cleanup c;
    struct nstmt *outer, *inner, *body;

    norm_cleanup_begin(n, p, n->at, &c);
    n->risks++;
    body = norm_enter(n, &outer);
    norm_test(n, TEST_SET, more, &inner);
    resume(n, AWAIT_CLOSE, g);
    n->list = inner;
    norm_emit(n, N_DROP)->d = g;
    norm_join(n, outer, body);
    norm_cleanup_end(n, &c, body);
}

void norm_aw_for(struct normer *n, struct stmt *s)
{
    struct decl *more = norm_temp(n, type_basic(&n->u->types, TY_INT));
    struct nstmt *outer, *inner, *block = norm_enter(n, &outer), *body;

    if (s->ndecls && s->decls[0]->type->vla) {
        s->decls[0]->boxed = true;
        norm_vla_sizes(n, s->decls[0]);
    }
    struct decl *g = make(n, s->e);
    struct protect *p = norm_protect(n, s->s1->at, true);

    p->loop = s;
    n->protect = p;
    body = norm_enter(n, &inner);
    iterate(n, s, g, more);
    norm_join(n, inner, body);
    n->at = (struct span){s->at.to - 1, s->at.to};
    norm_close(n, p, body);
    close_left(n, p, g, more);
    norm_dispatch(n, p);
    norm_join(n, outer, block);
}
