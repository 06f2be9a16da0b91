/* SPDX-License-Identifier: 0BSD
 * Storage that a frame cannot embed: recursive calls, functions whose frame
 * is not known, arrays of variable length. */
#include "impl.h"

/* Bytes before a boxed frame, the parent's address in the last of them; more
 * aligned frames have the address of the whole before that. */
static size_t head(const struct aw_desc *d)
{
    return d->align <= sizeof(void *) ? sizeof(void *)
                                      : d->align + 2 * sizeof(void *);
}

struct aw_frame *awi_box_new(struct aw_frame *parent, const struct aw_desc *d)
{
    char *p = awi_port_alloc(head(d) + d->size);
    if (!p)
        return NULL;
    char *at = p + sizeof(void *);
    if (d->align > sizeof(void *)) {
        at = awi_align_up(p + 2 * sizeof(void *), d->align);
        ((void **)(void *)at)[-2] = p;
    }
    struct aw_frame *f = (struct aw_frame *)(void *)at;
    ((struct aw_frame **)(void *)at)[-1] = parent;
    f->desc = d;
    f->up = AWI_UP_BOXED;
    f->state = 0;
    return f;
}

void awi_box_free(struct aw_frame *f, const struct aw_desc *d)
{
    void *p = (char *)f - sizeof(void *);
    if (d->align > sizeof(void *))
        p = ((void **)(void *)f)[-2];
    awi_port_free(p, head(d) + d->size);
}

int awi_box_call(struct aw_frame *f, struct aw_task *t, int outcome)
{
    struct aw_loop *l = awi_here();
    int r;
    if (AWI_UNLIKELY(l->depth == AW_DEPTH)) {
        t->m.n.state = AWI_THROWN; /* nothing, perhaps */
        t->m.n.u.outcome = outcome;
        awi_queue_first(l, &t->m.n);
        l->breaks |= AWI_DESCEND;
        r = AW_PENDING;
    } else {
        l->depth++;
        r = f->desc->resume(f, t, outcome);
        l->depth--;
    }
    if (r != AW_PENDING)
        return r;
    t->leaf = f;
    return AW_LINKED;
}

/* --- a box as a child ---------------------------------------------------- */

struct aw_frame *awi_boxed_init(struct awi_boxed *b, const struct aw_desc *d)
{
    b->aw.state = 0;
    b->box = awi_box_new(&b->aw, d);
    return b->box;
}

int awi_boxed(struct aw_frame *self, struct aw_task *t, int outcome)
{
    const struct awi_boxed *b = (struct awi_boxed *)self;
    if (self->state != 0)
        return outcome;
    self->state = 1;
    return b->box ? awi_box_call(b->box, t, 0) : ENOMEM;
}

static void store_boxed(void *dst, const struct aw_frame *self)
{
    const struct aw_frame *box = ((const struct awi_boxed *)self)->box;
    box->desc->store(dst, box);
}

void awi_boxed_drop(struct aw_frame *self)
{
    struct awi_boxed *b = (struct awi_boxed *)self;
    if (b->box)
        awi_box_free(b->box, b->box->desc);
    b->box = NULL;
}

const struct aw_desc awi_boxed_desc = {
    .resume = awi_boxed,
    .store = store_boxed,
    .name = "await",
    .file = "",
    .size = sizeof(struct awi_boxed),
    .align = sizeof(void *),
    .drop = awi_boxed_drop,
};

/* Arrays of variable length are aligned to 16 bytes by the ABIs of most
 * systems, whatever is in them. */
static size_t whole(size_t size)
{
    return size > SIZE_MAX - 15 ? size : size == 0 ? 16 : (size + 15) / 16 * 16;
}

void *awi_mem_new(size_t size)
{
    return awi_port_alloc(whole(size));
}

void awi_mem_free(void *p, size_t size)
{
    awi_port_free(p, whole(size));
}
