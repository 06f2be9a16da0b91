/* SPDX-License-Identifier: MIT */
#include "gen/scope.h"

void scope_open(struct scopes *s)
{
    s->depth++;
    VEC_PUSH(s->arena, &s->marks, s->undo.n);
}

void scope_close(struct scopes *s)
{
    uint32_t mark = s->marks.v[--s->marks.n];
    while (s->undo.n > mark) {
        struct scope_undo u = s->undo.v[--s->undo.n];
        if (u.is_tag)
            u.name->tag = u.tag;
        else
            u.name->decl = u.decl;
    }
    s->depth--;
}

/* What a file-scope name meant before need not be remembered: that scope
 * never closes. */
static void remember(struct scopes *s, struct atom *name, bool is_tag)
{
    if (s->depth == 0)
        return;
    struct scope_undo u = {name, name->decl, name->tag, is_tag};
    VEC_PUSH(s->arena, &s->undo, u);
}

void scope_bind(struct scopes *s, struct decl *d)
{
    struct decl *outer = d->name->decl;
    remember(s, d->name, false);
    d->depth = s->depth;
    d->shadowed = outer && outer->depth < s->depth ? outer : NULL;
    for (struct decl *o = d->shadowed; o; o = o->shadowed)
        o->hidden = true;
    d->name->decl = d;
}

void scope_bind_tag(struct scopes *s, struct tag *t)
{
    remember(s, t->name, true);
    t->depth = s->depth;
    t->name->tag = t;
}

struct decl *scope_here(const struct scopes *s, const struct atom *name)
{
    return name->decl && name->decl->depth == s->depth ? name->decl : NULL;
}

struct tag *scope_tag_here(const struct scopes *s, const struct atom *name)
{
    return name->tag && name->tag->depth == s->depth ? name->tag : NULL;
}
