/* SPDX-License-Identifier: MIT */
#include "gen/coro.h"

#include <inttypes.h>

#include "gen/operand.h"

/* `f`, `*f` and `&f` call the same function. */
static struct expr *designated(struct expr *e)
{
    for (e = operand_strip(e); e->kind == EX_UNARY; e = operand_strip(e->a))
        if ((e->op != TK_STAR && e->op != TK_AMP) || !e->a->type ||
            operand_strip(e->a)->type->kind != TY_FUNC)
            break;
    return e;
}

struct decl *coro_callee(struct expr *e)
{
    struct expr *f;

    e = operand_strip(e);
    if (e->kind != EX_CALL)
        return NULL;
    f = designated(e->a);
    return f->kind == EX_IDENT && f->decl && f->decl->kind == DECL_FUNC
               ? f->decl
               : NULL;
}

const struct type *coro_callee_type(const struct expr *call)
{
    const struct type *ty = operand_strip(call->a)->type;

    return ty->kind == TY_PTR ? ty->base : ty;
}

bool coro_is_direct(struct expr *e)
{
    struct decl *f = coro_callee(e);

    return f && f->func && f->func->direct;
}

static struct atom *prefixed(struct unit *u, const char *prefix,
                             const char *name)
{
    const char *s = arena_printf(u->tree, "%s%s", prefix, name);

    return atoms_z(&u->atoms, s);
}

struct decl *coro_leaf(struct unit *u, const struct decl *f)
{
    struct decl *d;

    if (strncmp(f->name->s, "aw_", 3) != 0)
        return NULL;
    d = prefixed(u, "awi_", f->name->s + 3)->decl;
    return d && d->kind == DECL_FUNC ? d : NULL;
}

bool coro_always_waits(struct unit *u, struct expr *e)
{
    return type_is_void(coro_leaf(u, coro_callee(e))->type->base);
}

bool coro_known(struct unit *u)
{
    struct tag *t = prefixed(u, "aw_", "frame")->tag;

    return t && t->complete;
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
    if (e->kind != EX_ASSIGN || e->type->kind != TY_CORO)
        return e;
    *lvalue = e->a;
    return operand_strip(e->b);
}

bool coro_calls_itself(const struct func *in, struct expr *e)
{
    struct decl *f = e->each ? coro_callee(e) : NULL;

    return f && f->func && f->func == in;
}

static enum coro_kind call_kind(struct unit *u, const struct func *in,
                                struct expr *e, enum coro_place place)
{
    struct decl *f = coro_callee(e);

    if (!f)
        return CORO_BOXED;
    if (coro_calls_itself(in, e))
        return CORO_CALL;
    if (f->func)
        return in && f->func->cycle && f->func->cycle == in->cycle ? CORO_BOXED
                                                                   : CORO_CALL;
    if (place == CORO_AWAITED && coro_leaf(u, f))
        return CORO_LEAF;
    return coro_published(u, f) ? CORO_CALL : CORO_BOXED;
}

/* ALL is more than there can be arguments. */
enum { ALL = 0x7fffffff };

static const struct combinator combinators[] = {
    {FORM_GATHER, "struct awi_gather", ".g", "awi_gather", 0, ALL, true},
    {FORM_RACE, "struct awi_gather", ".g", "awi_race", 0, ALL, true},
    {FORM_SHIELD, "struct awi_gather", ".g", "awi_shield", 0, 1, false},
    {FORM_WAIT_FOR_MS, "struct awi_wait_for", ".g.g", "awi_wait_for", 0, 1,
     false},
    {FORM_GATHER_TASKS, "struct awi_gather_tasks", ".g.g", "awi_gather_tasks",
     0, 0, true},
    {FORM_GATHER_EACH, "struct awi_gather_each", ".g.g", "awi_gather_each", 1,
     1, true},
    {FORM_TRY, "struct awi_try", "", "awi_try", 0, 1, true},
};

