/* SPDX-License-Identifier: MIT
 * Statements to normal form. A loop whose header awaits becomes `for (;;)`
 * with the header's parts as statements; all else keeps its shape. */
#include <stdlib.h>

#include "gen/norm.h"
#include "gen/operand.h"

struct nstmt *norm_emit(struct normer *n, enum nstmt_kind kind)
{
    struct nstmt *s = ARENA_NEW(n->u->tree, struct nstmt);

    s->kind = (uint8_t)kind;
    s->at = n->at;
    VEC_PUSH(n->u->tree, &n->list->body, s);
    return s;
}

struct nstmt *norm_enter(struct normer *n, struct nstmt **outer)
{
    struct nstmt *b = ARENA_NEW(n->u->tree, struct nstmt);

    b->kind = N_BLOCK;
    b->at = n->at;
    *outer = n->list;
    n->list = b;
    return b;
}

void norm_join(struct normer *n, struct nstmt *outer, struct nstmt *block)
{
    n->list = outer;
    VEC_PUSH(n->u->tree, &outer->body, block);
}

void norm_set(struct normer *n, struct decl *d, struct expr *e)
{
    struct nstmt *s = norm_emit(n, N_SET);

    s->d = d;
    s->e = e;
}

void norm_set_value(struct normer *n, struct decl *d, uint32_t value)
{
    struct nstmt *s = norm_emit(n, N_SET);

    s->d = d;
    s->value = value;
}

static struct nstmt *emit_orig(struct normer *n, enum nstmt_kind kind,
                               struct stmt *s)
{
    struct nstmt *r = norm_emit(n, kind);

    r->orig = s;
    return r;
}

/* What is declared from body[i] on, in a block of its own. */
static void norm_apart(struct normer *n, struct stmt *b, uint32_t i)
{
    struct nstmt *outer, *block = norm_enter(n, &outer);

    norm_stmt(n, b->body[i]);
    norm_stmts(n, b, i + 1);
    norm_join(n, outer, block);
}

/* A label may stand before a declaration that needs a block of its own. */
static void norm_labels(struct normer *n, struct stmt **s)
{
    while (((*s)->kind == STMT_LABEL || (*s)->kind == STMT_CASE ||
            (*s)->kind == STMT_DEFAULT) &&
           (*s)->s1->kind == STMT_DECL && norm_vla_declares((*s)->s1)) {
        norm_label(n, *s);
        *s = (*s)->s1;
    }
}

void norm_stmts(struct normer *n, struct stmt *b, uint32_t i)
{
    for (; i < b->nbody; i++) {
        norm_labels(n, &b->body[i]);
        if (norm_vla_apart(b, i)) {
            norm_apart(n, b, i);
            return;
        }
        if (b->body[i]->kind == STMT_DEFER) {
            norm_defer(n, b, i);
            return;
        }
        if (norm_vla_starts(n, b, i) || norm_has_cleanup(b->body[i])) {
            if (b->body[i]->ntags)
                emit_orig(n, N_TAGS, b->body[i]);
            norm_cleanup(n, b, i, 0);
            return;
        }
        if (b == n->valued && i + 1 == b->nbody)
            norm_last(n, b->body[i], n->value);
        else
            norm_stmt(n, b->body[i]);
    }
}

static struct nstmt *norm_block(struct normer *n, struct stmt *s)
{
    struct nstmt *outer, *b = norm_enter(n, &outer);

    b->orig = s;
    b->at = s->at;
    if (s->kind == STMT_BLOCK)
        norm_stmts(n, s, 0);
    else
        norm_stmt(n, s);
    n->list = outer;
    return b;
}

struct nstmt *norm_body(struct normer *n, struct stmt *s)
{
    uint32_t awaits = n->n->awaits.n;
    struct nstmt *b = norm_block(n, s);

    norm_block_again(n, b, awaits, b, 0);
    return b;
}

struct nstmt *norm_nested(struct normer *n, struct stmt *s)
{
    struct nstmt *b = norm_body(n, s);

    VEC_PUSH(n->u->tree, &n->list->body, b);
    return b;
}

/* ---- declarations -------------------------------------------------------- */

bool norm_uses(const struct func *f, const struct decl *d)
{
    for (uint32_t i = 0; i < f->idents.n; i++)
        if (f->idents.v[i]->decl == d)
            return true;
    return false;
}

