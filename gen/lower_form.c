/* SPDX-License-Identifier: MIT
 * Forms that start coroutines from anywhere. Each becomes a call of a helper
 * at file scope that takes the coroutine's operands as parameters, so it may
 * stand in any expression of a plain function:
 *
 *     aw_create_task(f(x))     awf_new_1(x)
 *     aw_create_task(f(x));    aw_task_release(awf_new_1(x));
 *     aw_run(v = f(x))         awf_run_1(&v, x)
 *
 * Operands are evaluated from left to right. C leaves the order of arguments
 * open, so where it may be seen they are evaluated in statements before:
 *
 *     aw_run(a[i++] = f(i))    ({ T *t1 = &a[i++]; int t2 = i; call(t1, t2); })
 */
#include "gen/coro.h"
#include "gen/lower.h"
#include "gen/operand.h"
#include "gen/verify.h"

/* The operands of a coroutine: parameters of the helper, texts of the call. */
struct operands {
    struct lower *l;
    const char *site;        /* of the helper: its name */
    VEC(const char *) names; /* a1, a2, ... for lower_coro_init */
    struct buf params;       /* "int a1, char *a2" */
    struct buf values;       /* "x, &y" */
    struct buf first;        /* "int t1 = x; char *t2 = &y; " */
    struct buf temps;        /* "t1, t2" */
    bool ordered;            /* their order may be seen */
};

static void add_text(struct operands *o, const struct type *ty,
                     const char *value)
{
    struct arena *a = o->l->u->tree;
    const char *name = arena_printf(a, "awf_a%u", o->names.n + 1);
    const char *temp = arena_printf(a, "%s_%u", o->site, o->names.n + 1);
    const char *sep = o->names.n ? ", " : "";

    buf_printf(&o->params, "%s%s", sep, lower_decl(o->l, ty, name));
    buf_printf(&o->values, "%s%s", sep, value);
    buf_printf(&o->first, "%s = %s; ", lower_decl(o->l, ty, temp), value);
    buf_printf(&o->temps, "%s%s", sep, temp);
    VEC_PUSH(a, &o->names, name);
}

static void add_operand(struct operands *o, const struct type *ty,
                        struct expr *e)
{
    o->ordered |= e->effects;
    add_text(o, ty, lower_text(o->l, e));
}

static void add_lvalue(struct operands *o, const struct expr *lvalue)
{
    struct types *t = &o->l->u->types;

    o->ordered |= lvalue->effects;
    add_text(o, type_ptr(t, lower_mutable(o->l->u, lvalue->type)),
             arena_printf(o->l->u->tree, "&%s", lower_text(o->l, lvalue)));
}

static void collect_call(struct operands *o, struct expr *c)
{
    const struct type *f = coro_callee_type(c);

    if (!coro_callee(c))
        add_operand(o, type_ptr(&o->l->u->types, f), c->a);
    for (uint32_t i = 0; i < c->nargs && i < f->nparams; i++)
        add_operand(o, f->params[i].type, c->args[i]);
}

/* The operands of a binding, in the order in which lower_make.c wants them. */
static void collect(struct operands *o, struct expr *e)
{
    struct expr *lvalue, *c = coro_of(e, &lvalue);

    if (lvalue)
        add_lvalue(o, lvalue);
    if (c->kind == EX_CALL && c->type->kind == TY_CORO) {
        collect_call(o, c);
    } else if (c->kind != EX_CORO) {
        add_operand(o, type_decay(&o->l->u->types, c->type), c);
    } else if (c->form == FORM_QUEUE_PUT) {
        collect(o, c->args[0]);
        add_operand(o, coro_queue_item(o->l->u, c), c->args[1]);
    } else {
        for (uint32_t i = 0; i < c->nargs; i++)
            collect(o, c->args[i]);
    }
}

static const char *take_text(struct lower *l, struct buf *b, const char *none)
{
    const char *text = arena_strndup(l->u->tree, b->p ? b->p : none,
                                     b->p ? b->n : strlen(none));

    buf_free(b);
    return text;
}

