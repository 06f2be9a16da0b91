/* SPDX-License-Identifier: MIT
 * Awaits. A coroutine is made in place, in the awaiting function's frame,
 * then called; only when it really waits is it linked to its parent and are
 * locals saved:
 *
 *     awf->c1.x = e;
 *     awf->c1.aw.state = 0;
 *     awf_r = awf_f(&awf->c1.aw, awf_t, 0);
 *     if (awf_r == AWF_PENDING) {
 *         awi_link(&awf->c1.aw, &awfd_f, AWF_UP(struct awf_g, c1.aw));
 *         awf->i = i;
 *         awf->aw.state = 1;
 *         return AWF_PENDING;
 *     awf_1:
 *         i = awf->i;
 *     }
 *     if (awf_r)
 *         return awf_r;
 *     x = awf->c1.ret;
 */
#include "gen/coro.h"
#include "gen/lower.h"
#include "gen/operand.h"

static const char *fmt(struct lower *l, const char *f, const char *a,
                       const char *b)
{
    return arena_printf(&l->u->arena, f, a, b);
}

static enum coro_kind kind_of(struct lower *l, struct expr *e,
                              enum coro_place place)
{
    return coro_kind(l->u, l->func, e, place);
}

/* A call through a pointer has been refused by lower_coro_init when this is
 * asked. */
static const char *callee_name(struct expr *e)
{
    const struct decl *f = coro_callee(e);

    return f ? f->name->s : "none";
}

/* ---- parts of a coroutine in storage --------------------------------------
 */

const char *lower_coro_head(struct lower *l, struct expr *e, const char *path)
{
    e = operand_strip(e);
    if (e->kind == EX_CORO)
        return fmt(l, "%s%s.aw", path,
                   e->form == FORM_TRY ? ".g" : coro_combinator(e)->gather);
    return fmt(l, "%s.aw", path, "");
}

const char *lower_coro_desc(struct lower *l, struct expr *e)
{
    e = operand_strip(e);
    if (e->kind == EX_CORO)
        return fmt(l, "&%s_desc", coro_combinator(e)->name, "");
    if (e->type->kind == TY_TASK)
        return "&awi_joined_desc";
    return fmt(l, "&awfd_%s", callee_name(e), "");
}

const char *lower_coro_resume(struct lower *l, struct expr *e)
{
    e = operand_strip(e);
    if (e->kind == EX_CORO)
        return coro_combinator(e)->name;
    return fmt(l, "awf_%s", callee_name(e), "");
}

const char *lower_coro_result(struct lower *l, struct expr *e, const char *path)
{
    struct expr *lvalue;

    e = coro_of(e, &lvalue);
    if (e->kind != EX_CORO)
        return fmt(l, "%s.ret", path, "");
    if (coro_combinator(e)->result)
        return fmt(l, "%s.g.ret", path, "");
    if (e->args[0]->type->kind == TY_TASK)
        return fmt(l, "%s.v", path, "");
    return lower_coro_result(l, e->args[0], fmt(l, "%s.k1.f", path, ""));
}

/* ---- storing results ------------------------------------------------------
 */

/* A function `void (void *dst, const struct aw_frame *root)` that assigns a
 * result of type `from` to an object of type `to`. */
static const char *make_store(struct lower *l, const struct type *to,
                              const struct type *from)
{
    struct types *t = &l->u->types;
    const char *name = arena_printf(&l->u->arena, "awf_store_%u", ++l->sites);
    const struct type *ptr = type_ptr(t, type_qualified(t, from, Q_CONST));

    code_nl(l->helpers);
    code_printf(l->helpers,
                "static void %s(void *awf_dst, const struct aw_frame *awf_f)",
                name);
    code_nl(l->helpers);
    code_text(l->helpers, "{");
    code_in(l->helpers);
    code_nl(l->helpers);
    code_printf(l->helpers, "*(%s)awf_dst =",
                lower_decl(l, type_ptr(t, lower_mutable(l->u, to)), ""));
    code_in(l->helpers);
    code_nl(l->helpers);
    code_printf(l->helpers, "*(%s)awi_frame_result(awf_f, __alignof__(%s));",
                lower_decl(l, ptr, ""), lower_decl(l, from, ""));
    code_out(l->helpers);
    code_out(l->helpers);
    code_nl(l->helpers);
    code_text(l->helpers, "}");
    return name;
}

