/* SPDX-License-Identifier: MIT
 * Types that a function defines inside. A frame stands at file scope, and so
 * do the temporaries stand before any block: the structs and unions that they
 * are made of move to file scope, under a name of ours, and every mention in
 * the body is rewritten. Enums stay where they are; outside they are the
 * integer type that they are compatible with. */
#include "gen/lower.h"

static void move_tag(struct lower *l, struct tag *t);

static void move_types(struct lower *l, const struct type *ty)
{
    for (; ty; ty = ty->base) {
        if (ty->tag && ty->tag->kind != TY_ENUM && ty->tag->local)
            move_tag(l, ty->tag);
        for (uint32_t i = 0; ty->kind == TY_FUNC && i < ty->nparams; i++)
            move_types(l, ty->params[i].type);
    }
}

static void move_tag(struct lower *l, struct tag *t)
{
    if (t->emit_name)
        return;
    t->emit_name = arena_printf(l->u->tree, "awft_%s_%u",
                                l->func->decl->name->s, ++l->moved);
    for (uint32_t i = 0; i < t->members.n; i++) {
        const struct type *ty = t->members.v[i].type;

        if (t->members.v[i].name || !ty->tag)
            move_types(l, ty);
        for (uint32_t k = 0;
             !t->members.v[i].name && ty->tag && k < ty->tag->members.n; k++)
            move_types(l, ty->tag->members.v[k].type);
    }
}

static const struct tag *tag_of(const struct type *ty)
{
    while (ty->base && ty->kind != TY_FUNC)
        ty = ty->base;
    return ty->tag;
}

static bool is_movable(const struct tag *t)
{
    for (uint32_t i = 0; i < t->members.n; i++)
        if (t->members.v[i].type->vla)
            return false;
    return true;
}

/* Whether d cannot be declared with its type as the user wrote it. */
static bool needs_name(struct lower *l, const struct decl *d)
{
    const struct tag *t = tag_of(d->type);

    if (d->temp || l->fn->frame->where[d->index] != RES_LOCAL)
        return true;
    return t && t->local && !t->name && is_movable(t); /* cannot be printed */
}

static void put_members(struct lower *l, const struct tag *t);

static void put_attributes(struct lower *l, bool packed, uint32_t align)
{
    if (packed)
        code_text(l->c, " __attribute__((packed))");
    if (align)
        code_printf(l->c, " __attribute__((aligned(%u)))", align);
}

static const char *keyword(const struct tag *t)
{
    return t->kind == TY_STRUCT ? "struct" : "union";
}

static uint32_t member_align(const struct member *m)
{
    bool lost = m->type->alias && m->type->alias->local;

    return m->align || !lost ? m->align : m->type->align;
}

static void put_member(struct lower *l, const struct member *m)
{
    code_nl(l->c);
    if (!m->name && !m->width && m->type->tag) {
        code_printf(l->c, "__extension__ %s {", keyword(m->type->tag));
        put_members(l, m->type->tag);
        code_text(l->c, "}");
        put_attributes(l, m->type->tag->packed, m->type->tag->align);
    } else {
        struct buf b = {0};

        type_print(&b, m->type, m->name ? m->name->s : "");
        code_text(l->c, arena_strndup(l->u->tree, b.p, b.n));
        buf_free(&b);
    }
    if (m->width)
        code_printf(l->c, " : %d", (int)m->width->value);
    put_attributes(l, m->packed, member_align(m));
    code_text(l->c, ";");
}

static void put_members(struct lower *l, const struct tag *t)
{
    code_in(l->c);
    for (uint32_t i = 0; i < t->members.n; i++)
        put_member(l, &t->members.v[i]);
    code_out(l->c);
    code_nl(l->c);
}

static void put_pragma(struct lower *l, const char *text)
{
    code_nl(l->c);
    code_text(l->c, text);
}

static void put_tag(struct lower *l, const struct tag *t)
{
    if (t->pack)
        put_pragma(l,
                   arena_printf(l->u->tree, "#pragma pack(push, %u)", t->pack));
    code_nl(l->c);
    code_printf(l->c, "%s %s {", keyword(t), t->emit_name);
    put_members(l, t);
    code_text(l->c, "}");
    put_attributes(l, t->packed, t->align);
    code_text(l->c, ";");
    if (t->pack)
        put_pragma(l, "#pragma pack(pop)");
}

/* Those that are only named first: they may stand in a parameter list. */
static void declare_tags(struct lower *l)
{
    const struct func *f = l->func;
    const struct tag *last = NULL;

    for (uint32_t i = 0; i < f->tag_uses.n; i++) {
        const struct tag *t = f->tag_uses.v[i].tag;

        if (!t->emit_name || t == last)
            continue;
        code_nl(l->c);
        code_printf(l->c, "%s %s;", keyword(t), t->emit_name);
        last = t;
    }
}

void lower_move_types(struct lower *l)
{
    const struct cfg *g = l->fn->cfg;
    const struct func *f = l->func;

    l->moved = 0;
    for (uint32_t i = 0; i < g->locals.n; i++)
        if (needs_name(l, g->locals.v[i]))
            move_types(l, g->locals.v[i]->type);
    for (uint32_t i = 0; i < f->locals.n; i++)
        if (f->locals.v[i]->boxed && f->locals.v[i]->kind == DECL_TYPEDEF)
            move_types(l, f->locals.v[i]->type);
    if (!l->moved)
        return;
    code_nl(l->c);
    code_text(l->c, "");
    declare_tags(l);
    for (uint32_t i = 0; i < f->tags.n; i++) {
        const struct tag *t = f->tags.v[i];

        if (!t->emit_name)
            continue;
        put_tag(l, t);
    }
}

void lower_enums(struct lower *l, struct span at)
{
    const struct func *f = l->func;

    for (uint32_t i = 0; i < f->tags.n; i++) {
        const struct tag *e = f->tags.v[i];
        bool lost = false;

        if (e->kind != TY_ENUM || !tok_inside(e->toks, at))
            continue;
        for (uint32_t k = i + 1; k < f->tags.n; k++)
            lost |= f->tags.v[k]->emit_name &&
                    tok_inside(e->toks, f->tags.v[k]->toks);
        if (!lost)
            continue;
        code_at(l->c, e->toks.from);
        lower_span(l, e->toks);
        code_text(l->c, ";");
    }
}
