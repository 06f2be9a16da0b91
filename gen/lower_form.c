/* SPDX-License-Identifier: MIT
 * Forms that start coroutines from anywhere. Each becomes a call of a helper
 * at file scope that takes the coroutine's operands as parameters, so it may
 * stand in any expression of a plain function:
 *
 *     aw_create_task(f(x))     awf_new_1(x)
 *     aw_create_task(f(x));    aw_task_release(awf_new_1(x));
 *     aw_run(v = f(x))         awf_run_1(&v, x)
 */
#include "gen/coro.h"
#include "gen/lower.h"
#include "gen/operand.h"

/* The operands of a coroutine: parameters of the helper, texts of the call. */
struct operands {
    struct lower *l;
    VEC(const char *) names; /* a1, a2, ... for lower_coro_init */
    struct buf params;       /* "int a1, char *a2" */
    struct buf values;       /* "x, &y" */
};

static void add_operand(struct operands *o, const struct type *ty,
                        const char *value)
{
    struct arena *a = &o->l->u->arena;
    const char *name = arena_printf(a, "awf_a%u", o->names.n + 1);
    const char *sep = o->names.n ? ", " : "";

    buf_printf(&o->params, "%s%s", sep, lower_decl(o->l, ty, name));
    buf_printf(&o->values, "%s%s", sep, value);
    VEC_PUSH(a, &o->names, name);
}

static void add_lvalue(struct operands *o, const struct expr *lvalue)
{
    struct types *t = &o->l->u->types;

    add_operand(o, type_ptr(t, lower_mutable(o->l->u, lvalue->type)),
                arena_printf(&o->l->u->arena, "&%s", lower_text(o->l, lvalue)));
}

static void collect(struct operands *o, struct expr *e)
{
    struct expr *lvalue, *c = coro_of(e, &lvalue);
    const struct type *f;

    if (lvalue)
        add_lvalue(o, lvalue);
    if (c->kind == EX_CORO) {
        for (uint32_t i = 0; i < c->nargs; i++)
            collect(o, c->args[i]);
        return;
    }
    if (c->kind != EX_CALL || !coro_callee(c)) {
        add_operand(o, c->type, lower_text(o->l, c));
        return;
    }
    f = coro_callee(c)->type;
    for (uint32_t i = 0; i < c->nargs && i < f->nparams; i++)
        add_operand(o, f->params[i].type, lower_text(o->l, c->args[i]));
}

static const char *take_text(struct lower *l, struct buf *b, const char *none)
{
    const char *text = arena_strndup(&l->u->arena, b->p ? b->p : none,
                                     b->p ? b->n : strlen(none));

    buf_free(b);
    return text;
}

/* A helper's lines go to `body`, the output's own; what they need besides
 * goes to l->helpers before them. Returns where code went so far. */
static struct code *begin(struct lower *l, struct code *body)
{
    struct code *to = l->c;

    code_init(body, &l->u->arena);
    l->c = body;
    l->own_lines = true;
    return to;
}

static void end(struct lower *l, struct code *to)
{
    code_append(l->helpers, l->c);
    l->c = to;
    l->own_lines = false;
}

/* ---- aw_create_task -------------------------------------------------------
 */

static void make_task(struct lower *l, const char *f, struct expr *c,
                      struct operands *o)
{
    struct operand_texts args = {o->names.v, 0};

    lower_line(l, "struct aw_task *awf_n = awi_task_new(&awfd_%s);", f);
    lower_line(l, "%s", "");
    lower_line(l, "if (awf_n) {");
    code_in(l->c);
    lower_line(l, "struct awf_%s *awf_c =", f);
    lower_line(l, "    (struct awf_%s *)(void *)awi_task_frame(awf_n);", f);
    lower_line(l, "%s", "");
    lower_coro_init(l, c, "(*awf_c)", &args);
    lower_line(l, "awi_task_start(awf_n);");
    code_out(l->c);
    lower_line(l, "}");
    lower_line(l, "return awf_n;");
}