/* ---- helpers --------------------------------------------------------------
 */

/* A helper function in the making: its lines are the output's own. */
struct helper {
    struct lower *l;
    struct code body;
    struct code *to, *helpers; /* where code goes otherwise */
    const char *call;          /* an expression */
};

struct search {
    const struct program *p;
    bool later;
};

static void find_later(void *ctx, struct decl *f)
{
    struct search *s = ctx;

    s->later |= !s->p->of.v[f->func->index]->defined;
}

/* Whether the frame of some function that c calls comes later in the unit. */
static bool needs_later(struct lower *l, struct expr *c)
{
    struct search s = {l->p, false};

    coro_calls(c, find_later, &s);
    return s.later;
}

/* The call of the helper with its operands. */
static const char *call_text(struct operands *o)
{
    struct lower *l = o->l;
    const char *values = take_text(l, &o->values, "");
    const char *first = take_text(l, &o->first, "");
    const char *temps = take_text(l, &o->temps, "");

    if (o->ordered && o->names.n > 1)
        return arena_printf(l->u->tree, "__extension__ ({ %s%s(%s); })", first,
                            o->site, temps);
    return arena_printf(l->u->tree, "%s(%s)", o->site, values);
}

/* Begins `static HEAD(operands)` for coroutine c; when it has to come later,
 * a prototype stands here and it goes to the end of the unit. */
static void begin(struct helper *h, struct operands *o, struct expr *c,
                  const char *head)
{
    struct lower *l = h->l = o->l;
    const char *params = take_text(l, &o->params, "void");

    h->call = call_text(o);
    h->to = l->c;
    h->helpers = l->helpers;
    if (needs_later(l, c)) {
        code_nl(l->helpers);
        code_printf(l->helpers, "static %s(%s);", head, params);
        l->helpers = l->late;
    }
    code_init(&h->body, l->u->tree);
    l->c = &h->body;
    l->own_lines = true;
    lower_line(l, "static %s(%s)", head, params);
    lower_line(l, "{");
    code_in(l->c);
}

static void end(struct helper *h)
{
    struct lower *l = h->l;

    code_out(l->c);
    lower_line(l, "}");
    code_append(l->helpers, l->c);
    l->c = h->to;
    l->helpers = h->helpers;
    l->own_lines = false;
}

/* ---- tasks ----------------------------------------------------------------
 */

/* How a helper makes a task and starts it. */
struct making {
    const char *before, *after; /* around the descriptor */
    const char *start;          /* NULL: it is queued already */
    const struct type *to;      /* of what is bound, or NULL */
    uint32_t first;             /* operand that is the coroutine's first */
};

/* struct awf_N_task { what holds for c, if anything; the storage f of c; } */
static const char *define_storage(struct lower *l, struct expr *c)
{
    const char *name =
        arena_printf(l->u->tree, "struct awf_%u_task", ++l->sites);
    struct code *to = l->c;

    l->c = l->helpers;
    lower_line(l, "%s {", name);
    code_in(l->c);
    if (coro_has_root(c))
        lower_line(l, "struct awi_root w;");
    lower_storage(l, c, CORO_CHILD, "f");
    code_out(l->c);
    lower_line(l, "};");
    l->c = to;
    return name;
}

/* Makes c in storage of that struct, of which `of` ends with "." or "->". */
static void init_root(struct lower *l, struct expr *c, const char *of,
                      struct operand_texts *args)
{
    const char *f = arena_printf(l->u->tree, "%sf", of);
    bool root = coro_has_root(c);

    l->held = root ? arena_printf(l->u->tree, "%sw.held", of) : NULL;
    lower_coro_init(l, c, f, CORO_CHILD, args);
    l->held = NULL;
    if (root)
        lower_line(l, "awi_root_init(&%sw, &%s, %s);", of,
                   lower_coro_head(l, c, f), lower_coro_desc(l, c));
}

