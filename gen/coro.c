/* SPDX-License-Identifier: MIT */
#include "gen/coro.h"
#include "gen/operand.h"

struct decl *coro_callee(struct expr *e)
{
    struct expr *f;

    e = operand_strip(e);
    if (e->kind != EX_CALL)
        return NULL;
    f = operand_strip(e->a);
    return f->kind == EX_IDENT && f->decl && f->decl->kind == DECL_FUNC
               ? f->decl
               : NULL;
}

static struct atom *prefixed(struct unit *u, const char *prefix,
                             const char *name)
{
    const char *s = arena_printf(&u->arena, "%s%s", prefix, name);

    return atoms_get(&u->atoms, s, strlen(s));
}

struct decl *coro_leaf(struct unit *u, const struct decl *f)
{
    struct decl *d;

    if (strncmp(f->name->s, "aw_", 3) != 0)
        return NULL;
    d = prefixed(u, "awi_", f->name->s + 3)->decl;
    return d && d->kind == DECL_FUNC ? d : NULL;
}

struct tag *coro_published(struct unit *u, const struct decl *f)
{
    struct tag *t = prefixed(u, "awf_", f->name->s)->tag;

    return t && t->complete ? t : NULL;
}

struct expr *coro_of(struct expr *binding, struct expr **lvalue)
{
    struct expr *e = operand_strip(binding);

    *lvalue = NULL;
    if (e->kind != EX_ASSIGN)
        return e;
    *lvalue = e->a;
    return operand_strip(e->b);
}

static enum coro_kind call_kind(struct unit *u, const struct func *in,
                                struct expr *e, enum coro_place place)
{
    struct decl *f = coro_callee(e);

    if (!f)
        return CORO_BOXED;
    if (f->func)
        return in && f->func->cycle && f->func->cycle == in->cycle ? CORO_BOXED
                                                                   : CORO_CALL;
    if (place == CORO_AWAITED && coro_leaf(u, f))
        return CORO_LEAF;
    return coro_published(u, f) ? CORO_CALL : CORO_BOXED;
}

enum coro_kind coro_kind(struct unit *u, const struct func *in, struct expr *e,
                         enum coro_place place)
{
    e = operand_strip(e);
    if (e->kind == EX_CORO)
        return e->form == FORM_GATHER ? CORO_GATHER : CORO_OTHER;
    if (e->kind == EX_CALL && e->type->kind == TY_CORO)
        return call_kind(u, in, e, place);
    return e->type->kind == TY_TASK ? CORO_JOIN : CORO_OTHER;
}

/* The members of a published frame in front of the parameters. */
static uint32_t published_head(const struct decl *f)
{
    return type_is_void(f->type->base) ? 1 : 2;
}

const char *coro_param(struct unit *u, const struct decl *f, uint32_t i)
{
    struct tag *t;

    if (f->func)
        return f->func->fields[i];
    t = coro_published(u, f);
    i += published_head(f);
    return t && i < t->members.n && t->members.v[i].name
               ? t->members.v[i].name->s
               : "awf_none";
}

bool coro_has_storage(struct unit *u, const struct func *in, struct expr *e)
{
    return coro_kind(u, in, e, CORO_AWAITED) != CORO_LEAF;
}

static void print_gather(struct unit *u, const struct func *in, struct expr *e,
                         const char *name, struct buf *out)
{
    buf_puts(out, "struct {\nstruct awi_gather g;\n");
    for (uint32_t i = 0; i < e->nargs; i++) {
        struct expr *lvalue, *c = coro_of(e->args[i], &lvalue);

        if (coro_kind(u, in, c, CORO_CHILD) == CORO_JOIN) {
            buf_printf(out, "struct awi_handle k%u;\n", i + 1);
            continue;
        }
        buf_puts(out, "struct {\nstruct awi_child k;\n");
        coro_print_storage(u, in, c, CORO_CHILD, "f", out);
        buf_printf(out, "\n} k%u;\n", i + 1);
    }
    buf_printf(out, "} %s;", name);
}

void coro_print_storage(struct unit *u, const struct func *in, struct expr *e,
                        enum coro_place place, const char *name,
                        struct buf *out)
{
    e = operand_strip(e);
    switch (coro_kind(u, in, e, place)) {
    case CORO_CALL:
        buf_printf(out, "struct awf_%s %s;", coro_callee(e)->name->s, name);
        break;
    case CORO_BOXED: buf_printf(out, "struct aw_frame *%s;", name); break;
    case CORO_JOIN: buf_printf(out, "struct aw_task *%s;", name); break;
    case CORO_GATHER: print_gather(u, in, e, name, out); break;
    case CORO_LEAF:
    case CORO_OTHER: break;
    }
}

void coro_calls(struct expr *e, void (*visit)(void *ctx, struct decl *f),
                void *ctx)
{
    struct expr *lvalue;
    struct decl *f;

    e = coro_of(e, &lvalue);
    f = coro_callee(e);
    if (f && f->func && f->func->async)
        visit(ctx, f);
    for (uint32_t i = 0; e->kind == EX_CORO && i < e->nargs; i++)
        coro_calls(e->args[i], visit, ctx);
}
