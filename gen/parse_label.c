/* SPDX-License-Identifier: MIT
 * Labels. A name means the label of the innermost block around that declares
 * it by __label__, else that of the function; which one is known when the
 * body has been read. */
#include "gen/parse_body.h"

void label_declare(struct parser *p, tokidx at)
{
    struct label_scope s = {p->u->toks.v[at].atom, {at, 0}};

    if (p->func)
        VEC_PUSH(p->u->tree, &p->func->label_scopes, s);
}

uint32_t label_open(const struct parser *p)
{
    return p->func ? p->func->label_scopes.n : 0;
}

void label_close(struct parser *p, uint32_t open)
{
    for (; p->func && open < p->func->label_scopes.n; open++) {
        struct label_scope *s = &p->func->label_scopes.v[open];
        if (!s->at.to)
            s->at.to = p->pos;
    }
}

void label_define(struct parser *p, struct stmt *s)
{
    if (p->func)
        VEC_PUSH(p->u->tree, &p->func->labels, s);
}

void label_use(struct parser *p, struct atom *name, struct stmt **target)
{
    struct label_use use = {name, p->pos, target};

    if (p->func)
        VEC_PUSH(p->u->tree, &p->func->label_uses, use);
}

/* The scope that `name` at a token belongs to; 0 is the function. */
static uint32_t scope_of(const struct func *f, const struct atom *name,
                         tokidx at)
{
    uint32_t i = f->label_scopes.n;

    for (; i > 0; i--) {
        const struct label_scope *s = &f->label_scopes.v[i - 1];
        if (s->name == name && s->at.from <= at && at < s->at.to)
            break;
    }
    return i;
}

static struct stmt *find(const struct func *f, const struct label_use *use)
{
    uint32_t scope = scope_of(f, use->name, use->at);

    for (uint32_t i = 0; i < f->labels.n; i++) {
        struct stmt *s = f->labels.v[i];
        if (s->name == use->name && scope_of(f, s->name, s->at.from) == scope)
            return s;
    }
    return NULL;
}

void label_resolve(struct func *f)
{
    for (uint32_t i = 0; i < f->label_uses.n; i++) {
        const struct label_use *use = &f->label_uses.v[i];
        struct stmt *s = find(f, use);

        if (use->target)
            *use->target = s;
        else if (s)
            s->taken = true;
    }
}