/* Makes the task awf_n; when that is there, begins to fill its frame. */
static void new_task(struct lower *l, const struct making *m, const char *desc,
                     const char *type)
{
    lower_line(l, "struct aw_task *awf_n = %s%s%s;", m->before, desc, m->after);
    lower_line(l, "%s", "");
    lower_line(l, "if (awf_n) {");
    code_in(l->c);
    if (!type)
        return;
    lower_line(l, "%s *awf_c =", type);
    lower_line(l, "    (%s *)(void *)awi_task_frame(awf_n);", type);
    lower_line(l, "%s", "");
}

static bool is_converted(struct lower *l, const struct expr *c,
                         const struct type *to)
{
    struct types *t = &l->u->types;

    return to &&
           !type_compatible(type_unqual(t, to), type_unqual(t, c->type->base));
}

/* A call whose frame is not known here: the task's memory is its box. */
static void make_boxed(struct lower *l, struct expr *c, const struct making *m,
                       struct operand_texts *args)
{
    const char *desc = lower_callee(l, c, args);

    new_task(l, m, desc, NULL);
    if (c->nargs)
        lower_box_args(l, c, lower_box_type(l, c), "awi_task_frame(awf_n)",
                       args);
}

static void make_task(struct lower *l, struct expr *c, struct operands *o,
                      const struct making *m)
{
    struct operand_texts args = {o->names.v, m->first};
    enum coro_kind kind = lower_kind(l, c, CORO_CHILD);
    const char *type;

    if (kind == CORO_BOXED && !is_converted(l, c, m->to)) {
        make_boxed(l, c, m, &args);
    } else if (kind == CORO_CALL) {
        type =
            arena_printf(l->u->tree, "struct awf_%s", coro_callee(c)->name->s);
        new_task(l, m, lower_task_desc(l, c, m->to, type), type);
        lower_coro_init(l, c, "(*awf_c)", CORO_CHILD, &args);
    } else {
        type = define_storage(l, c);
        new_task(l, m, lower_task_desc(l, c, m->to, type), type);
        init_root(l, c, "awf_c->", &args);
    }
    if (m->start)
        lower_line(l, "%s;", m->start);
    code_out(l->c);
    lower_line(l, "}");
}

/* The handle that `call` gives, given back at once when it is e's whole
 * statement. */
static const char *handle_text(struct lower *l, const struct expr *e,
                               const char *call)
{
    return e->dropped ? arena_printf(l->u->tree, "aw_task_release(%s)", call)
                      : call;
}

static const char *site_name(struct lower *l, const char *what)
{
    return arena_printf(l->u->tree, "awf_%s_%u", what, ++l->sites);
}

/* A helper that returns the task, and the call of it. */
static const char *call_start(struct lower *l, const struct expr *e,
                              struct expr *c, struct operands *o,
                              const struct making *m)
{
    struct helper h;

    begin(&h, o, c, arena_printf(l->u->tree, "struct aw_task *%s", o->site));
    make_task(l, c, o, m);
    lower_line(l, "return awf_n;");
    end(&h);
    return handle_text(l, e, h.call);
}

static const char *form_create_task(struct lower *l, struct expr *e)
{
    struct making m = {"awi_task_new(", ")", "awi_task_start(awf_n)", NULL, 0};
    struct operands o = {.l = l};
    struct expr *c = operand_strip(e->args[0]);

    if (c->type->kind == TY_TASK) /* it is scheduled already */
        return handle_text(
            l, e,
            arena_printf(l->u->tree, "aw_task_retain(%s)", lower_text(l, c)));
    lower_takes_memory(l, e->at, "aw_create_task",
                       "write aw_start with an aw_task_storage");
    o.site = site_name(l, "new");
    collect(&o, c);
    return call_start(l, e, c, &o, &m);
}

/* The storage of aw_start is a struct of a task and the frame of f. */
static const char *form_start(struct lower *l, struct expr *e)
{
    struct making m = {"awi_task_static(&awf_a1->task, &awf_a1->f.aw, ", ")",
                       "awi_task_start(awf_n)", NULL, 1};
    struct operands o = {.l = l};
    struct expr *c = operand_strip(e->args[1]);

    o.site = site_name(l, "start");
    add_operand(&o, type_decay(&l->u->types, e->args[0]->type), e->args[0]);
    collect(&o, c);
    return call_start(l, e, c, &o, &m);
}

