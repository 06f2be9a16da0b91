/* SPDX-License-Identifier: MIT
 * Boxed calls: a frame apart, for calls along a cycle and for functions whose
 * frame is not known here. Arguments and result are written and read through
 * the function's own struct, or through one that the prototype tells. */
#include "gen/coro.h"
#include "gen/lower.h"
#include "gen/operand.h"

void lower_takes_memory(struct lower *l, struct span at, const char *what,
                        const char *instead)
{
    if (l->o->no_heap)
        diag(l->u, at, D_no_heap, what, instead);
}

static const char *box_field(struct lower *l, uint32_t i)
{
    return arena_printf(l->u->tree, "p%u", i + 1);
}

const char *lower_box_type(struct lower *l, struct expr *e)
{
    struct decl *f = coro_callee(e);
    const struct type *ty = coro_callee_type(e);
    const char *name;

    if (f && f->func)
        return arena_printf(l->u->tree, "struct awf_%s", f->name->s);
    name = arena_printf(l->u->tree, "struct awf_%u_args", ++l->sites);
    code_nl(l->helpers);
    code_nl(l->helpers);
    code_printf(l->helpers, "%s {", name);
    code_in(l->helpers);
    code_nl(l->helpers);
    code_text(l->helpers, "struct aw_frame aw;");
    if (!type_is_void(ty->base)) {
        code_nl(l->helpers);
        code_printf(l->helpers, "%s;", lower_decl(l, ty->base, "ret"));
    }
    for (uint32_t i = 0; i < ty->nparams; i++) {
        code_nl(l->helpers);
        code_printf(l->helpers, "%s;",
                    lower_member(l, ty->params[i].type, box_field(l, i)));
    }
    code_out(l->helpers);
    code_nl(l->helpers);
    code_text(l->helpers, "};");
    return name;
}

void lower_box_args(struct lower *l, struct expr *e, const char *type,
                    const char *frame, struct operand_texts *args)
{
    struct decl *f = coro_callee(e);

    if (e->nargs == 0)
        return;
    lower_line(l, "%s *awf_p = (%s *)(void *)%s;", type, type, frame);
    for (uint32_t i = 0; i < e->nargs; i++) {
        const char *field =
            f && f->func ? coro_param(l->u, f, i) : box_field(l, i);
        lower_operand(l, arena_printf(l->u->tree, "awf_p->%s", field),
                      coro_callee_type(e)->params[i].type, e->args[i], args);
    }
}

/* The descriptor of the function that e calls. */
const char *lower_callee(struct lower *l, struct expr *e,
                         struct operand_texts *args)
{
    struct decl *f = coro_callee(e);

    if (f)
        return arena_printf(l->u->tree, "&awfd_%s", f->name->s);
    return args ? args->v[args->next++] : lower_text(l, e->a);
}

/* Why call e is boxed, and how it would not be. */
static void takes_box(struct lower *l, struct expr *e)
{
    struct decl *f = coro_callee(e);

    if (!f)
        lower_takes_memory(l, e->at, "a call through a pointer",
                           "call the function by its name");
    else if (f->func)
        lower_takes_memory(l, e->at, "a call inside a cycle of calls",
                           "use a loop");
    else
        lower_takes_memory(l, e->at, "a call by a prototype alone",
                           "include the header of awaitc -H");
}

/* A box is linked when it is made, so it knows its descriptor. */
void lower_make_box(struct lower *l, struct expr *e, const char *member,
                    const char *type, const struct protect *p)
{
    tokidx at = l->at;

    takes_box(l, e);
    lower_line(l, "{");
    code_in(l->c);
    lower_line(l, "struct aw_frame *awf_b = awi_box_new(&awf->aw, %s);",
               lower_callee(l, e, NULL));
    lower_line(l, "%s = awf_b;", member);
    lower_no_memory(l, p, "awf_b");
    lower_box_args(l, e, type, "awf_b", NULL);
    l->at = at;
    code_out(l->c);
    lower_line(l, "}");
}

/* The same as a child: an awi_boxed. Without memory its arguments are not
 * evaluated. */
void lower_init_boxed(struct lower *l, struct expr *e, const char *path,
                      struct operand_texts *args)
{
    const char *desc = lower_callee(l, e, args), *type;
    tokidx at = l->at;

    takes_box(l, e);
    if (e->nargs == 0) {
        lower_line(l, "awi_boxed_init(&%s, %s);", path, desc);
        return;
    }
    type = lower_box_type(l, e);
    lower_line(l, "{");
    code_in(l->c);
    lower_line(l, "struct aw_frame *awf_b = awi_boxed_init(&%s, %s);", path,
               desc);
    lower_line(l, "if (awf_b) {");
    code_in(l->c);
    lower_box_args(l, e, type, "awf_b", args);
    l->at = at;
    code_out(l->c);
    lower_line(l, "}");
    code_out(l->c);
    lower_line(l, "}");
}
