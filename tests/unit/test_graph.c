/* SPDX-License-Identifier: MIT */
#include "tests/unit/suite.h"

#include "gen/buf.h"
#include "gen/graph.h"

static void enter(void *ctx, uint32_t v)
{
    buf_printf(ctx, "(%u ", (unsigned)v);
}

static void edge(void *ctx, uint32_t v, uint32_t w, bool tree)
{
    buf_printf(ctx, "%u%s%u ", (unsigned)v, tree ? ">" : "-", (unsigned)w);
}

static void leave(void *ctx, uint32_t v)
{
    buf_printf(ctx, "%u) ", (unsigned)v);
}

/* "1 2, 0, 2" : 0 to 1 and 2, 1 to 0, 2 to itself */
static void read_graph(struct graph *g, const char *edges)
{
    graph_node(g);
    for (; *edges; edges++) {
        if (*edges == ',')
            graph_node(g);
        else if (*edges != ' ')
            graph_edge(g, (uint32_t)(*edges - '0'));
    }
}

static const struct {
    const char *edges, *way;
} cases[] = {
    {"", "(0 0) "},
    {"0", "(0 0-0 0) "},
    {",", "(0 0) (1 1) "},
    {"1,2,", "(0 (1 (2 2) 1>2 1) 0>1 0) "},
    {",0,1", "(0 0) (1 1-0 1) (2 2-1 2) "},
    {"1 2,2,0", "(0 (1 (2 2-0 2) 1>2 1) 0>1 0-2 0) "},
    {"2 1 1,,1", "(0 (2 (1 1) 2>1 2) 0>2 0-1 0-1 0) "},
};

START_TEST(every_node_and_edge_is_seen_in_order)
{
    static const struct graph_visitor visitor = {enter, edge, leave};
    struct buf b = {0};
    struct arena a;
    struct graph g;

    arena_init(&a, NULL, NULL);
    graph_init(&g, &a);
    read_graph(&g, cases[_i].edges);
    graph_walk(&g, &visitor, &b);
    buf_putc(&b, '\0');
    ck_assert_str_eq(b.p, cases[_i].way);
    buf_free(&b);
    arena_free(&a);
}
END_TEST

static void count(void *ctx, uint32_t v)
{
    uint32_t *n = ctx;

    ck_assert_uint_eq(v, --*n);
}

START_TEST(a_long_chain_needs_no_stack)
{
    enum { NODES = 1000000 };
    static const struct graph_visitor visitor = {.leave = count};
    uint32_t left = NODES;
    struct arena a;
    struct graph g;

    arena_init(&a, NULL, NULL);
    graph_init(&g, &a);
    for (uint32_t v = 0; v < NODES; v++) {
        graph_node(&g);
        if (v + 1 < NODES)
            graph_edge(&g, v + 1);
    }
    graph_walk(&g, &visitor, &left);
    ck_assert_uint_eq(left, 0);
    arena_free(&a);
}
END_TEST

Suite *suite_graph(void)
{
    Suite *s = suite_create("graph");
    TCase *t = tcase_create("graph");

    tcase_add_loop_test(t, every_node_and_edge_is_seen_in_order, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(t, a_long_chain_needs_no_stack);
    suite_add_tcase(s, t);
    return s;
}