void norm_decl(struct normer *n, struct decl *d)
{
    struct expr *aw = d->init ? norm_as_await(d->init) : NULL;
    struct nstmt *s;

    if (d->boxed)
        norm_vla_sizes(n, d);
    if (d->kind == DECL_TYPEDEF)
        return; /* what its uses print is in the frame */
    if (d->init && d->init->has_await && !aw)
        norm_expr(n, d->init);
    s = norm_emit(n, N_DECL);
    s->d = d;
    s->at = d->at;
    if (aw)
        norm_await(n, aw, DEST_DECL, NULL, d);
    else
        s->e = d->init;
    if (d->boxed && d->type->kind == TY_ARRAY)
        norm_vla_memory(n, d);
}

static void norm_decl_stmt(struct normer *n, struct stmt *s)
{
    struct nstmt *group, *outer = n->list;

    if (s->ndecls == 0 || !decl_is_automatic(s->decls[0])) {
        emit_orig(n, N_RAW, s)->plain = true;
        return;
    }
    if (!s->has_await) {
        group = emit_orig(n, N_DECLS, s);
        group->plain = true;
        n->list = group;
    } else if (s->ntags) {
        emit_orig(n, N_TAGS, s);
    }
    for (uint32_t i = 0; i < s->ndecls; i++)
        norm_decl(n, s->decls[i]);
    n->list = outer;
}

/* ---- loops --------------------------------------------------------------- */

static void break_unless(struct normer *n, struct expr *cond)
{
    struct nstmt *test, *outer;

    norm_expr(n, cond);
    test = norm_emit(n, N_IF);
    test->e = cond;
    test->negate = true;
    test->s1 = norm_enter(n, &outer);
    norm_emit(n, N_JUMP);
    n->list = outer;
}

/* The body of a rewritten loop. A continue in it goes to a label behind the
 * body when `step` says that something follows there. */
static void norm_loop_body(struct normer *n, struct stmt *loop, bool step)
{
    struct cont c = {loop, NULL};
    const char *label;

    if (step)
        VEC_PUSH(n->u->tree, &n->conts, c);
    norm_stmt(n, loop->s1);
    if (!step)
        return;
    label = VEC_LAST(&n->conts).label;
    n->conts.n--;
    if (label)
        norm_emit(n, N_LABEL)->name = label;
}

static struct nstmt *enter_forever(struct normer *n, struct stmt *s,
                                   struct nstmt **outer)
{
    struct nstmt *loop = emit_orig(n, N_FOREVER, s);

    loop->s1 = norm_enter(n, outer);
    return loop;
}

static void norm_while(struct normer *n, struct stmt *s)
{
    struct nstmt *outer;

    if (!s->e->has_await) {
        struct nstmt *w = emit_orig(n, N_WHILE, s);
        w->e = s->e;
        w->s1 = norm_body(n, s->s1);
        return;
    }
    enter_forever(n, s, &outer);
    break_unless(n, s->e);
    norm_loop_body(n, s, false);
    n->list = outer;
}

static void norm_do(struct normer *n, struct stmt *s)
{
    struct nstmt *outer;

    if (!s->e->has_await) {
        struct nstmt *w = emit_orig(n, N_DO, s);
        w->s1 = norm_body(n, s->s1);
        w->e = s->e;
        return;
    }
    enter_forever(n, s, &outer);
    norm_loop_body(n, s, true);
    break_unless(n, s->e);
    n->list = outer;
}

/* for (int a[n]; ...), and a variable there that has a cleanup: a declaration
 * in a block around the loop, which begins behind it. */
static bool norm_for_apart(struct normer *n, struct stmt *s)
{
    struct arena *a = n->u->tree;
    struct stmt *b;

    if (!s->init || (!norm_has_cleanup(s->init) &&
                     (!s->has_await || !norm_vla_declares(s->init))))
        return false;
    b = ARENA_NEW(a, struct stmt);
    b->kind = STMT_BLOCK;
    b->at = s->at;
    b->has_await = s->has_await;
    b->nbody = 2;
    b->body = ARENA_ARRAY(a, struct stmt *, 2);
    b->body[0] = s->init;
    b->body[1] = s;
    s->at.from = s->init->at.to;
    s->init = NULL;
    s->has_await = true; /* it is not copied as written */
    norm_nested(n, b);
    return true;
}

static void norm_for_init(struct normer *n, struct stmt *init)
{
    if (init && init->kind != STMT_NULL)
        norm_stmt(n, init);
}