static const struct type *result_type(const struct expr *coro)
{
    return coro->type->base;
}

static bool same_type(struct lower *l, const struct type *a,
                      const struct type *b)
{
    return type_compatible(type_unqual(&l->u->types, a),
                           type_unqual(&l->u->types, b));
}

/* A copy of f's descriptor that stores with conversion. */
static const char *make_desc(struct lower *l, const struct decl *f,
                             const char *store)
{
    const char *name = arena_printf(&l->u->arena, "awf_desc_%u", l->sites);
    const char *n = f->name->s;

    code_nl(l->helpers);
    code_printf(l->helpers, "static const struct aw_desc %s = {", name);
    code_in(l->helpers);
    code_nl(l->helpers);
    code_printf(l->helpers, ".resume = awf_%s, .store = %s, .name = \"%s\",", n,
                store, n);
    code_nl(l->helpers);
    if (f->func)
        code_printf(l->helpers,
                    ".file = awfn_%s, .lines = awfl_%s, "
                    ".states = sizeof awfl_%s / sizeof *awfl_%s,",
                    n, n, n, n);
    code_nl(l->helpers);
    code_printf(l->helpers,
                ".size = sizeof(struct awf_%s), "
                ".align = __alignof__(struct awf_%s),",
                n, n);
    code_out(l->helpers);
    code_nl(l->helpers);
    code_text(l->helpers, "};");
    return name;
}

const char *lower_child_desc(struct lower *l, struct expr *c,
                             struct expr *lvalue)
{
    const char *store;

    c = operand_strip(c);
    if (lvalue && c->kind == EX_CORO &&
        (!coro_combinator(c)->result ||
         !same_type(l, lvalue->type, result_type(c))))
        diag(l->u, lvalue->at, D_not_supported,
             "binding this result inside another form");
    if (!lvalue || c->kind == EX_CORO ||
        same_type(l, lvalue->type, result_type(c)))
        return lower_coro_desc(l, c);
    store = make_store(l, lvalue->type, result_type(c));
    if (!coro_callee(c))
        return store;
    return fmt(l, "&%s", make_desc(l, coro_callee(c), store), "");
}

/* ---- making it ------------------------------------------------------------
 */

void lower_set_operand(struct lower *l, const char *target,
                       const struct type *ty, struct expr *e,
                       struct operand_texts *args)
{
    if (args)
        lower_start_line(l);
    else
        code_at(l->c, e->at.from);
    lower_set_begin(l, ty, target);
    if (args)
        code_text(l->c, args->v[args->next++]);
    else
        lower_expr(l, e);
    lower_set_end(l, ty, target);
}

static void set_args(struct lower *l, struct expr *e, const char *path,
                     struct operand_texts *args)
{
    struct decl *f = coro_callee(e);

    for (uint32_t i = 0; i < e->nargs; i++) {
        const char *field = coro_param(l->u, f, i);
        lower_set_operand(l, fmt(l, "%s.%s", path, field),
                          f->type->params[i].type, e->args[i], args);
    }
}

static void init_call(struct lower *l, struct expr *e, const char *path,
                      struct operand_texts *args)
{
    set_args(l, e, path, args);
    lower_line(l, "%s.aw.state = 0;", path);
}

static const char *bound_address(struct lower *l, struct expr *lvalue,
                                 struct operand_texts *args)
{
    if (!lvalue)
        return "(void *)0";
    if (args)
        return args->v[args->next++];
    return fmt(l, "&%s", lower_text(l, lvalue), "");
}

static const char *operand_text(struct lower *l, struct expr *e,
                                struct operand_texts *args)
{
    return args ? args->v[args->next++] : lower_text(l, e);
}

/* A child of combinator e on its way into it. */
struct child {
    struct expr *c, *lvalue;
    const char *k, *f; /* its storage, the frame in it */
    const char *dst, *handle;
};

/* Evaluates child i of e: its frame is made, or its handle known. */
static struct child make_child(struct lower *l, struct expr *e,
                               const char *path, uint32_t i,
                               struct operand_texts *args)
{
    struct child ch;

