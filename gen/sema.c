/* SPDX-License-Identifier: MIT
 * The walk over bodies: regions, targets of jumps, and the rules at each
 * statement. */
#include "gen/sema.h"

#include "gen/walk.h"

static void visit(void *ctx, struct stmt *s)
{
    sema_stmt(ctx, s);
}

/* s1 of a statement in a region of its own. */
static void visit_region(struct sema *c, enum region_kind kind, struct span at,
                         const char *what, const struct stmt *body)
{
    const struct region *old = c->region;

    sema_enter(c, kind, at, what);
    if (body)
        sema_stmt(c, body);
    c->region = old;
}

/* The keyword that begins s. */
static struct span head(const struct stmt *s)
{
    return (struct span){s->at.from, s->at.from + 1};
}

/* ---- blocks ------------------------------------------------------------ */

static bool has_cleanup(const struct stmt *s)
{
    for (uint32_t i = 0; i < s->ndecls; i++) {
        if (s->decls[i]->cleanup)
            return true;
    }
    return false;
}

static void visit_block(struct sema *c, const struct stmt *s)
{
    const struct region *old = c->region;

    for (uint32_t i = 0; i < s->nbody; i++) {
        const struct stmt *child = s->body[i];
        c->block_child = true;
        sema_stmt(c, child);
        if (child->kind == STMT_DEFER)
            sema_enter(c, REGION_DEFERRED, head(child), "defer");
        else if (child->kind == STMT_DECL && has_cleanup(child))
            sema_enter(c, REGION_DEFERRED, child->at, "cleanup");
    }
    c->region = old;
}

/* ---- targets of jumps -------------------------------------------------- */

static void visit_loop(struct sema *c, const struct stmt *s)
{
    struct sema old = *c;

    if (s->init)
        sema_stmt(c, s->init);
    c->breakable = c->region;
    c->loop = c->region;
    if (s->kind == STMT_AW_FOR)
        visit_region(c, REGION_BLOCK, head(s), "aw_for", s->s1);
    else
        sema_stmt(c, s->s1);
    c->breakable = old.breakable;
    c->loop = old.loop;
}

static void visit_switch(struct sema *c, const struct stmt *s)
{
    const struct region *old_break = c->breakable, *old_switch = c->switch_;

    c->breakable = c->switch_ = c->region;
    sema_stmt(c, s->s1);
    c->breakable = old_break;
    c->switch_ = old_switch;
}

static void visit_label(struct sema *c, const struct stmt *s)
{
    struct sema_label l = {s, c->region};

    if (s->kind == STMT_LABEL)
        VEC_PUSH(c->u->tree, &c->labels, l);
    else if (c->switch_)
        sema_check_jump(c, head(s), c->switch_, c->region);
    sema_stmt(c, s->s1);
}

/* ---- the dialect ------------------------------------------------------- */

static void visit_try(struct sema *c, const struct stmt *s)
{
    visit_region(c, REGION_BLOCK, head(s), "try", s->s1);
    for (uint32_t i = 0; i < s->nclauses; i++) {
        const struct catch_clause *k = &s->clauses[i];
        struct span at = {k->at.from, k->at.from + 1};
        visit_region(c, REGION_BLOCK, at, "catch", k->body);
    }
    if (s->s2) {
        struct span at = {s->s2->at.from - 1, s->s2->at.from};
        visit_region(c, REGION_CLEANUP, at, "finally", s->s2);
    }
}

static void visit_group(struct sema *c, const struct stmt *s)
{
    const struct stmt *old = c->group;

    c->group = s;
    visit_region(c, REGION_BLOCK, head(s), "aw_group", s->s1);
    c->group = old;
}

/* A nested function is plain C: only its expressions concern us. */
static void visit_nested(struct sema *c, const struct stmt *s)
{
    c->nested++;
    walk_stmts(s, visit, c);
    c->nested--;
}

static void visit_inside(struct sema *c, const struct stmt *s)
{
    switch (s->kind) {
    case STMT_BLOCK: visit_block(c, s); break;
    case STMT_WHILE:
    case STMT_DO:
    case STMT_FOR:
    case STMT_AW_FOR: visit_loop(c, s); break;
    case STMT_SWITCH: visit_switch(c, s); break;
    case STMT_CASE:
    case STMT_DEFAULT:
    case STMT_LABEL: visit_label(c, s); break;
    case STMT_TRY: visit_try(c, s); break;
    case STMT_DEFER:
        visit_region(c, REGION_CLEANUP, head(s), "defer", s->s1);
        break;
    case STMT_GROUP: visit_group(c, s); break;
    case STMT_TIMEOUT:
        visit_region(c, REGION_BLOCK, head(s), "aw_timeout_ms", s->s1);
        break;
    case STMT_FUNC: visit_nested(c, s); break;
    default: walk_stmts(s, visit, c); break;
    }
}

/* The jump that s itself is. */
static void check_own_jump(struct sema *c, const struct stmt *s)
{
    struct jump j = {.s = s, .from = c->region};

    if (s->kind == STMT_GOTO)
        VEC_PUSH(c->u->tree, &c->gotos, j);
    else if (s->kind == STMT_BREAK && c->breakable)
        sema_check_jump(c, s->at, c->region, c->breakable);
    else if (s->kind == STMT_CONTINUE && c->loop)
        sema_check_jump(c, s->at, c->region, c->loop);
    else if (s->kind == STMT_RETURN && !c->nested)
        sema_check_return(c, s->at);
}

void sema_stmt(struct sema *c, const struct stmt *s)
{
    sema_check_stmt(c, s);
    c->block_child = false;
    sema_check_exprs(c, s);
    check_own_jump(c, s);
    visit_inside(c, s);
}

void sema_func(struct unit *u, struct func *f)
{
    struct sema c = {.u = u, .f = f};
    struct arena *outer = unit_enter(u, f);

    sema_enter(&c, REGION_BODY, f->at, "function");
    sema_stmt(&c, f->body);
    sema_check_labels(&c);
    unit_leave(u, outer);
}

/* What the C compiler says of such a function names none of the user's. What
 * has been left to it may be the definition. */
void sema_end(struct unit *u)
{
    for (uint32_t i = 0; i < u->uses.n && u->unread == 0; i++) {
        const struct async_use *use = &u->uses.v[i];

        if (use->d->storage != ST_STATIC || use->d->func)
            continue;
        diag(u, use->d->at, D_undefined, use->d->name->s);
        diag_note(u, use->at, "it is used here");
    }
}

void sema(struct unit *u)
{
    for (uint32_t i = 0; i < u->funcs.n; i++)
        if (u->funcs.v[i]->body)
            sema_func(u, u->funcs.v[i]);
}
