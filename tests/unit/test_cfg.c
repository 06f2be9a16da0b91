/* SPDX-License-Identifier: MIT
 * Edges and events of the flow graph. */
#include "tests/unit/suite.h"

#include <stdlib.h>

#include "tests/unit/body.h"

/* Which blocks control can get to. */
static void reach(const struct block *k, struct bits seen)
{
    if (bits_has(seen, k->index))
        return;
    bits_add(seen, k->index);
    for (uint32_t i = 0; i < k->succ.n; i++)
        reach(k->succ.v[i], seen);
}

static struct bits reached(struct prepared *p)
{
    struct bits seen = bits_new(&p->u.arena, p->f->cfg->blocks.n);
    reach(p->f->cfg->blocks.v[0], seen);
    return seen;
}

static const struct {
    const char *text;
    bool end;
} ends[] = {
    {"", true},
    {"return 1;", false},
    {"await v();", true},
    {"for (;;) await v();", false},
    {"for (;;) if (i) break; else await v();", true},
    {"while (1) await v();", false},
    {"while (i) return 1;", true},
    {"do return 1; while (i);", false},
    {"do { if (i) continue; return 1; } while (u);", true},
    {"l: await v(); goto l;", false},
    {"goto l; return 1; l: ;", true},
    {"if (i) return 1; else return 2;", false},
    {"if (i) return 1;", true},
    {"switch (i) { case 1: return 1; }", true},
    {"switch (i) { case 1: return 1; default: return 2; }", false},
    {"switch (i) { case 1: break; default: return 2; }", true},
    {"throw 5;", false},
    {"try { throw 5; } catch (int e) { return e; }", false},
    {"try { throw 5; } catch (5) { i = 1; }", true},
    {"try { throw 5; } catch (int e) { }", true},
    {"try { await v(); } finally { i = 1; }", true},
};

START_TEST(knows_whether_the_end_is_reached)
{
    struct prepared p;
    prepare_body(&p, ends[_i].text);
    ck_assert_msg(p.f->cfg->end_reached == ends[_i].end, "%s", ends[_i].text);
    prepared_free(&p);
}
END_TEST

/* One suspension point, one block that ends with it, one way on. */
START_TEST(awaits_end_their_blocks)
{
    struct prepared p;
    prepare_body(&p, "await g(1); while (i) { if (u) await g(2); else break; }"
                     "switch (await g(3)) { case 1: await v(); } return 0;");
    const struct cfg *g = p.f->cfg;
    cfg_verify(g);
    struct bits seen = reached(&p);
    uint32_t states = 0;
    for (uint32_t i = 0; i < g->blocks.n; i++) {
        const struct block *k = g->blocks.v[i];
        ck_assert_uint_eq(k->index, i);
        if (!k->state)
            continue;
        states++;
        ck_assert(bits_has(seen, i));
        ck_assert_uint_eq(k->succ.n, 1);
    }
    ck_assert_uint_eq(states, g->norm->awaits.n);
    prepared_free(&p);
}
END_TEST

/* The events of local `name` along the blocks in their order; its lifetime may
 * be said to begin twice, for the block and for the declaration. */
static char *events_of(const struct prepared *p, const char *name)
{
    static const char letters[] = {
        [EV_USE] = 'u', [EV_DEF] = 'd', [EV_TOUCH] = 't', [EV_SCOPE] = 's'};
    uint32_t local = prepared_local(p, name);
    const struct cfg *g = p->f->cfg;
    struct buf b = {0};
    for (uint32_t i = 0; i < g->blocks.n; i++)
        for (uint32_t k = 0; k < g->blocks.v[i]->events.n; k++) {
            struct event e = g->blocks.v[i]->events.v[k];
            bool again = e.kind == EV_SCOPE && b.n && b.p[b.n - 1] == 's';
            if (e.local == local && !again)
                buf_putc(&b, letters[e.kind]);
        }
    buf_putc(&b, '\0');
    return b.p;
}

static const struct {
    const char *text, *local, *events;
} events[] = {
    {"int k; k = 1;", "k", "sd"},
    {"int k = i;", "k", "sd"},
    {"int k = i; k += 1;", "k", "sdud"},
    {"int k = i; k++; return k;", "k", "sdudu"},
    {"int k; k = await g(1); return k;", "k", "sdu"},
    {"int k = i; i = sizeof k;", "k", "sd"},
    /* the other members keep their values */
    {"struct s w; w.x = 1; return w.x;", "w", "suu"},
    {"int *r = &i; *r = 2;", "r", "sdu"},
};

START_TEST(uses_and_definitions_are_in_order)
{
    struct prepared p;
    prepare_body(&p, events[_i].text);
    char *got = events_of(&p, events[_i].local);
    ck_assert_msg(strcmp(got, events[_i].events) == 0, "%s: %s, not %s",
                  events[_i].text, got, events[_i].events);
    free(got);
    prepared_free(&p);
}
END_TEST

Suite *suite_cfg(void)
{
    Suite *s = suite_create("cfg");
    TCase *t = tcase_create("cfg");
    tcase_add_loop_test(t, knows_whether_the_end_is_reached, 0, LEN(ends));
    tcase_add_test(t, awaits_end_their_blocks);
    tcase_add_loop_test(t, uses_and_definitions_are_in_order, 0, LEN(events));
    suite_add_tcase(s, t);
    return s;
}
