/* SPDX-License-Identifier: MIT
 * Bytes of frames, on the LP64 model of type_sizeof: to choose among layouts,
 * and for people. The output says sizeof. */
#include "gen/coro.h"
#include "gen/frame.h"
#include "gen/operand.h"

static const struct extent unknown = {-1, 1}, pointer = {8, 8};

static int64_t round_up(int64_t n, int64_t to)
{
    return (n + to - 1) / to * to;
}

struct extent frame_extent_whole(struct extent s)
{
    if (s.bytes > 0)
        s.bytes = round_up(s.bytes, s.align);
    return s;
}

struct extent frame_extent_add(struct extent s, struct extent m)
{
    if (s.bytes < 0 || m.bytes < 0 || m.align <= 0)
        return unknown;
    s.bytes = round_up(s.bytes, m.align) + m.bytes;
    s.align = m.align > s.align ? m.align : s.align;
    return s;
}

struct extent frame_extent_over(struct extent s, struct extent m)
{
    if (s.bytes < 0 || m.bytes < 0)
        return unknown;
    s.bytes = m.bytes > s.bytes ? m.bytes : s.bytes;
    s.align = m.align > s.align ? m.align : s.align;
    return s;
}

/* Of a struct that the input declares. */
static struct extent of_tag(struct unit *u, const char *name)
{
    const struct tag *t = atoms_z(&u->atoms, name)->tag;
    struct extent x = {t ? t->size : -1, t ? t->natural : -1};

    return !t || !t->complete || x.bytes < 0 || x.align < 1 ? unknown : x;
}

struct extent frame_extent_type(struct unit *u, const struct type *ty)
{
    struct extent x = {type_sizeof(ty), type_alignof(ty)};

    if (ty->vla)
        return pointer;
    if (ty->kind == TY_QUEUE)
        return of_tag(u, "aw_queue");
    if (ty->kind == TY_ARRAY && x.bytes < 0 && ty->count >= 0) {
        x = frame_extent_type(u, ty->base);
        x.bytes *= x.bytes < 0 ? 1 : ty->count;
    }
    return x.bytes < 0 || x.align < 1 ? unknown : x;
}

struct extent frame_header(struct unit *u)
{
    struct extent x = of_tag(u, "aw_frame");

    return x.bytes < 0 ? (struct extent){16, 8} : x;
}

/* ---- coroutines -----------------------------------------------------------
 */

struct extent frame_of(struct unit *u, const struct decl *f)
{
    struct extent x;

    if (!f->func)
        return of_tag(u, arena_printf(u->tree, "awf_%s", f->name->s));
    x.bytes = f->func->frame_size;
    x.align = f->func->frame_align;
    return x.bytes <= 0 ? unknown : x;
}

static struct extent of_child(struct unit *u, const struct frame *f,
                              const struct combinator *c, struct expr *e)
{
    bool join = coro_kind(u, f->func, e, CORO_CHILD) == CORO_JOIN;
    struct extent x = {0, 1};

    if (join && *c->gather)
        return of_tag(u, "awi_handle");
    if (*c->gather)
        x = frame_extent_add(x, of_tag(u, "awi_child"));
    return frame_extent_whole(
        frame_extent_add(x, frame_storage(u, f, e, CORO_CHILD)));
}

/* An array of n such. */
static struct extent times(struct extent s, int64_t n)
{
    if (n == 0)
        return (struct extent){0, 1};
    if (s.bytes < 0 || s.bytes > INT64_MAX / 2 / n)
        return unknown;
    s.bytes *= n;
    return s;
}

static struct extent of_form(struct unit *u, const struct frame *f,
                             struct expr *e, enum coro_place place)
{
    const struct combinator *c = coro_combinator(e);
    struct extent x = of_tag(u, c->type + strlen("struct "));
    struct expr *lvalue;

    if (coro_keeps_value(u, f->func, e, place))
        x = frame_extent_add(x, frame_extent_type(u, e->type->base));
    for (uint32_t i = 0; i < coro_children(e); i++) {
        struct extent k = of_child(u, f, c, coro_of(coro_child(e, i), &lvalue));

        x = frame_extent_add(x, times(k, coro_copies(f->func, e)));
    }
    return frame_extent_whole(x);
}

struct extent frame_storage(struct unit *u, const struct frame *f,
                            struct expr *e, enum coro_place place)
{
    bool child = place == CORO_CHILD;
    struct extent none = {0, 1};

