/* SPDX-License-Identifier: 0BSD
 * aw_gather_each: a gather whose children are an array (rule 4). Where their
 * number is a constant the array stands in the frame; else it is one piece of
 * memory, which goes when the last child has ended: with the gather, or, when
 * that was left early, by awi_drain. */
#include "impl.h"

/* What awi_mem_new aligns to. */
enum { MEM_ALIGN = 2 * sizeof(void *) };

/* Bytes of n children and of what may have to be skipped to align the first;
 * 0 when that is more than there can be, or more than can be counted. No
 * product of two numbers of 32 bits and no sum with a third is too large. */
static size_t bytes_of(size_t n, size_t size, size_t align)
{
    size_t slack = align > MEM_ALIGN ? align - MEM_ALIGN : 0;
    uint64_t bytes = (uint64_t)n * size + slack;
    if (n > UINT32_MAX || size > UINT32_MAX || bytes > SIZE_MAX / 2)
        return 0;
    return (size_t)bytes;
}

void *awi_gather_each_new(struct awi_gather_each *e, size_t n, size_t size,
                          size_t align)
{
    if (n == 0)
        return NULL;
    e->size = bytes_of(n, size, align);
    e->mem = e->size ? awi_mem_new(e->size) : NULL;
    if (!e->mem) {
        e->g.error = ENOMEM;
        return NULL;
    }
    e->g.flags |= AWI_PIECE;
    return awi_align_up(e->mem, align);
}

void awi_gather_each_free(struct awi_gather *g)
{
    struct awi_gather_each *e = (struct awi_gather_each *)g;
    if (!(g->flags & AWI_PIECE))
        return;
    g->flags &= (uint8_t)~AWI_PIECE;
    g->last = NULL; /* dropped again, it has no children */
    awi_mem_free(e->mem, e->size);
}

int awi_gather_each(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awi_gather *g = (struct awi_gather *)self;
    if (self->state == 0 && g->error) /* no memory: there are no children */
        return g->error;
    int r = awi_gather(self, t, outcome);
    if (r != AW_PENDING && g->left == 0)
        awi_gather_each_free(g);
    return r;
}

static void drop_each(struct aw_frame *self)
{
    awi_gather_drop(self);
    if (self->state == 0)
        awi_gather_each_free((struct awi_gather *)self);
}

const struct aw_desc awi_gather_each_desc = {
    .resume = awi_gather_each,
    .name = "aw_gather_each",
    .file = "",
    .size = sizeof(struct awi_gather_each),
    .align = sizeof(void *),
    .drop = drop_each,
};
