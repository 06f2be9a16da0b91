/* SPDX-License-Identifier: MIT
 * aw_timeout_ms and aw_group: regions with an object of the runtime, whose
 * cleanup is the end of the block. That gets the pending error and says which
 * one the block ends with; the end of a group waits for the children.
 *
 *     begin b
 *     { body }  error = 0;
 *   awf_p1:
 *     error = end b, error
 *     if (error) throw outwards
 */
#include "gen/norm.h"

/* An object of struct `tag` of the runtime, declared here. */
static struct decl *declare(struct normer *n, const char *tag)
{
    struct unit *u = n->u;
    struct tag *t = atoms_z(&u->atoms, tag)->tag;

    return norm_object(n,
                       t && t->complete ? type_tagged(&u->types, t)
                                        : type_basic(&u->types, TY_ERROR),
                       "b");
}

/* The block of s between its begin and its end. */
static struct protect *protected_body(struct normer *n, struct stmt *s)
{
    struct protect *p = norm_protect(n, s->s1->at, true);
    struct nstmt *body;

    n->protect = p;
    body = norm_nested(n, s->s1);
    n->at = (struct span){s->at.to - 1, s->at.to};
    norm_close(n, p, body);
    return p;
}

static struct decl *begin(struct normer *n, struct stmt *s, const char *tag,
                          enum nstmt_kind kind)
{
    struct decl *b = declare(n, tag);
    struct nstmt *r;

    if (b->type->kind == TY_ERROR)
        diag(n->u, (struct span){s->at.from, s->at.from + 1}, D_need_header,
             kind == N_GROUP ? "aw_group" : "aw_timeout_ms");
    if (s->e)
        norm_expr(n, s->e);
    r = norm_emit(n, kind);
    r->d = b;
    r->e = s->e;
    return b;
}

void norm_timeout(struct normer *n, struct stmt *s)
{
    struct nstmt *outer, *block = norm_enter(n, &outer), *end;
    struct decl *b = begin(n, s, "awi_timeout", N_TIMEOUT);
    struct protect *p = protected_body(n, s);

    end = norm_emit(n, N_TIMEOUT_END);
    end->d = p->error;
    end->src = b;
    norm_dispatch(n, p);
    norm_join(n, outer, block);
}

void norm_group(struct normer *n, struct stmt *s)
{
    struct nstmt *outer, *block = norm_enter(n, &outer), *end;
    struct decl *b = begin(n, s, "awi_group", N_GROUP);
    struct protect *p;

    if (s->ndecls)
        s->decls[0]->object = b;
    p = protected_body(n, s);
    p->reached = true; /* by a child's error */
    end = norm_suspend(n, AWAIT_GROUP);
    end->protect = NULL; /* the error goes to p's dispatch */
    end->d = p->error;
    end->src = b;
    norm_dispatch(n, p);
    norm_join(n, outer, block);
}