    ch.c = coro_of(e->args[i], &ch.lvalue);
    ch.k = arena_printf(&l->u->arena, "%s.k%u", path, i + 1);
    ch.f = fmt(l, "%s.f", ch.k, "");
    ch.dst = bound_address(l, ch.lvalue, args);
    ch.handle = NULL;
    if (!args)
        l->at = e->args[i]->at.from;
    if (*coro_combinator(e)->gather &&
        kind_of(l, ch.c, CORO_CHILD) == CORO_JOIN)
        ch.handle = operand_text(l, ch.c, args);
    else
        lower_coro_init(l, ch.c, ch.f, args);
    return ch;
}

static void add_handle(struct lower *l, struct expr *e, const char *path,
                       struct child *ch)
{
    const struct combinator *c = coro_combinator(e);
    const struct type *to = ch->lvalue ? ch->lvalue->type : result_type(e);
    const char *store = "0";

    if (!ch->lvalue && !c->result && !type_is_void(to))
        ch->dst = fmt(l, "&%s.v", path, "");
    if (ch->lvalue || (!c->result && !type_is_void(to)))
        store = make_store(l, to, ch->c->type->base);
    lower_line(l, "awi_gather_add_task(&%s%s, &%s, %s, %s, %s);", path,
               c->gather, ch->k, ch->handle, ch->dst, store);
}

static void add_child(struct lower *l, struct expr *e, const char *path,
                      struct child *ch)
{
    const char *gather = coro_combinator(e)->gather;
    const char *head, *desc;

    if (ch->handle) {
        add_handle(l, e, path, ch);
        return;
    }
    head = lower_coro_head(l, ch->c, ch->f);
    desc = lower_child_desc(l, ch->c, ch->lvalue);
    if (*gather)
        lower_line(l, "awi_gather_add(&%s%s, &%s.k, &%s, %s, %s);", path,
                   gather, ch->k, head, desc, ch->dst);
    else
        lower_line(l, "awi_try_init(&%s.g, &%s, %s, %s);", path, head, desc,
                   ch->dst);
}

/* The call of e's own init, with its arguments that are no coroutines. */
static void init_head(struct lower *l, struct expr *e, const char *path,
                      struct operand_texts *args)
{
    lower_start_line(l);
    code_printf(l->c, "%s_init(&%s.g", coro_combinator(e)->name, path);
    for (uint32_t i = coro_children(e); i < e->nargs; i++) {
        code_text(l->c, ", ");
        code_text(l->c, operand_text(l, e->args[i], args));
    }
    code_text(l->c, ");");
}

/* Operands are evaluated left to right, so arguments behind a coroutine (the
 * ms of aw_wait_for_ms) come after that coroutine's own. */
static void init_form(struct lower *l, struct expr *e, const char *path,
                      struct operand_texts *args)
{
    uint32_t n = coro_children(e);
    bool after = n == 1 && e->nargs > 1;
    struct child ch;

    if (!after && e->form != FORM_TRY)
        init_head(l, e, path, args);
    for (uint32_t i = 0; i < n; i++) {
        ch = make_child(l, e, path, i, args);
        if (after)
            init_head(l, e, path, args);
        add_child(l, e, path, &ch);
    }
}

/* A task handle as a frame. */
static void init_joined(struct lower *l, struct expr *e, const char *path,
                        struct operand_texts *args)
{
    lower_set_operand(l, fmt(l, "%s.other", path, ""), e->type, e, args);
    lower_line(l, "%s.aw.state = 0;", path);
}

void lower_coro_init(struct lower *l, struct expr *e, const char *path,
                     struct operand_texts *args)
{
    e = operand_strip(e);
    switch (kind_of(l, e, CORO_CHILD)) {
    case CORO_CALL: init_call(l, e, path, args); break;
    case CORO_FORM: init_form(l, e, path, args); break;
    case CORO_JOIN: init_joined(l, e, path, args); break;
    default: diag(l->u, e->at, D_not_supported, "this coroutine here"); break;
    }
}

/* ---- awaiting it ----------------------------------------------------------
 */

static const char *frame_member(struct lower *l, const struct nstmt *s)
{
    if (!s->state)
        return "awf_c"; /* call_direct */
    return fmt(l, "awf->%s", l->fn->frame->child[s->state], "");
}

static void call_leaf(struct lower *l, struct expr *e)
{
    struct decl *leaf = coro_leaf(l->u, coro_callee(e));

    lower_line(l, "awf_r = %s(awf_t, &awf->aw", leaf->name->s);
    for (uint32_t i = 0; i < e->nargs; i++) {
        code_text(l->c, ", ");
        lower_expr(l, e->args[i]);
    }
    code_text(l->c, ");");
}

