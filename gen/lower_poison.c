/* SPDX-License-Identifier: MIT
 * --poison: the output overwrites what is dead, so that a program which needs
 * it after all shows: bytes of the frame at each suspension, but for the
 * objects that are alive, and C locals that are not read back at each
 * resumption. What liveness says is believed for objects without an address;
 * the others are alive as long as control is in their block. */
#include "gen/lower.h"

void lower_poison_begin(struct lower *l)
{
    l->visible.n = 0;
}

/* ---- the frame ------------------------------------------------------------
 */

static void put_span(struct lower *l, const char *field)
{
    lower_line(l, "{__builtin_offsetof(struct awf_%s, %s), sizeof awf->%s},",
               l->func->decl->name->s, field, field);
}

/* Parameters without a name are members too: nobody reads them. */
void lower_poison_frame(struct lower *l, uint32_t state)
{
    const struct frame *f = l->fn->frame;
    const struct cfg *g = l->fn->cfg;
    const struct norm *n = l->fn->norm;

    if (!l->o->poison)
        return;
    lower_line(l, "{");
    code_in(l->c);
    lower_line(l, "static const struct awi_span awf_live[] = {");
    code_in(l->c);
    put_span(l, "aw");
    if (state && n->holds)
        put_span(l, "awf_held");
    for (uint32_t k = 1; state && k <= n->awaits.n; k++)
        if (f->child[k] && (k == state || n->awaits.v[k - 1]->kept))
            put_span(l, f->child[k]);
    for (uint32_t i = 0; !state && i < l->func->nparams; i++)
        if (l->func->params[i].decl)
            put_span(l, l->func->fields[i]);
    for (uint32_t i = 0; state && i < g->locals.n; i++)
        if (f->field[i] && frame_needs(f, g->locals.v[i], state))
            put_span(l, f->field[i]);
    code_out(l->c);
    lower_line(l, "};");
    lower_line(l, "awi_poison(awf, sizeof *awf, awf_live,");
    lower_line(l, "           sizeof awf_live / sizeof *awf_live);");
    code_out(l->c);
    lower_line(l, "}");
}

/* ---- C locals -------------------------------------------------------------
 */

void lower_declared(struct lower *l, struct decl *d)
{
    if (l->o->poison && d->storage != ST_REGISTER && !d->hidden &&
        l->fn->frame->where[d->index] != RES_FRAME)
        VEC_PUSH(l->u->tree, &l->visible, d);
}

void lower_poison_locals(struct lower *l, uint32_t state)
{
    const struct frame *f = l->fn->frame;

    for (uint32_t i = 0; l->o->poison && i < l->visible.n; i++) {
        const struct decl *d = l->visible.v[i];
        const char *name = d->name->s;

        if (!bits_has(f->reload[state], d->index))
            lower_line(l,
                       "__builtin_memset((void *)(__UINTPTR_TYPE__)&%s, "
                       "AWI_POISON, sizeof %s);",
                       name, name);
    }
}
