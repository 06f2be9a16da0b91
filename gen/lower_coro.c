/* SPDX-License-Identifier: MIT
 * Awaits. A coroutine is made in place, in the awaiting function's frame,
 * then called; only when it really waits is it linked to its parent and are
 * locals saved:
 *
 *     awf->c1.x = e;
 *     awf->c1.aw.state = 0;
 *     awf_r = awfr_f(&awf->c1.aw, awf_t, 0);
 *     if (AWF_WAITS(awf_r)) {
 *         awi_link(awf_t, awf_r, &awf->c1.aw, &awfd_f,
 *                  AWF_UP(struct awf_g, c1.aw));
 *         awf->i = i;
 *         awf->aw.state = 1;
 *         return AWF_LINKED;
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
    return arena_printf(l->u->tree, f, a, b);
}

static const char *frame_member(struct lower *l, const struct nstmt *s)
{
    if (!s->state)
        return "awf_c"; /* call_direct */
    return fmt(l, "awf->%s", l->fn->frame->child[s->state], "");
}

static void call_leaf(struct lower *l, struct expr *e)
{
    struct decl *leaf = coro_leaf(l->u, coro_callee(e));
    const char *outcome = coro_always_waits(l->u, e) ? "" : "awf_r = ";

    lower_line(l, "%s%s(awf_t", outcome, leaf->name->s);
    for (uint32_t i = 0; i < e->nargs; i++) {
        code_text(l->c, ", ");
        lower_expr(l, e->args[i]);
    }
    code_text(l->c, ");");
}

static void call_join(struct lower *l, const struct nstmt *s, struct expr *e)
{
    const char *h = frame_member(l, s);

    lower_operand(l, h, e->type, e, NULL);
    lower_line(l, "awf_r = awi_join(awf_t, %s);", h);
}

static void init_frame(struct lower *l, const struct nstmt *s, struct expr *e)
{
    const struct frame_stage *stage = &l->fn->frame->stage[s->state];
    const char *path = frame_member(l, s);
    tokidx at = l->at;

    if (stage->on)
        lower_staged(l, e, path, stage);
    else
        lower_coro_init(l, e, path, CORO_AWAITED, NULL);
    l->at = at;
}

/* Whether e is a gather of calls and other combinators, without tasks. */
static bool gathers_calls(const struct expr *e)
{
    struct expr *lvalue;

    if (e->kind != EX_CORO || e->form != FORM_GATHER)
        return false;
    for (uint32_t i = 0; i < coro_children(e); i++)
        if (coro_of(coro_child(e, i), &lvalue)->type->kind == TY_TASK)
            return false;
    return coro_children(e) > 0;
}

static void call_frame(struct lower *l, const struct nstmt *s, struct expr *e)
{
    const char *path = frame_member(l, s);

    init_frame(l, s, e);
    if (gathers_calls(e)) {
        lower_line(l, "awf_r = awi_gather_calls(&%s.g, awf_t,", path);
        lower_line(l, "                         &%s.k1.k, &%s.k%u.k);", path,
                   path, coro_children(e));
        return;
    }
    lower_line(l, "awf_r = %s(&%s, awf_t, 0);", lower_coro_resume(l, e),
               lower_coro_head(l, e, path));
}

void lower_pass_error(struct lower *l, const struct protect *p)
{
    const char *error =
        arena_printf(l->u->tree, "AWF_PASS(%s, %u)", l->func->decl->name->s,
                     unit_loc(l->u, l->at).line);

    if (!p && l->fn->norm->holds) {
        lower_line(l, "(void)%s;", error);
        lower_line(l, "goto awf_out;");
        l->left = true;
        return;
    }
    if (!p) {
        lower_line(l, "return %s;", error);
        return;
    }
    lower_line(l, "%s = %s;", lower_name(p->error), error);
    if (p->exit)
        lower_line(l, "%s = 0;", lower_name(p->exit));
    lower_line(l, "goto %s;", p->label);
}

void lower_error_if(struct lower *l, const struct protect *p, const char *test)
{
    lower_line(l, "if (%s) {", test);
    code_in(l->c);
    lower_pass_error(l, p);
    code_out(l->c);
    lower_line(l, "}");
}