static const char *form_create_task(struct lower *l, struct expr *e)
{
    struct operands o = {.l = l};
    struct expr *c = operand_strip(e->args[0]);
    const char *params, *values;
    uint32_t site = ++l->sites;
    struct code body, *to;

    if (coro_kind(l->u, NULL, c, CORO_CHILD) != CORO_CALL) {
        diag(l->u, c->at, D_not_supported,
             "aw_create_task of anything but a call of a known function");
        return "0";
    }
    collect(&o, c);
    params = take_text(l, &o.params, "void");
    values = take_text(l, &o.values, "");
    to = begin(l, &body);
    lower_line(l, "static struct aw_task *awf_new_%u(%s)", site, params);
    lower_line(l, "{");
    code_in(l->c);
    make_task(l, coro_callee(c)->name->s, c, &o);
    code_out(l->c);
    lower_line(l, "}");
    end(l, to);
    return arena_printf(&l->u->arena,
                        e->dropped ? "aw_task_release(awf_new_%u(%s))"
                                   : "awf_new_%u(%s)",
                        site, values);
}

/* ---- aw_run, aw_loop_run_until_complete -----------------------------------
 */

static void put_storage(struct lower *l, struct expr *c)
{
    struct buf b = {0};

    lower_line(l, "struct {");
    code_in(l->c);
    lower_line(l, "struct awi_child k;");
    coro_print_storage(l->u, NULL, c, CORO_CHILD, "f", &b);
    lower_lines(l, b.p ? b.p : "");
    buf_free(&b);
    code_out(l->c);
    lower_line(l, "} awf_m;");
}

/* Runs c in storage of its own; the first of o is the lvalue's address when
 * there is one. */
static void run_child(struct lower *l, struct expr *lvalue, struct expr *c,
                      struct operands *o, const char *run)
{
    struct operand_texts args = {o->names.v, lvalue != NULL};
    const char *dst = lvalue ? o->names.v[0] : "(void *)0";

    put_storage(l, c);
    lower_line(l, "%s", "");
    lower_coro_init(l, c, "awf_m.f", &args);
    lower_line(l, "awi_child_init(&awf_m.k, &%s, %s, %s);",
               lower_coro_head(l, c, "awf_m.f"), lower_child_desc(l, c, lvalue),
               dst);
    lower_line(l, "return %s(&awf_m.k);", run);
}

static const char *form_run(struct lower *l, struct expr *e, const char *run)
{
    struct operands o = {.l = l};
    struct expr *lvalue, *c = coro_of(e->args[0], &lvalue);
    enum coro_kind kind = coro_kind(l->u, NULL, c, CORO_CHILD);
    const char *params, *values;
    uint32_t site = ++l->sites;
    struct code body, *to;

    if (kind != CORO_CALL && kind != CORO_FORM) {
        diag(l->u, c->at, D_not_supported, "running this coroutine");
        return "0";
    }
    collect(&o, e->args[0]);
    params = take_text(l, &o.params, "void");
    values = take_text(l, &o.values, "");
    to = begin(l, &body);
    lower_line(l, "static int awf_run_%u(%s)", site, params);
    lower_line(l, "{");
    code_in(l->c);
    run_child(l, lvalue, c, &o, run);
    code_out(l->c);
    lower_line(l, "}");
    end(l, to);
    return arena_printf(&l->u->arena, "awf_run_%u(%s)", site, values);
}

/* A cast-free view: every aw_task(T) is the same pointer in C. */
static const char *form_call(struct lower *l, struct expr *e, const char *f)
{
    return arena_printf(&l->u->arena, "%s(%s)", f, lower_text(l, e->args[0]));
}

const char *lower_form(struct lower *l, struct expr *e)
{
    switch ((enum word)e->form) {
    case FORM_CREATE_TASK: return form_create_task(l, e);
    case FORM_RUN: return form_run(l, e, "awi_run");
    case FORM_RUN_UNTIL_COMPLETE: return form_run(l, e, "awi_run_until");
    case FORM_CAUGHT: return lower_name(e->repl);
    case FORM_CANCEL: return form_call(l, e, "aw_cancel");
    case FORM_DONE: return form_call(l, e, "aw_done");
    default: diag(l->u, e->at, D_not_supported, "this form"); return "0";
    }
}