static void call_join(struct lower *l, const struct nstmt *s, struct expr *e)
{
    const char *h = frame_member(l, s);

    lower_set_operand(l, h, e->type, e, NULL);
    lower_line(l, "awf_r = awi_join(awf_t, &awf->aw, %s);", h);
}

static void call_frame(struct lower *l, const struct nstmt *s, struct expr *e)
{
    const char *path = frame_member(l, s);
    tokidx at = l->at;

    lower_coro_init(l, e, path, NULL);
    l->at = at;
    lower_line(l, "awf_r = %s(&%s, awf_t, 0);", lower_coro_resume(l, e),
               lower_coro_head(l, e, path));
}

void lower_pass_error(struct lower *l, const struct protect *p)
{
    if (!p) {
        lower_line(l, "return awf_r;");
        return;
    }
    lower_line(l, "%s = awf_r;", lower_name(p->error));
    if (p->cleanup && p->ways.n)
        lower_line(l, "%s = 0;", lower_name(p->exit));
    lower_line(l, "goto %s;", p->label);
}

/* ---- boxed calls ----------------------------------------------------------
 */

static void call_boxed(struct lower *l, const struct nstmt *s, struct expr *e,
                       const char *type)
{
    const char *member = frame_member(l, s);

    lower_make_box(l, e, member, type, s->protect);
    lower_line(l, "awf_r = awi_box_call(%s, awf_t, 0);", member);
}

static void start(struct lower *l, const struct nstmt *s, enum coro_kind kind,
                  const char *box)
{
    struct expr *e = operand_strip(s->coro);

    switch (kind) {
    case CORO_LEAF: call_leaf(l, e); break;
    case CORO_JOIN: call_join(l, s, e); break;
    case CORO_CALL:
    case CORO_FORM: call_frame(l, s, e); break;
    case CORO_BOXED: call_boxed(l, s, e, box); break;
    case CORO_OTHER:
        diag(l->u, e->at, D_not_supported, "awaiting this form");
        break;
    }
}

static void put_locals(struct lower *l, struct bits set, bool save)
{
    const struct frame *f = l->fn->frame;

    for (uint32_t i = bits_next(set, 0); i < set.n; i = bits_next(set, i + 1)) {
        const char *name = f->live->cfg->locals.v[i]->name->s;

        if (save)
            lower_line(l, "awf->%s = %s;", f->field[i], name);
        else
            lower_line(l, "%s = awf->%s;", name, f->field[i]);
    }
}

static void put_label(struct lower *l, uint32_t state)
{
    code_at(l->c, l->at);
    code_label(l->c);
    code_printf(l->c, "awf_%u:", state);
}

void lower_suspend(struct lower *l, const struct nstmt *s, const char *status)
{
    const struct frame *f = l->fn->frame;
    bool reloads = !bits_empty(f->reload[s->state]) || l->visible.n;

    put_locals(l, f->save[s->state], true);
    lower_poison_frame(l, s->state);
    lower_line(l, "awf->aw.state = %u;", s->state);
    lower_line(l, "return %s;", status);
    if (reloads) {
        put_label(l, s->state);
        lower_poison_locals(l, s->state);
        put_locals(l, f->reload[s->state], false);
    }
    code_out(l->c);
    lower_line(l, "}");
    if (!reloads)
        put_label(l, s->state);
}

/* Waits for the call whose outcome is in awf_r; head, its frame, is linked
 * when not NULL. */
void lower_wait(struct lower *l, const struct nstmt *s, const char *head)
{
    lower_line(l, "if (awf_r == AWF_PENDING) {");
    code_in(l->c);
    if (head)
        lower_line(l, "awi_link(&awf->%s, %s, AWF_UP(struct awf_%s, %s));",
                   head, lower_coro_desc(l, s->coro), l->func->decl->name->s,
                   head);
    lower_suspend(l, s, "AWF_PENDING");
}

static const char *result_text(struct lower *l, const struct nstmt *s,
                               enum coro_kind kind, const char *box)
{
    struct types *t = &l->u->types;
    const struct type *ty = operand_strip(s->coro)->type->base;
    const char *path;

