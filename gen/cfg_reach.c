/* SPDX-License-Identifier: MIT
 * Where control may come to in a flow graph. */
#include "gen/cfg.h"

struct reach {
    struct unit *u;
    struct bits seen; /* blocks */
    VEC(const struct block *) work;
};

static struct reach reach_new(struct unit *u, const struct cfg *g)
{
    struct reach r = {.u = u};

    r.seen = bits_new(u->tree, g->blocks.n);
    return r;
}

static void add(struct reach *r, const struct block *k)
{
    if (bits_has(r->seen, k->index))
        return;
    bits_add(r->seen, k->index);
    VEC_PUSH(r->u->tree, &r->work, k);
}

static void add_next(struct reach *r, const struct block *k)
{
    for (uint32_t i = 0; i < k->succ.n; i++)
        add(r, k->succ.v[i]);
}

bool cfg_reaches(struct unit *u, const struct cfg *g, const struct block *to)
{
    struct reach r = reach_new(u, g);

    for (uint32_t i = 0; i < g->blocks.n; i++)
        if (i == 0 || g->blocks.v[i]->state)
            add(&r, g->blocks.v[i]);
    while (r.work.n)
        add_next(&r, r.work.v[--r.work.n]);
    return bits_has(r.seen, to->index);
}

/* A suspension point that control may come to next from k; 0 if none. */
static uint32_t next_suspension(struct unit *u, const struct cfg *g,
                                const struct block *k)
{
    struct reach r = reach_new(u, g);

    add(&r, k);
    while (r.work.n) {
        k = r.work.v[--r.work.n];
        if (k->state)
            return k->state;
        add_next(&r, k);
    }
    return 0;
}

void cfg_check_allocas(struct unit *u, const struct cfg *g)
{
    for (uint32_t i = 0; i < g->allocas.n; i++) {
        struct stack_use s = g->allocas.v[i];
        uint32_t state = next_suspension(u, g, s.block);

        if (!state)
            continue;
        diag(u, s.e->at, D_alloca, s.e->decl->name->s);
        diag_note(u, g->norm->awaits.v[state - 1]->at,
                  "it is gone after this await");
    }
}