void lower_no_memory(struct lower *l, const struct protect *p, const char *of)
{
    lower_line(l, "if (!%s) {", of);
    code_in(l->c);
    lower_line(l, "awf_r = AWF_NO_MEMORY;");
    lower_pass_error(l, p);
    code_out(l->c);
    lower_line(l, "}");
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
    case CORO_QUEUE:
    case CORO_FORM: call_frame(l, s, e); break;
    case CORO_BOXED: call_boxed(l, s, e, box); break;
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

/* Saves what is needed and returns; where it goes on is put_label's. */
static void go_away(struct lower *l, const struct nstmt *s, const char *status)
{
    put_locals(l, l->fn->frame->save[s->state], true);
    lower_poison_frame(l, s->state);
    lower_line(l, "awf->aw.state = %u;", frame_state(l->fn->frame, s->state));
    lower_line(l, "return %s;", status);
}

static void come_back(struct lower *l, const struct nstmt *s)
{
    lower_poison_locals(l, s->state);
    put_locals(l, l->fn->frame->reload[s->state], false);
}

void lower_suspend(struct lower *l, const struct nstmt *s, const char *status)
{
    bool reloads = !bits_empty(l->fn->frame->reload[s->state]) || l->visible.n;

    go_away(l, s, status);
    if (reloads) {
        put_label(l, s->state);
        come_back(l, s);
    }
    code_out(l->c);
    lower_line(l, "}");
    if (!reloads)
        put_label(l, s->state);
}

void lower_wait_loop(struct lower *l, const struct nstmt *s)
{
    code_in(l->c);
    go_away(l, s, "AWF_PENDING");
    put_label(l, s->state);
    code_text(l->c, ";");
    come_back(l, s);
    code_out(l->c);
    lower_line(l, "}");
}

/* Waits for the call whose outcome is in awf_r; head, its frame, is linked
 * when not NULL. */
void lower_wait(struct lower *l, const struct nstmt *s, const char *head)
{
    lower_line(l, "if (AWF_WAITS(awf_r)) {");
    code_in(l->c);
    if (head) {
        lower_line(l, "awi_link(awf_t, awf_r, &awf->%s, %s,", head,
                   lower_coro_desc(l, s->coro));
        lower_line(l, "         AWF_UP(struct awf_%s, %s));",
                   l->func->decl->name->s, head);
    }
    lower_suspend(l, s, head ? "AWF_LINKED" : "awf_r");
}

/* Whether the value of e is the same when the locals have been saved: it reads
 * nothing but C locals. */
static bool reads_locals(const struct lower *l, struct expr *e)
{
    const struct frame *f = l->fn->frame;

    e = operand_strip(e);
    switch ((enum expr_kind)e->kind) {
    case EX_NUM: return true;
    case EX_IDENT:
        return decl_is_automatic(e->decl) && !e->repl &&
               f->where[e->decl->index] != RES_FRAME;
    case EX_CAST: return reads_locals(l, e->a);
    default: return e->constant;
    }
}

/* A leaf that always waits, where nothing has to be looked at after the call:
 * what can be saved before it needs no register across it. */
static void wait_in_leaf(struct lower *l, const struct nstmt *s, struct expr *e)
{
    bool first = !l->o->poison;

    for (uint32_t i = 0; i < e->nargs; i++)
        first = first && reads_locals(l, e->args[i]);
    if (!first)
        call_leaf(l, e);
    put_locals(l, l->fn->frame->save[s->state], true);
    lower_poison_frame(l, s->state);
    lower_line(l, "awf->aw.state = %u;", frame_state(l->fn->frame, s->state));
    if (first)
        call_leaf(l, e);
    lower_line(l, "return AWF_PENDING;");
    put_label(l, s->state);
    come_back(l, s);
}

static const char *result_text(struct lower *l, const struct nstmt *s,
                               enum coro_kind kind, const char *box)
{
    const struct type *ty = operand_strip(s->coro)->type->base;
    const char *path;

    if (kind == CORO_LEAF)
        return "0";
    path = frame_member(l, s);
    if (kind == CORO_BOXED)
        return arena_printf(l->u->tree, "((%s *)(void *)%s)->ret", box, path);
    if (kind != CORO_JOIN)
        return lower_coro_result(l, s->coro, path, CORO_AWAITED);
    return lower_read(l, ty, fmt(l, "awi_result(%s", path, ""));
}

/* What may stand over the result itself is moved. */
static void set_text(struct lower *l, const struct nstmt *s,
                     const struct type *ty, const char *target,
                     const char *value)
{
    code_at(l->c, l->at);
    if (!frame_is_word(ty) && frame_is_shared(l->fn->frame, s)) {
        lower_move(l, ty, target, value);
        return;
    }
    lower_set_begin(l, ty, target);
    code_text(l->c, value);
    lower_set_end(l, ty, target);
}

static void deliver_to(struct lower *l, const struct nstmt *s,
                       const char *value)
{
    const struct type *ty = s->e->type;

    if (!frame_is_word(ty) && frame_is_shared(l->fn->frame, s)) {
        set_text(l, s, ty, lower_text(l, s->e), value);
        return;
    }
    code_at(l->c, l->at);
    lower_expr(l, s->e);
    code_printf(l->c, " = %s;", value);
}

static void deliver(struct lower *l, const struct nstmt *s, enum coro_kind kind,
                    const char *box)
{
    const char *target;

    switch ((enum await_dest)s->dest) {
    case DEST_NONE: break;
    case DEST_DECL:
        target = lower_name(s->d);
        set_text(l, s, s->d->type, target, result_text(l, s, kind, box));
        break;
    case DEST_EXPR: deliver_to(l, s, result_text(l, s, kind, box)); break;
    case DEST_RETURN:
        set_text(l, s, l->func->decl->type->base, "awf->ret",
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
    lower_line(l, "struct awf_%s awf_c;", coro_callee(e)->name->s);
    lower_args(l, e, "awf_c", NULL);
    l->at = at;
    lower_line(l, "awf_r = %s(&awf_c.aw, awf_t, 0);", lower_coro_resume(l, e));
    lower_error_if(l, s->protect, "awf_r");
    deliver(l, s, CORO_CALL, NULL);
    code_out(l->c);
    lower_line(l, "}");
}

/* The callee's frame is ours now: whoever resumes us resumes it. */
static void await_tail(struct lower *l, const struct nstmt *s)
{
    struct expr *e = operand_strip(s->coro);

    init_frame(l, s, e);
    lower_poison_frame(l, s->state);
    lower_line(l, "awf_r = 0;");
    put_label(l, s->state);
    lower_line(l, "awf_r = %s(awf_h, awf_t, awf_r);", lower_coro_resume(l, e));
    lower_line(l, "if (AWF_WAITS(awf_r))");
    lower_line(l, "    return awf_r;");
    lower_error_if(l, NULL, "awf_r");
}

static void await_coro(struct lower *l, const struct nstmt *s)
{
    struct expr *e = operand_strip(s->coro);
    enum coro_kind kind = coro_kind(l->u, l->func, e, CORO_AWAITED);
    bool held = kind == CORO_JOIN || kind == CORO_BOXED;
    const char *box = kind == CORO_BOXED ? lower_box_type(l, e) : NULL;
    const char *head = NULL;

    l->at = s->at.from;
    if (kind == CORO_LEAF && coro_always_waits(l->u, e)) {
        wait_in_leaf(l, s, e);
    } else {
        start(l, s, kind, box);
        if (kind == CORO_CALL || kind == CORO_FORM || kind == CORO_QUEUE)
            head = lower_coro_head(l, e, l->fn->frame->child[s->state]);
        lower_wait(l, s, head);
    }
    held = held || s->protect || l->fn->norm->holds;
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
        if (s->state && s == l->fn->frame->tail)
            await_tail(l, s);
        else if (s->state)
            await_coro(l, s);
        else
            call_direct(l, s);
        break;
    case AWAIT_YIELD: lower_yield(l, s); break;
    case AWAIT_NEXT: lower_next(l, s); break;
    case AWAIT_CLOSE: lower_close(l, s); break;
    case AWAIT_GROUP: lower_group_end(l, s); break;
    case AWAIT_DRAIN: lower_drain(l, s); break;
    }
}
