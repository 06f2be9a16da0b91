/* SPDX-License-Identifier: MIT
 * Function definitions: the scope of their parameters and their bodies. */
#include "gen/parse_body.h"
#include "gen/parse_decl.h"

/* ---- parameters ---------------------------------------------------------- */

/* Parameters without a name get one, for they have a place in the frame. */
static void name_param(struct parser *p, struct param *prm, uint32_t i)
{
    if (prm->name)
        return;
    const char *s = arena_printf(&p->u->arena, "awf_unnamed%u", i);
    prm->name = atoms_z(&p->u->atoms, s);
}

static void bind_func_params(struct parser *p, struct func *f)
{
    for (uint32_t i = 0; i < f->nparams; i++) {
        struct param *prm = &f->params[i];
        name_param(p, prm, i);
        if (!prm->type)
            prm->type = type_basic(&p->u->types, TY_INT);
        parse_bind_local(p, param_decl(p, prm));
    }
}

static const struct deriv *own_params(const struct declarator *dr)
{
    const struct deriv *v = dr->derivs;
    while (v && v->next)
        v = v->next;
    return v;
}

static void bind_param_tags(struct parser *p, const struct declarator *dr)
{
    const struct deriv *v = own_params(dr);
    for (uint32_t i = 0; v && i < v->tags.n; i++) {
        if (v->tags.v[i]->name)
            scope_bind_tag(&p->u->scopes, v->tags.v[i]);
    }
}

static void old_param(struct func *f, struct parser *p, const struct specs *s,
                      const struct declarator *d)
{
    for (uint32_t i = 0; i < f->nparams; i++) {
        struct param *prm = &f->params[i];
        if (prm->name != d->name)
            continue;
        prm->type = param_adjust(p, d->type, 0);
        prm->specs = s->at;
        prm->declarator = d->at;
        prm->at = d->name_at;
    }
}

/* old-style-parameters = { specifiers declarator { , declarator } ; } */
static void parse_old_params(struct parser *p, struct func *f)
{
    while (!parse_at(p, TK_LBRACE) && parse_is_type_start(p)) {
        struct specs s;
        parse_specs(p, &s);
        do {
            struct declarator d = {0};
            parse_declarator(p, &d, DECLARATOR_NAMED);
            parse_declarator_tail(p, &d);
            declarator_type(p, &s, &d);
            old_param(f, p, &s, &d);
        } while (parse_accept(p, TK_COMMA));
        parse_expect(p, TK_SEMI);
    }
}

/* ---- bodies -------------------------------------------------------------- */

static bool is_incomplete(const struct type *ty)
{
    return ty && !type_is_complete_object(ty) && ty->kind != TY_ERROR;
}

/* What is in the frame has a size. */
static void check_complete(struct parser *p, const struct decl *d,
                           const struct func *f)
{
    if (!f->async)
        return;
    if (!type_is_void(d->type->base) && is_incomplete(d->type->base))
        diag(p->u, d->at, D_async_return, d->name->s);
    for (uint32_t i = 0; i < f->nparams; i++)
        if (is_incomplete(f->params[i].type))
            diag(p->u, f->params[i].specs, D_async_param, d->name->s);
}

static void check_again(struct parser *p, const struct decl *d,
                        const struct declarator *dr)
{
    struct span at = {dr->name_at, dr->name_at + 1};

    if (!d->func || !d->func->async)
        return;
    diag(p->u, at, D_async_again, d->name->s);
    diag_note(p->u, (struct span){d->func->name, d->func->name + 1},
              "'%s' is defined here", d->name->s);
}

/* Everything of the parser that belongs to one body. */
struct saved {
    struct func *func;
    struct stmt *loop, *breakable, *switch_;
};

static struct saved enter_func(struct parser *p, struct func *f)
{
    struct saved s = {p->func, p->loop, p->breakable, p->switch_};
    p->func = f;
    p->loop = p->breakable = p->switch_ = NULL;
    return s;
}

static void leave_func(struct parser *p, struct saved s)
{
    p->func = s.func;
    p->loop = s.loop;
    p->breakable = s.breakable;
    p->switch_ = s.switch_;
}

struct func *parse_definition(struct parser *p, struct decl *d,
                              const struct declarator *dr, tokidx head)
{
    struct func *f = ARENA_NEW(&p->u->arena, struct func);
    f->decl = d;
    f->async = dr->type->async;
    f->params = dr->type->params;
    f->nparams = dr->type->nparams;
    f->head = parse_since(p, head);
    f->name = dr->name_at;
    check_again(p, d, dr);
    check_complete(p, d, f);
    d->func = f;
    d->defined = true;
    struct arena *tree = unit_enter(p->u, f);
    scope_open(&p->u->scopes);
    struct saved saved = enter_func(p, f);
    bind_param_tags(p, dr);
    parse_old_params(p, f);
    bind_func_params(p, f);
    f->body = parse_block(p);
    label_resolve(f);
    leave_func(p, saved);
    scope_close(&p->u->scopes);
    unit_leave(p->u, tree);
    f->at = parse_since(p, head);
    return f;
}

/* nested-function = specifiers declarator compound-statement (GNU C). Its
 * locals are its own, but what it names of the function around counts as
 * named there. */
void parse_nested_function(struct parser *p, const struct specs *s,
                           struct declarator *dr, struct stmt *st, tokidx from)
{
    struct func *outer = p->func;
    struct decl *d = decl_finish(p, s, dr);
    parse_bind_local(p, d);
    p->in_stmt_expr++;
    struct func *f = parse_definition(p, d, dr, from);
    p->in_stmt_expr--;
    for (uint32_t i = 0; outer && i < f->idents.n; i++)
        VEC_PUSH(p->u->tree, &outer->idents, f->idents.v[i]);
    struct decl **all = ARENA_NEW(p->u->tree, struct decl *);
    all[0] = d;
    st->kind = STMT_FUNC;
    st->decls = all;
    st->ndecls = 1;
}
