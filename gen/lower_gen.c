/* SPDX-License-Identifier: MIT
 * Generators. A generator returns AWF_YIELDED with a value in its result; it
 * is resumed with 0, or with AWF_CLOSED when it shall end. It stands in the
 * frame of its consumer as any callee does:
 *
 *     awf_r = awf_f(&awf->awf_g1.aw, awf_t, 0);
 *     if (AWF_WAITS(awf_r)) { ... }
 *     more = awf_r == AWF_YIELDED;
 *     if (awf_r && !more) { ... }
 *     if (!more)
 *         break;
 *     x = awf->awf_g1.ret;
 */
#include "gen/coro.h"
#include "gen/lower.h"
#include "gen/operand.h"

static bool is_boxed(struct lower *l, const struct decl *g)
{
    return coro_kind(l->u, l->func, g->coro, CORO_AWAITED) == CORO_BOXED;
}

/* The path of g in the frame, without the frame. */
static const char *field_of(struct lower *l, const struct decl *g)
{
    return l->fn->frame->field[g->index];
}

void lower_yield(struct lower *l, const struct nstmt *s)
{
    lower_line(l, "{");
    code_in(l->c);
    lower_suspend(l, s, "AWF_YIELDED");
    lower_error_if(l, s->protect, "awf_r");
}

void lower_make(struct lower *l, const struct nstmt *s)
{
    struct expr *e = operand_strip(s->d->coro);
    const char *path = lower_name(s->d);

    l->at = s->at.from;
    if (is_boxed(l, s->d))
        lower_make_box(l, e, path, lower_box_type(l, e), s->protect);
    else
        lower_coro_init(l, e, path, CORO_AWAITED, NULL);
}

/* Resumes the generator in s->src with `outcome`. */
static void resume(struct lower *l, const struct nstmt *s, const char *outcome)
{
    struct expr *e = operand_strip(s->coro);
    const char *path = lower_name(s->src), *head;

    if (is_boxed(l, s->src)) {
        lower_line(l, "awf_r = awi_box_call(%s, awf_t, %s);", path, outcome);
        lower_wait(l, s, NULL);
        return;
    }
    head = lower_coro_head(l, e, field_of(l, s->src));
    lower_line(l, "awf_r = %s(&awf->%s, awf_t, %s);", lower_coro_resume(l, e),
               head, outcome);
    lower_wait(l, s, head);
}

void lower_next(struct lower *l, const struct nstmt *s)
{
    const char *more = lower_name(s->d);

    resume(l, s, "0");
    lower_line(l, "%s = awf_r == AWF_YIELDED;", more);
    lower_error_if(l, s->protect,
                   arena_printf(l->u->tree, "awf_r && !%s", more));
}

void lower_take(struct lower *l, const struct nstmt *s)
{
    const struct type *ty = operand_strip(s->src->coro)->type->base;
    const char *path = lower_name(s->src), *target = lower_name(s->d);

    lower_start_line(l);
    lower_set_begin(l, s->d->type, target);
    if (is_boxed(l, s->src))
        code_text(l->c, lower_read(l, ty,
                                   arena_printf(l->u->tree,
                                                "awi_frame_result(%s", path)));
    else
        code_printf(l->c, "%s.ret", path);
    lower_set_end(l, s->d->type, target);
}

void lower_drop(struct lower *l, const struct nstmt *s)
{
    const char *path = lower_name(s->d);

    if (is_boxed(l, s->d))
        lower_line(l, "awi_box_free(%s, %s->desc);", path, path);
}

/* Its own wish to end is no error; another one replaces what is pending. */
void lower_close(struct lower *l, const struct nstmt *s)
{
    const char *path = lower_name(s->src);

    resume(l, s, "AWF_CLOSED");
    lower_line(l, "if (awf_r && awf_r != AWF_CLOSED) {");
    code_in(l->c);
    if (is_boxed(l, s->src))
        lower_line(l, "awi_box_free(%s, %s->desc);", path, path);
    lower_pass_error(l, s->protect);
    code_out(l->c);
    lower_line(l, "}");
}
