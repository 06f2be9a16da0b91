/* SPDX-License-Identifier: MIT
 * Jumps: language.md sections 6 and 9. Each place has a chain of regions
 * around it; a jump may not enter a region that its origin is not in, nor
 * leave a cleanup. */
#include "gen/sema.h"

void sema_enter(struct sema *c, enum region_kind kind, struct span at,
                const char *what)
{
    struct region *r = ARENA_NEW(c->u->tree, struct region);
    r->kind = kind;
    r->up = c->region;
    r->at = at;
    r->what = what;
    c->region = r;
}

static bool inside(const struct region *r, const struct region *of)
{
    for (; r; r = r->up) {
        if (r == of)
            return true;
    }
    return false;
}

void sema_check_jump(struct sema *c, struct span at, const struct region *from,
                     const struct region *to)
{
    for (const struct region *r = from; r && !inside(to, r); r = r->up) {
        if (r->kind != REGION_CLEANUP)
            continue;
        diag(c->u, at, D_jump_out, r->what);
        diag_note(c->u, r->at, "the '%s' is here", r->what);
        return;
    }
    for (const struct region *r = to; r && !inside(from, r); r = r->up) {
        diag(c->u, at, r->kind == REGION_DEFERRED ? D_jump_past : D_jump_into,
             r->what);
        diag_note(c->u, r->at, "the '%s' is here", r->what);
        return;
    }
}

void sema_check_return(struct sema *c, struct span at)
{
    for (const struct region *r = c->region; r; r = r->up) {
        if (r->kind != REGION_CLEANUP)
            continue;
        diag(c->u, at, D_jump_out, r->what);
        diag_note(c->u, r->at, "the '%s' is here", r->what);
        return;
    }
}

static void check_goto(struct sema *c, const struct jump *j)
{
    for (uint32_t i = 0; i < c->labels.n; i++) {
        const struct sema_label *l = &c->labels.v[i];
        if (l->s != j->s->target)
            continue;
        sema_check_jump(c, j->s->at, j->from, l->region);
        return;
    }
}

static void check_address(struct sema *c, const struct sema_label *l)
{
    struct span at = {l->s->at.from, l->s->at.from + 1};

    if (!l->s->taken || l->region->kind == REGION_BODY)
        return;
    diag(c->u, at, D_label_address, l->s->name->s,
         l->region->kind == REGION_DEFERRED ? "after" : "inside",
         l->region->what);
    diag_note(c->u, l->region->at, "the '%s' is here", l->region->what);
}

void sema_check_labels(struct sema *c)
{
    for (uint32_t i = 0; i < c->gotos.n; i++)
        check_goto(c, &c->gotos.v[i]);
    for (uint32_t i = 0; i < c->labels.n; i++)
        check_address(c, &c->labels.v[i]);
}