    e = operand_strip(e);
    switch (coro_kind(u, f->func, e, place)) {
    case CORO_CALL: return frame_of(u, coro_callee(e));
    case CORO_BOXED: return child ? of_tag(u, "awi_boxed") : pointer;
    case CORO_JOIN: return child ? of_tag(u, "awi_joined") : pointer;
    case CORO_FORM: return of_form(u, f, e, place);
    case CORO_QUEUE:
        return frame_extent_whole(
            frame_extent_add(of_tag(u, coro_queue_frame(e)),
                             frame_extent_type(u, coro_queue_item(u, e))));
    default: return none;
    }
}

/* The larger one of `best` and those that e embeds. */
static struct decl *larger(struct unit *u, const struct frame *f,
                           struct expr *e, enum coro_place place,
                           struct decl *best)
{
    struct expr *lvalue;
    struct decl *fn;

    e = coro_of(e, &lvalue);
    if (coro_kind(u, f->func, e, place) == CORO_CALL) {
        fn = coro_callee(e);
        return best && frame_of(u, fn).bytes <= frame_of(u, best).bytes ? best
                                                                        : fn;
    }
    if (e->kind != EX_CORO || !coro_combinator(e) ||
        coro_copies(f->func, e) == 0)
        return best;
    for (uint32_t i = 0; i < coro_children(e); i++)
        best = larger(u, f, coro_child(e, i), CORO_CHILD, best);
    return best;
}

struct decl *frame_largest(struct unit *u, const struct frame *f)
{
    const struct norm *n = f->live->cfg->norm;
    struct decl *best = NULL;

    for (uint32_t i = 0; i < n->awaits.n; i++)
        if (n->awaits.v[i]->coro)
            best = larger(u, f, n->awaits.v[i]->coro, CORO_AWAITED, best);
    return best;
}

/* ---- regions --------------------------------------------------------------
 */

static struct extent of_object(struct unit *u, const struct decl *d)
{
    struct extent x = frame_extent_type(u, d->type);
    int64_t align = d->align_type ? type_alignof(d->align_type) : 0;

    if (d->boxed && d->type->kind == TY_ARRAY)
        return pointer;
    if (d->align && !d->align->constant)
        return unknown;
    if (d->align)
        align = d->align->value;
    x.align = align > x.align ? align : x.align;
    return x;
}

struct extent frame_slot(struct unit *u, const struct frame *f,
                         const struct slot *s)
{
    if (s->d && !s->d->coro)
        return of_object(u, s->d);
    return frame_storage(u, f, s->d ? s->d->coro : s->await->coro,
                         CORO_AWAITED);
}

static bool has_slots(const struct frame_region *r,
                      bool (*pick)(void *ctx, const struct slot *s), void *ctx)
{
    for (uint32_t i = 0; i < r->slots.n; i++)
        if (!pick || pick(ctx, &r->slots.v[i]))
            return true;
    for (uint32_t i = 0; i < r->parts.n; i++)
        if (has_slots(r->parts.v[i], pick, ctx))
            return true;
    return false;
}

/* The parts stand one over the other, as lower_func.c writes them: a single
 * one without a struct of its own. */
struct extent frame_region(struct unit *u, const struct frame *f,
                           const struct frame_region *r, struct extent s,
                           bool (*pick)(void *ctx, const struct slot *s),
                           void *ctx)
{
    const struct extent empty = {0, 1};
    const struct frame_region *last = NULL;
    struct extent all = {0, 1};
    uint32_t used = 0;

    for (uint32_t i = 0; i < r->slots.n; i++)
        if (!pick || pick(ctx, &r->slots.v[i]))
            s = frame_extent_add(s, frame_slot(u, f, &r->slots.v[i]));
    for (uint32_t i = 0; i < r->parts.n; i++)
        if (has_slots(r->parts.v[i], pick, ctx)) {
            used++;
            last = r->parts.v[i];
        }
    if (used <= 1)
        return used ? frame_region(u, f, last, s, pick, ctx) : s;
    for (uint32_t i = 0; i < r->parts.n; i++)
        all =
            frame_extent_over(all, frame_extent_whole(frame_region(
                                       u, f, r->parts.v[i], empty, pick, ctx)));
    return frame_extent_add(s, frame_extent_whole(all));
}
