/* SPDX-License-Identifier: MIT
 * Directed graphs of nodes 0 .. n-1, and going through them depth first
 * without the C stack: who calls whom in a file can be a chain of any
 * length. */
#ifndef GEN_GRAPH_H
#define GEN_GRAPH_H

#include <stdbool.h>

#include "gen/vec.h"

struct graph {
    struct arena *arena;
    VEC(uint32_t) first;        /* of node: where its edges begin in `to` */
    VEC(uint32_t) to;
};

/* No nodes yet; all memory is from the arena. */
void graph_init(struct graph *g, struct arena *a);

/* The next node; its edges are those added until the one after it. */
void graph_node(struct graph *g);
void graph_edge(struct graph *g, uint32_t to);

/* What happens on the way; members may be NULL. */
struct graph_visitor {
    /* v is reached for the first time, before its edges */
    void (*enter)(void *ctx, uint32_t v);
    /* an edge of v, in the order added. `tree`: it led to w for the first
     * time, and w has been left; else w was there before, left or not */
    void (*edge)(void *ctx, uint32_t v, uint32_t w, bool tree);
    /* behind all edges of v */
    void (*leave)(void *ctx, uint32_t v);
};

/* From each node in turn, depth first, to every node once. */
void graph_walk(const struct graph *g, const struct graph_visitor *to,
                void *ctx);

#endif