const struct combinator *coro_combinator(const struct expr *e)
{
    for (size_t i = 0; i < sizeof combinators / sizeof *combinators; i++)
        if (combinators[i].form == (enum word)e->form)
            return &combinators[i];
    return NULL;
}

uint32_t coro_children(const struct expr *e)
{
    uint32_t n = coro_combinator(e)->children;

    return n < e->nargs ? n : e->nargs;
}

struct expr *coro_child(const struct expr *e, uint32_t i)
{
    return e->args[coro_combinator(e)->first + i];
}

int64_t coro_copies(const struct func *in, const struct expr *e)
{
    const struct expr *count;
    struct expr *lvalue;

    if (e->form != FORM_GATHER_EACH)
        return 1;
    count = e->args[0];
    if (!count->constant || count->value <= 0 ||
        coro_calls_itself(in, coro_of(coro_child(e, 0), &lvalue)))
        return 0;
    return count->value;
}

enum coro_kind coro_kind(struct unit *u, const struct func *in, struct expr *e,
                         enum coro_place place)
{
    e = operand_strip(e);
    if (e->kind == EX_CORO)
        return coro_combinator(e) ? CORO_FORM : CORO_QUEUE;
    if (e->kind == EX_CALL && e->type->kind == TY_CORO)
        return call_kind(u, in, e, place);
    return CORO_JOIN;
}

bool coro_keeps_value(struct unit *u, const struct func *in, struct expr *e,
                      enum coro_place place)
{
    enum coro_kind kind;

    if (type_is_void(e->type->base) || coro_combinator(e)->result)
        return false;
    kind = coro_kind(u, in, coro_child(e, 0), CORO_CHILD);
    return place == CORO_CHILD || kind == CORO_JOIN || kind == CORO_BOXED;
}

/* A task given as a handle is just no longer waited for. */
bool coro_leaves(const struct expr *e)
{
    struct expr *lvalue;

    if (e->form != FORM_GATHER && e->form != FORM_SHIELD &&
        e->form != FORM_WAIT_FOR_MS && e->form != FORM_GATHER_EACH)
        return false;
    for (uint32_t i = 0; i < coro_children(e); i++)
        if (coro_of(coro_child(e, i), &lvalue)->type->kind != TY_TASK)
            return true;
    return false;
}

/* What is inside an aw_gather_each waits for its own children: the memory that
 * it stands in goes before the function is left. */
static enum coro_hold hold_of(struct expr *e, bool inside)
{
    struct expr *lvalue;
    enum coro_hold h = HOLD_NONE;

    e = coro_of(e, &lvalue);
    if (e->kind != EX_CORO || !coro_combinator(e))
        return HOLD_NONE;
    if (coro_leaves(e))
        h = inside ? HOLD_ANY : HOLD_THROWN;
    for (uint32_t i = 0; e->form != FORM_GATHER_EACH && i < coro_children(e);
         i++) {
        enum coro_hold k = hold_of(coro_child(e, i), true);

        h = k > h ? k : h;
    }
    return h;
}

enum coro_hold coro_hold(struct expr *e)
{
    return hold_of(e, false);
}

bool coro_has_root(struct expr *e)
{
    return coro_hold(e) == HOLD_ANY;
}

const char *coro_queue_frame(const struct expr *e)
{
    return e->form == FORM_QUEUE_PUT ? "awf_aw_queue_put" : "awf_aw_queue_get";
}

const struct type *coro_queue_item(struct unit *u, const struct expr *e)
{
    return type_unqual(&u->types,
                       type_decay(&u->types, e->args[0]->type)->base->base);
}

const struct tag *coro_frame_head(const struct tag *frame)
{
    while (frame->members.n && !frame->members.v[0].name &&
           frame->members.v[0].type->tag)
        frame = frame->members.v[0].type->tag;
    return frame;
}

/* The members of a published frame in front of the parameters. */
static uint32_t published_head(const struct decl *f)
{
    return type_is_void(f->type->base) ? 1 : 2;
}

