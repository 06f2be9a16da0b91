/* SPDX-License-Identifier: MIT
 * Both problems are solved by iterating over the blocks until nothing
 * changes: liveness backwards, "may be unset" forwards. Blocks are created
 * roughly in source order, so few rounds are needed. */
#include "gen/buf.h"
#include "gen/live.h"
#include "gen/verify.h"

struct solver {
    struct unit *u;
    const struct cfg *g;
    struct bits *live_in; /* by block */
    struct bits *unset_in;
    struct bits tmp;
};

static struct bits *bits_array(struct unit *u, uint32_t n, uint32_t width)
{
    struct bits *a = ARENA_ARRAY(u->tree, struct bits, n);

    for (uint32_t i = 0; i < n; i++)
        a[i] = bits_new(u->tree, width);
    return a;
}

static void live_out(const struct solver *s, const struct block *k,
                     struct bits out)
{
    bits_minus(out, out);
    for (uint32_t i = 0; i < k->succ.n; i++)
        bits_or(out, s->live_in[k->succ.v[i]->index]);
}

/* The set before k's events, from the one after them. */
static void backwards(const struct block *k, struct bits set)
{
    for (uint32_t i = k->events.n; i-- > 0;) {
        struct event e = k->events.v[i];

        if (e.kind == EV_USE)
            bits_add(set, e.local);
        else if (e.kind == EV_DEF || e.kind == EV_SCOPE)
            bits_del(set, e.local);
    }
}

static void forwards(const struct block *k, struct bits set)
{
    for (uint32_t i = 0; i < k->events.n; i++) {
        struct event e = k->events.v[i];

        if (e.kind == EV_SCOPE)
            bits_add(set, e.local);
        else if (e.kind == EV_DEF)
            bits_del(set, e.local);
    }
}

static bool step_live(struct solver *s, const struct block *k)
{
    live_out(s, k, s->tmp);
    backwards(k, s->tmp);
    return bits_or(s->live_in[k->index], s->tmp);
}

static bool step_unset(struct solver *s, const struct block *k)
{
    bool changed = false;

    bits_copy(s->tmp, s->unset_in[k->index]);
    forwards(k, s->tmp);
    for (uint32_t i = 0; i < k->succ.n; i++)
        changed |= bits_or(s->unset_in[k->succ.v[i]->index], s->tmp);
    return changed;
}

static void solve(struct solver *s)
{
    const struct cfg *g = s->g;
    bool again = true;

    while (again) {
        again = false;
        for (uint32_t i = g->blocks.n; i-- > 0;)
            again |= step_live(s, g->blocks.v[i]);
    }
    for (again = true; again;) {
        again = false;
        for (uint32_t i = 0; i < g->blocks.n; i++)
            again |= step_unset(s, g->blocks.v[i]);
    }
}

static struct solver solved(struct unit *u, const struct cfg *g)
{
    struct solver s = {.u = u, .g = g};

    s.live_in = bits_array(u, g->blocks.n, g->locals.n);
    s.unset_in = bits_array(u, g->blocks.n, g->locals.n);
    s.tmp = bits_new(u->tree, g->locals.n);
    solve(&s);
    return s;
}

struct live *live_compute(struct unit *u, const struct cfg *g)
{
    struct live *l = ARENA_NEW(u->tree, struct live);
    struct solver s = solved(u, g);
    uint32_t states = g->norm->awaits.n + 1;

    l->cfg = g;
    l->at = bits_array(u, states, g->locals.n);
    l->unset = bits_array(u, states, g->locals.n);
    for (uint32_t i = 0; i < g->blocks.n; i++) {
        const struct block *k = g->blocks.v[i];

        if (!k->state)
            continue;
        bits_copy(l->at[k->state], s.live_in[k->succ.v[0]->index]);
        bits_copy(l->unset[k->state], s.unset_in[i]);
        forwards(k, l->unset[k->state]);
    }
    return l;
}

void live_verify(struct unit *u, const struct live *l)
{
    const struct cfg *g = l->cfg;
    struct solver s = solved(u, g);

    for (uint32_t i = 0; i < g->blocks.n; i++) {
        const struct block *k = g->blocks.v[i];

        VERIFY("live", !step_live(&s, k) && !step_unset(&s, k));
        VERIFY("live", !k->state || bits_eq(l->at[k->state],
                                            s.live_in[k->succ.v[0]->index]));
    }
    /* nothing is live into the entry: its events give every local a value
       or begin its lifetime */
    VERIFY("live", g->blocks.n == 0 || bits_empty(s.live_in[0]));
}

static void dump_set(const struct live *l, const char *what, struct bits set,
                     struct buf *out)
{
    buf_printf(out, " %s", what);
    for (uint32_t i = bits_next(set, 0); i < set.n; i = bits_next(set, i + 1))
        buf_printf(out, " %s",
                   l->cfg->locals.v[i]->name ? l->cfg->locals.v[i]->name->s
                                             : "?");
    buf_putc(out, '\n');
}

void live_dump(const struct live *l, struct buf *out)
{
    buf_printf(out, "%s\n", l->cfg->norm->func->decl->name->s);
    for (uint32_t k = 1; k <= l->cfg->norm->awaits.n; k++) {
        buf_printf(out, "state %u\n", k);
        dump_set(l, "live", l->at[k], out);
        dump_set(l, "unset", l->unset[k], out);
    }
}