    if (kind == CORO_LEAF)
        return "0";
    path = frame_member(l, s);
    if (kind == CORO_BOXED)
        return arena_printf(&l->u->arena, "((%s *)(void *)%s)->ret", box, path);
    if (kind != CORO_JOIN)
        return lower_coro_result(l, s->coro, path);
    return arena_printf(
        &l->u->arena, "*(%s)awi_result(%s, __alignof__(%s))",
        lower_decl(l, type_ptr(t, type_qualified(t, ty, Q_CONST)), ""), path,
        lower_decl(l, ty, ""));
}

static void set_text(struct lower *l, const struct type *ty, const char *target,
                     const char *value)
{
    code_at(l->c, l->at);
    lower_set_begin(l, ty, target);
    code_text(l->c, value);
    lower_set_end(l, ty, target);
}

static void deliver(struct lower *l, const struct nstmt *s, enum coro_kind kind,
                    const char *box)
{
    const char *target;

    switch ((enum await_dest)s->dest) {
    case DEST_NONE: break;
    case DEST_DECL:
        target = lower_name(s->d);
        set_text(l, s->d->type, target, result_text(l, s, kind, box));
        break;
    case DEST_EXPR:
        code_at(l->c, l->at);
        lower_expr(l, s->e);
        code_printf(l->c, " = %s;", result_text(l, s, kind, box));
        break;
    case DEST_RETURN:
        set_text(l, l->func->decl->type->base, "awf->ret",
                 result_text(l, s, kind, box));
        break;
    }
}

/* A task handle and a box are given back on every path: after an error, or
 * once the result has been read. */
static void give_back(struct lower *l, const struct nstmt *s,
                      enum coro_kind kind)
{
    const char *member;

    if (kind != CORO_JOIN && kind != CORO_BOXED)
        return;
    member = frame_member(l, s);
    if (kind == CORO_JOIN)
        lower_line(l, "awi_unjoin(%s);", member);
    else
        lower_line(l, "awi_box_free(%s, %s->desc);", member, member);
}

/* What never suspends has its frame on the C stack. */
static void call_direct(struct lower *l, const struct nstmt *s)
{
    struct expr *e = operand_strip(s->coro);
    tokidx at = l->at;

    lower_line(l, "{");
    code_in(l->c);
    lower_line(l, "struct awf_%s awf_c;", callee_name(e));
    set_args(l, e, "awf_c", NULL);
    l->at = at;
    lower_line(l, "awf_r = %s(&awf_c.aw, awf_t, 0);", lower_coro_resume(l, e));
    lower_line(l, "if (awf_r) {");
    code_in(l->c);
    lower_pass_error(l, s->protect);
    code_out(l->c);
    lower_line(l, "}");
    deliver(l, s, CORO_CALL, NULL);
    code_out(l->c);
    lower_line(l, "}");
}

static void await_coro(struct lower *l, const struct nstmt *s)
{
    struct expr *e = operand_strip(s->coro);
    enum coro_kind kind = coro_kind(l->u, l->func, e, CORO_AWAITED);
    bool held = kind == CORO_JOIN || kind == CORO_BOXED;
    const char *box = kind == CORO_BOXED ? lower_box_type(l, e) : NULL;
    const char *head = NULL;

    l->at = s->at.from;
    start(l, s, kind, box);
    if (kind == CORO_CALL || kind == CORO_FORM)
        head = lower_coro_head(l, e, l->fn->frame->child[s->state]);
    lower_wait(l, s, head);
    held = held || s->protect;
    lower_line(l, held ? "if (awf_r) {" : "if (awf_r)");
    code_in(l->c);
    give_back(l, s, kind);
    lower_pass_error(l, s->protect);
    code_out(l->c);
    if (held)
        lower_line(l, "}");
    deliver(l, s, kind, box);
    give_back(l, s, kind);
}

void lower_await(struct lower *l, const struct nstmt *s)
{
    l->at = s->at.from;
    switch ((enum await_op)s->op) {
    case AWAIT_CORO:
        if (s->state)
            await_coro(l, s);
        else
            call_direct(l, s);
        break;
    case AWAIT_YIELD: lower_yield(l, s); break;
    case AWAIT_NEXT: lower_next(l, s); break;
    case AWAIT_CLOSE: lower_close(l, s); break;
    }
}