const char *coro_param(struct unit *u, const struct decl *f, uint32_t i)
{
    const struct tag *t;

    if (f->func)
        return f->func->fields[i];
    t = coro_published(u, f);
    t = t ? coro_frame_head(t) : NULL;
    i += published_head(f);
    return t && i < t->members.n && t->members.v[i].name
               ? t->members.v[i].name->s
               : "awf_none";
}

bool coro_has_storage(struct unit *u, const struct func *in, struct expr *e)
{
    return coro_kind(u, in, e, CORO_AWAITED) != CORO_LEAF;
}

void coro_print_child(struct unit *u, const struct func *in,
                      const struct expr *combinator, uint32_t i,
                      struct buf *out)
{
    const struct combinator *c = coro_combinator(combinator);
    struct expr *lvalue, *e = coro_of(coro_child(combinator, i), &lvalue);
    bool join = coro_kind(u, in, e, CORO_CHILD) == CORO_JOIN;

    if (join && *c->gather) {
        buf_puts(out, "struct awi_handle");
        return;
    }
    buf_puts(out, "struct {\n");
    if (*c->gather)
        buf_puts(out, "struct awi_child k;\n");
    coro_print_storage(u, in, e, CORO_CHILD, "f", out);
    buf_puts(out, "\n}");
}

static void print_value(const struct type *ty, struct buf *out)
{
    type_print(out, ty, "v");
    buf_puts(out, ";\n");
}

static void print_form(struct unit *u, const struct func *in, struct expr *e,
                       enum coro_place place, const char *name, struct buf *out)
{
    const struct combinator *c = coro_combinator(e);
    int64_t copies = coro_copies(in, e);

    buf_printf(out, "struct {\n%s g;\n", c->type);
    if (coro_keeps_value(u, in, e, place))
        print_value(type_unqual(&u->types, e->type->base), out);
    for (uint32_t i = 0; copies > 0 && i < coro_children(e); i++) {
        coro_print_child(u, in, e, i, out);
        buf_printf(out, " k%u", i + 1);
        if (e->form == FORM_GATHER_EACH)
            buf_printf(out, "[%" PRId64 "]", copies);
        buf_puts(out, ";\n");
    }
    buf_printf(out, "} %s;", name);
}

void coro_print_storage(struct unit *u, const struct func *in, struct expr *e,
                        enum coro_place place, const char *name,
                        struct buf *out)
{
    const char *type;

    e = operand_strip(e);
    switch (coro_kind(u, in, e, place)) {
    case CORO_CALL:
        buf_printf(out, "struct awf_%s %s;", coro_callee(e)->name->s, name);
        break;
    case CORO_BOXED:
        type = place == CORO_CHILD ? "struct awi_boxed " : "struct aw_frame *";
        buf_printf(out, "%s%s;", type, name);
        break;
    case CORO_JOIN:
        type = place == CORO_CHILD ? "struct awi_joined " : "struct aw_task *";
        buf_printf(out, "%s%s;", type, name);
        break;
    case CORO_FORM: print_form(u, in, e, place, name, out); break;
    case CORO_QUEUE:
        buf_printf(out, "struct {\nstruct %s g;\n", coro_queue_frame(e));
        print_value(coro_queue_item(u, e), out);
        buf_printf(out, "} %s;", name);
        break;
    case CORO_LEAF: break;
    }
}

void coro_calls(struct expr *e, void (*visit)(void *ctx, struct decl *f),
                void *ctx)
{
    struct expr *lvalue;
    struct decl *f;

    if (!e)
        return;
    e = coro_of(e, &lvalue);
    f = coro_callee(e);
    if (f && f->func && f->func->async)
        visit(ctx, f);
    if (e->kind != EX_CORO || !coro_combinator(e))
        return;
    for (uint32_t i = 0; i < coro_children(e); i++)
        coro_calls(coro_child(e, i), visit, ctx);
}