static void norm_for(struct normer *n, struct stmt *s)
{
    bool cond = s->e && s->e->has_await, step = s->e2 && s->e2->has_await;
    bool init = s->init && s->init->has_await;
    struct nstmt *outer, *block, *loop, *in;

    if (norm_for_apart(n, s))
        return;
    if (!cond && !step && !init) {
        loop = emit_orig(n, N_FOR, s);
        loop->init = norm_enter(n, &outer);
        norm_for_init(n, s->init);
        n->list = outer;
        loop->e = s->e;
        loop->e2 = s->e2;
        loop->s1 = norm_body(n, s->s1);
        return;
    }
    block = norm_enter(n, &outer);
    norm_for_init(n, s->init);
    enter_forever(n, s, &in);
    if (s->e)
        break_unless(n, s->e);
    norm_loop_body(n, s, s->e2 != NULL);
    if (s->e2)
        norm_discard(n, s->e2);
    norm_join(n, outer, block);
}

/* ---- jumps --------------------------------------------------------------- */

/* In a rewritten loop a continue goes to a label before the step. */
static bool to_step(struct normer *n, struct stmt *s)
{
    for (uint32_t i = n->conts.n; i-- > 0;) {
        struct cont *c = &n->conts.v[i];

        if (c->loop != s->target)
            continue;
        if (!c->label)
            c->label = arena_printf(n->u->tree, "awf_c%u", ++n->labels);
        emit_orig(n, N_GOTO, s)->name = c->label;
        return true;
    }
    return false;
}

void norm_jump(struct normer *n, enum stmt_kind kind, struct stmt *s)
{
    if (kind == STMT_RETURN)
        norm_emit(n, N_RETURN);
    else if (kind != STMT_CONTINUE || !to_step(n, s))
        emit_orig(n, N_JUMP, s)->plain = true;
}

static void norm_return(struct normer *n, struct stmt *s)
{
    struct expr *aw = s->e ? norm_as_await(s->e) : NULL;

    if (aw) {
        norm_await(n, aw, DEST_RETURN, NULL, NULL);
    } else if (s->e && type_is_void(s->e->type)) {
        norm_discard(n, s->e);
    } else if (s->e) {
        norm_expr(n, s->e);
        norm_emit(n, n->protect ? N_RESULT : N_RETURN)->e = s->e;
        if (!n->protect)
            return;
    }
    norm_leave(n, STMT_RETURN, NULL);
}

/* ---- statements ---------------------------------------------------------- */

static void norm_if(struct normer *n, struct stmt *s)
{
    struct nstmt *r;

    norm_expr(n, s->e);
    r = emit_orig(n, N_IF, s);
    r->e = s->e;
    r->s1 = norm_body(n, s->s1);
    if (s->s2)
        r->s2 = norm_body(n, s->s2);
}

static void norm_switch(struct normer *n, struct stmt *s)
{
    uint32_t awaits = n->n->awaits.n, place;
    struct nstmt *r;

    norm_expr(n, s->e);
    place = n->list->body.n;
    r = emit_orig(n, N_SWITCH, s);
    r->e = s->e;
    r->s1 = norm_block(n, s->s1);
    norm_block_again(n, r->s1, awaits, n->list, place);
}

static void norm_expr_stmt(struct normer *n, struct stmt *s)
{
    struct nstmt *r;

    if (s->e->has_await) {
        norm_discard(n, s->e);
        return;
    }
    r = emit_orig(n, N_EXPR, s);
    r->e = s->e;
    r->plain = true;
}

static void norm_asm(struct normer *n, struct stmt *s)
{
    norm_asm_operands(n, s);
    emit_orig(n, N_RAW, s)->plain = !s->has_await;
}

static void norm_plain(struct normer *n, struct stmt *s, enum nstmt_kind kind)
{
    struct nstmt *r = emit_orig(n, kind, s);

    r->plain = true;
    r->e = s->e;
}

void norm_label(struct normer *n, struct stmt *s)
{
    norm_plain(n, s, N_CASE);
}

static bool is_loop(const struct stmt *s)
{
    return s->kind == STMT_WHILE || s->kind == STMT_DO || s->kind == STMT_FOR ||
           s->kind == STMT_AW_FOR;
}

static bool has_goto(const struct unit *u, struct span at)
{
    for (tokidx t = at.from; t < at.to; t++)
        if (u->toks.v[t].kind == TK_GOTO)
            return true;
    return false;
}

