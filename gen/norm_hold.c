/* SPDX-License-Identifier: MIT
 * Waits for children that an earlier await of the function has left behind:
 * an awaited combinator's storage, and the objects that its children may have
 * pointers to, are used again only when those have ended (runtime.md 4). */
#include "gen/coro.h"
#include "gen/norm.h"

static bool comes_again(const struct normer *n)
{
    return n->loops || n->jumps;
}

/* Its error goes where a throw would, or into `error`. */
static struct nstmt *drain(struct normer *n, struct decl *error)
{
    struct nstmt *s = norm_suspend(n, AWAIT_DRAIN);

    s->d = error;
    if (error)
        s->protect = NULL;
    return s;
}

struct nstmt *norm_hold(struct normer *n, struct expr *e)
{
    enum coro_hold h = coro_hold(e);
    bool kept = h == HOLD_ANY || (h == HOLD_THROWN && n->protect);
    struct nstmt *s, *before = kept && comes_again(n) ? drain(n, NULL) : NULL;

    s = norm_suspend(n, AWAIT_CORO);
    s->kept = kept;
    n->n->holds |= h != HOLD_NONE;
    n->n->keeps += kept;
    if (before)
        before->of = s;
    return s;
}

void norm_wait_for_held(struct normer *n, struct protect *p)
{
    if (!n->n->keeps)
        return;
    drain(n, p->error);
    p->reached = true; /* the wait may be cancelled */
}

/* Whether s declares an object of the block around with an address; blocks of
 * the user are asked by themselves. */
static bool has_address(const struct nstmt *s)
{
    if (s->kind == N_DECL)
        return s->d->addr_taken;
    if (s->kind == N_BLOCK && s->orig)
        return false;
    for (uint32_t i = 0; i < s->body.n; i++)
        if (has_address(s->body.v[i]))
            return true;
    return (s->init && has_address(s->init)) || (s->s1 && has_address(s->s1)) ||
           (s->s2 && has_address(s->s2));
}

static bool declares_addressed(const struct nstmt *block)
{
    for (uint32_t i = 0; i < block->body.n; i++)
        if (has_address(block->body.v[i]))
            return true;
    return false;
}

/* Puts s, the last of the list, at `place`. */
static void move_last(struct nstmt *list, uint32_t place, struct nstmt *s)
{
    for (uint32_t i = list->body.n - 1; i > place; i--)
        list->body.v[i] = list->body.v[i - 1];
    list->body.v[place] = s;
}

void norm_block_again(struct normer *n, struct nstmt *block, uint32_t awaits,
                      struct nstmt *list, uint32_t place)
{
    struct nstmt *outer = n->list, *s;
    uint32_t end = n->n->awaits.n;

    if (!comes_again(n) || !declares_addressed(block))
        return;
    n->list = list;
    for (uint32_t i = awaits; i < end; i++) {
        if (!n->n->awaits.v[i]->kept)
            continue;
        s = drain(n, NULL);
        s->of = n->n->awaits.v[i];
        move_last(list, place++, s);
    }
    n->list = outer;
}