static const char *form_spawn(struct lower *l, struct expr *e)
{
    struct expr *lvalue, *c = coro_of(e->args[1], &lvalue);
    struct making m = {"awi_group_spawn(awf_a1, ",
                       lvalue ? ", awf_a2)" : ", (void *)0)", NULL,
                       lvalue ? lvalue->type : NULL, lvalue ? 2 : 1};
    struct operands o = {.l = l};
    struct helper h;

    o.site = site_name(l, "spawn");
    lower_takes_memory(l, e->at, "aw_group_spawn",
                       "write aw_gather, or aw_gather_each of a constant");
    add_operand(&o, e->args[0]->type, e->args[0]);
    collect(&o, e->args[1]);
    begin(&h, &o, c, arena_printf(l->u->tree, "void %s", o.site));
    make_task(l, c, &o, &m);
    end(&h);
    return h.call;
}

/* ---- aw_run, aw_loop_run_until_complete -----------------------------------
 */

/* Declares awf_m, a task and c's storage; its descriptor. */
static const char *put_storage(struct lower *l, struct expr *c,
                               const struct type *to)
{
    const char *task = coro_has_root(c) ? define_storage(l, c) : NULL;

    lower_line(l, "struct {");
    code_in(l->c);
    lower_line(l, "struct awi_child k;");
    if (task)
        lower_line(l, "%s m;", task);
    else
        lower_storage(l, c, CORO_CHILD, "f");
    code_out(l->c);
    lower_line(l, "} awf_m;");
    lower_line(l, "%s", "");
    return task ? lower_task_desc(l, c, to, task) : lower_child_desc(l, c, to);
}

/* Runs c in storage of its own; the first of o is the lvalue's address when
 * there is one. */
static const char *form_run(struct lower *l, struct expr *e, const char *run)
{
    struct operands o = {.l = l};
    struct expr *lvalue, *c = coro_of(e->args[0], &lvalue);
    const char *desc, *head;
    bool root = coro_has_root(c);
    struct operand_texts args;
    struct helper h;

    o.site = site_name(l, "run");
    collect(&o, e->args[0]);
    begin(&h, &o, c, arena_printf(l->u->tree, "int %s", o.site));
    args = (struct operand_texts){o.names.v, lvalue != NULL};
    desc = put_storage(l, c, lvalue ? lvalue->type : NULL);
    init_root(l, c, root ? "awf_m.m." : "awf_m.", &args);
    head = root ? "awf_m.m.w.aw" : lower_coro_head(l, c, "awf_m.f");
    lower_line(l, "awi_child_init(&awf_m.k, &%s, %s, %s);", head, desc,
               lvalue ? o.names.v[0] : "(void *)0");
    lower_line(l, "return %s(&awf_m.k);", run);
    end(&h);
    return h.call;
}

/* A cast-free view: every aw_task(T) is the same pointer in C, and so is every
 * aw_queue(T). */
static const char *form_call(struct lower *l, struct expr *e, const char *f)
{
    return arena_printf(l->u->tree, "%s(%s)", f, lower_text(l, e->args[0]));
}

const char *lower_form(struct lower *l, struct expr *e)
{
    switch ((enum word)e->form) {
    case FORM_CREATE_TASK: return form_create_task(l, e);
    case FORM_START: return form_start(l, e);
    case FORM_GROUP_SPAWN: return form_spawn(l, e);
    case FORM_RUN: return form_run(l, e, "awi_run");
    case FORM_RUN_UNTIL_COMPLETE: return form_run(l, e, "awi_run_until");
    case FORM_CAUGHT: return lower_name(e->repl);
    case FORM_CANCEL: return form_call(l, e, "aw_cancel");
    case FORM_DONE: return form_call(l, e, "aw_done");
    case FORM_QUEUE_CLOSE: return form_call(l, e, "aw_queue_close");
    default: verify_failed("lower", "every form is known");
    }
}