void norm_stmt(struct normer *n, struct stmt *s)
{
    struct span outer_at = n->at;
    bool loop = is_loop(s);

    n->at = s->at;
    n->loops += loop;
    norm_objects(n, s);
    switch ((enum stmt_kind)s->kind) {
    case STMT_EXPR: norm_expr_stmt(n, s); break;
    case STMT_DECL: norm_decl_stmt(n, s); break;
    case STMT_BLOCK: norm_nested(n, s); break;
    case STMT_IF: norm_if(n, s); break;
    case STMT_WHILE: norm_while(n, s); break;
    case STMT_DO: norm_do(n, s); break;
    case STMT_FOR: norm_for(n, s); break;
    case STMT_SWITCH: norm_switch(n, s); break;
    case STMT_CASE:
    case STMT_DEFAULT:
    case STMT_LABEL:
        norm_label(n, s);
        norm_stmt(n, s->s1);
        break;
    case STMT_GOTO_PTR:
        norm_expr(n, s->e);
        norm_plain(n, s, N_JUMP);
        break;
    case STMT_GOTO:
    case STMT_BREAK:
    case STMT_CONTINUE: norm_leave(n, (enum stmt_kind)s->kind, s); break;
    case STMT_TRY: norm_try(n, s); break;
    case STMT_THROW: norm_throw(n, s); break;
    case STMT_YIELD: norm_yield(n, s); break;
    case STMT_AW_FOR: norm_aw_for(n, s); break;
    case STMT_TIMEOUT: norm_timeout(n, s); break;
    case STMT_GROUP: norm_group(n, s); break;
    case STMT_RETURN: norm_return(n, s); break;
    case STMT_ASM: norm_asm(n, s); break;
    case STMT_NULL:
    case STMT_LABEL_DECL:
    case STMT_STATIC_ASSERT: norm_plain(n, s, N_RAW); break;
    default: diag(n->u, s->at, D_nested_function); break;
    }
    n->at = outer_at;
    n->loops -= loop;
}

/* ---- plain and has_await, bottom up ---------------------------------------
 */

static bool is_leaf_plain(const struct nstmt *s)
{
    return s->plain && s->kind != N_DECLS;
}

/* Fills has_await and plain of s from its parts; a structured statement is
 * plain when all of its parts are and it still is what the user wrote. */
static void summarise(struct nstmt *s)
{
    struct nstmt *sub[3] = {s->init, s->s1, s->s2};
    bool plain = s->orig != NULL && s->kind != N_FOREVER;

    s->has_await = s->kind == N_AWAIT && s->state;
    for (int i = 0; i < 3; i++) {
        if (!sub[i])
            continue;
        summarise(sub[i]);
        s->has_await |= sub[i]->has_await;
        plain = plain && (sub[i]->plain || i == 0);
    }
    for (uint32_t i = 0; i < s->body.n; i++) {
        summarise(s->body.v[i]);
        s->has_await |= s->body.v[i]->has_await;
        plain = plain && s->body.v[i]->plain;
    }
    switch ((enum nstmt_kind)s->kind) {
    case N_IF:
    case N_WHILE:
    case N_DO:
    case N_FOR:
    case N_SWITCH: s->plain = plain && !s->orig->has_await; break;
    case N_BLOCK: s->plain = plain; break;
    case N_DECL: s->plain = !s->has_await && !(s->e && s->e->has_await); break;
    default:
        s->plain = is_leaf_plain(s) || (s->kind == N_DECLS && s->plain);
        break;
    }
}

struct norm *norm(struct unit *u, struct func *f)
{
    struct norm *r = ARENA_NEW(u->tree, struct norm);
    struct normer n = {.u = u, .n = r};
    struct nstmt *outer;

    r->func = f;
    n.at = f->body->at;
    n.jumps = has_goto(u, n.at);
    n.list = norm_enter(&n, &outer);
    norm_vla_params(&n);
    if (n.list->body.n) {
        r->body = n.list;
        VEC_PUSH(u->tree, &r->body->body, norm_body(&n, f->body));
    } else {
        r->body = norm_body(&n, f->body);
    }
    summarise(r->body);
    if (r->awaits.n > UINT16_MAX - 1)
        diag(u, f->head, D_too_many_awaits, f->decl->name->s);
    return r;
}
