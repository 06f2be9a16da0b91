/* SPDX-License-Identifier: MIT */
#include "gen/bits.h"
#include "gen/buf.h"
#include "gen/cfg.h"
#include "gen/operand.h"
#include "gen/verify.h"

/* Where labels lead. User labels and ours live in one list; there are few. */
struct target {
    const struct stmt *label; /* a user's */
    const char *name;         /* ours */
    struct block *block;
};

struct builder {
    struct unit *u;
    struct cfg *g;
    struct block *at;         /* events join this block */
    struct block *brk, *cont; /* where break and continue go */
    struct block *sw;         /* dispatch block of the innermost switch */
    bool has_default;
    uint32_t maybe; /* > 0: evaluation here is conditional */
    VEC(struct target) targets;
    VEC(struct block *) computed; /* blocks that end in goto *p */
};

static struct block *block_new(struct builder *b)
{
    struct block *k = ARENA_NEW(b->u->tree, struct block);

    k->index = b->g->blocks.n;
    VEC_PUSH(b->u->tree, &b->g->blocks, k);
    return k;
}

static void edge(struct builder *b, struct block *from, struct block *to)
{
    VEC_PUSH(b->u->tree, &from->succ, to);
}

/* Ends the current block with an edge to `next` and goes on there. */
static void flow_to(struct builder *b, struct block *next)
{
    edge(b, b->at, next);
    b->at = next;
}

/* After a jump: what follows is unreachable until a label. */
static void jump_to(struct builder *b, struct block *to)
{
    if (to)
        edge(b, b->at, to);
    b->at = block_new(b);
}

static struct block *target_block(struct builder *b, const struct stmt *label,
                                  const char *name)
{
    struct target t = {.label = label, .name = name};

    for (uint32_t i = b->targets.n; i-- > 0;) {
        const struct target *x = &b->targets.v[i];
        if (x->label == label && x->name == name)
            return x->block;
    }
    t.block = block_new(b);
    VEC_PUSH(b->u->tree, &b->targets, t);
    return t.block;
}

/* ---- events of expressions ------------------------------------------------
 */

static bool is_tracked(const struct builder *b, const struct decl *d)
{
    return d && d->index < b->g->locals.n && b->g->locals.v[d->index] == d;
}

static void event(struct builder *b, const struct decl *d, enum event_kind k)
{
    struct event e = {0};

    if (!is_tracked(b, d))
        return;
    e.local = d->index;
    e.kind = (uint8_t)(k == EV_DEF && b->maybe ? EV_TOUCH : k);
    VEC_PUSH(b->u->tree, &b->at->events, e);
}

/* Memory of the C stack is gone after the next suspension. */
static void note_alloca(struct builder *b, const struct expr *e)
{
    static const char *const names[] = {"alloca", "__builtin_alloca",
                                        "__builtin_alloca_with_align"};
    struct stack_use s = {e, b->at};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (e->decl && strcmp(e->decl->name->s, names[i]) == 0)
            VEC_PUSH(b->u->tree, &b->g->allocas, s);
}

static void use_expr(struct builder *b, const struct expr *e);

static void use_operands(struct builder *b, const struct expr *e)
{
    for (uint32_t i = 0; i < operand_count(e); i++)
        use_expr(b, operand_at(e, i));
}

/* The value of `d` after `e` was assigned to it whole. */
static const struct decl *assigned_whole(const struct expr *e)
{
    struct expr *a = operand_strip(e->a);

    return a->kind == EX_IDENT && !a->repl ? a->decl : NULL;
}

static void use_assign(struct builder *b, const struct expr *e)
{
    const struct decl *d = assigned_whole(e);

    if (!d || e->op != TK_ASSIGN)
        use_expr(b, e->a);
    use_expr(b, e->b);
    if (d)
        event(b, d, EV_DEF);
}

static void use_maybe(struct builder *b, const struct expr *e)
{
    if (!e)
        return;
    b->maybe++;
    use_expr(b, e);
    b->maybe--;
}

static void touch(struct builder *b, const struct decl *d)
{
    event(b, d, EV_USE);
    event(b, d, EV_TOUCH);
}

/* Every identifier of a statement expression is taken as used and changed:
 * its own flow is not looked into, and what it declares is its own. */
static void use_span(struct builder *b, struct span at)
{
    const struct func *f = b->g->norm->func;

    for (uint32_t i = 0; i < f->idents.n; i++) {
        const struct expr *e = f->idents.v[i];
        if (e->decl && tok_inside(e->at, at) && !tok_inside(e->decl->at, at))
            touch(b, e->decl);
        if (tok_inside(e->at, at))
            note_alloca(b, e);
    }
}

/* The sizes in the type of d, as it is written. */
static void use_sizes(struct builder *b, const struct decl *d)
{
    if (!d->type->vla || d->boxed)
        return;
    use_span(b, d->specs);
    use_span(b, d->declarator);
}

static void use_expr(struct builder *b, const struct expr *e)
{
    if (!e)
        return;
    if (e->repl) {
        event(b, e->repl, EV_USE);
        return;
    }
    if (e->of && e->of->vla)
        use_span(b, e->at);
    switch ((enum expr_kind)e->kind) {
    case EX_IDENT:
        event(b, e->decl, EV_USE);
        note_alloca(b, e);
        break;
    case EX_ASSIGN: use_assign(b, e); break;
    case EX_BINARY:
        use_expr(b, e->a);
        if (e->op == TK_ANDAND || e->op == TK_OROR)
            use_maybe(b, e->b);
        else
            use_expr(b, e->b);
        break;
    case EX_COND:
        use_expr(b, e->a);
        use_maybe(b, e->b);
        use_maybe(b, e->c);
        break;
    case EX_STMT_EXPR: use_span(b, e->at); break;
    case EX_UNARY:
    case EX_POSTFIX:
        use_operands(b, e);
        if ((e->op == TK_INC || e->op == TK_DEC) && assigned_whole(e))
            event(b, assigned_whole(e), EV_DEF);
        break;
    default: use_operands(b, e); break;
    }
}

/* ---- statements -----------------------------------------------------------
 */

static void build(struct builder *b, const struct nstmt *s);

static void build_list(struct builder *b, const struct nstmt *s)
{
    for (uint32_t i = 0; i < s->body.n; i++)
        build(b, s->body.v[i]);
}

static void use_test(struct builder *b, const struct nstmt *s)
{
    if (s->test == TEST_EXPR)
        use_expr(b, s->e);
    else
        event(b, s->d, EV_USE);
    for (uint32_t i = 0; i < s->ncodes; i++)
        use_expr(b, s->codes[i]);
}

/* asm goto (...) may go to any of its labels, or on. */
static void build_asm(struct builder *b, const struct stmt *s)
{
    struct block *next;

    for (uint32_t i = 0; s->has_await && i < s->nargs; i++)
        use_expr(b, s->args[i]);
    if (!s->nlabels)
        return;
    next = block_new(b);
    for (uint32_t i = 0; i < s->nlabels; i++)
        if (s->labels[i])
            edge(b, b->at, target_block(b, s->labels[i], NULL));
    flow_to(b, next);
}

static void build_raw(struct builder *b, const struct nstmt *s)
{
    use_span(b, s->orig->at);
    if (s->orig->kind == STMT_ASM)
        build_asm(b, s->orig);
}

static void build_if(struct builder *b, const struct nstmt *s)
{
    struct block *then = block_new(b), *end = block_new(b), *top;

    use_test(b, s);
    top = b->at;
    edge(b, top, then);
    b->at = then;
    build(b, s->s1);
    edge(b, b->at, end);
    if (s->s2) {
        b->at = block_new(b);
        edge(b, top, b->at);
        build(b, s->s2);
        edge(b, b->at, end);
    } else {
        edge(b, top, end);
    }
    b->at = end;
}

static bool always(const struct expr *e)
{
    return !e->repl && e->constant && e->value != 0;
}

/* Every loop: [test] body [step], back to the test. `test_last` for do. */
static void build_loop(struct builder *b, const struct nstmt *s, bool test_last)
{
    struct block *brk = b->brk, *cont = b->cont;
    struct block *head = block_new(b), *end = block_new(b);
    struct block *step = block_new(b);

    flow_to(b, head);
    if (s->e && !test_last) {
        use_expr(b, s->e);
        if (!always(s->e))
            edge(b, b->at, end);
        flow_to(b, block_new(b));
    }
    b->brk = end;
    b->cont = step;
    build(b, s->s1);
    b->brk = brk;
    b->cont = cont;
    flow_to(b, step);
    if (s->e && test_last) {
        use_expr(b, s->e);
        if (!always(s->e))
            edge(b, b->at, end);
    }
    use_expr(b, s->e2);
    edge(b, b->at, head);
    b->at = end;
}

static void build_for(struct builder *b, const struct nstmt *s)
{
    build_list(b, s->init);
    build_loop(b, s, false);
}

static void build_switch(struct builder *b, const struct nstmt *s)
{
    struct block *brk = b->brk, *sw = b->sw, *end = block_new(b);
    bool has_default = b->has_default;

    use_expr(b, s->e);
    b->sw = b->at;
    b->has_default = false;
    b->brk = end;
    b->at = block_new(b);
    build(b, s->s1);
    if (!b->has_default)
        edge(b, b->sw, end);
    edge(b, b->at, end);
    b->at = end;
    b->brk = brk;
    b->sw = sw;
    b->has_default = has_default;
}

static void build_case(struct builder *b, const struct nstmt *s)
{
    struct block *k;

    if (s->orig->kind == STMT_LABEL) {
        flow_to(b, target_block(b, s->orig, NULL));
        return;
    }
    k = block_new(b);
    flow_to(b, k);
    if (b->sw)
        edge(b, b->sw, k);
    if (s->orig->kind == STMT_DEFAULT)
        b->has_default = true;
}

static void build_jump(struct builder *b, const struct nstmt *s)
{
    enum stmt_kind k = s->orig ? (enum stmt_kind)s->orig->kind : STMT_BREAK;

    if (k == STMT_GOTO) {
        jump_to(b, s->orig->target ? target_block(b, s->orig->target, NULL)
                                   : NULL);
    } else if (k == STMT_GOTO_PTR) {
        use_expr(b, s->e);
        VEC_PUSH(b->u->tree, &b->computed, b->at);
        jump_to(b, NULL);
    } else {
        jump_to(b, k == STMT_CONTINUE ? b->cont : b->brk);
    }
}

/* Arguments, then the suspension, then the result. */
static void use_coro(struct builder *b, const struct expr *e)
{
    e = operand_strip((struct expr *)(uintptr_t)e);
    if (e->kind == EX_ASSIGN && e->type->kind == TY_CORO) {
        use_expr(b, e->a);
        use_coro(b, e->b);
    } else if (e->kind == EX_CORO) {
        for (uint32_t i = 0; i < e->nargs; i++) {
            if (e->decl && i == 1) { /* the index of aw_gather_each */
                event(b, e->decl, EV_SCOPE);
                event(b, e->decl, EV_DEF);
            }
            use_coro(b, e->args[i]);
        }
    } else if (e->kind == EX_CALL && e->type->kind == TY_CORO) {
        use_operands(b, e);
    } else {
        use_expr(b, e);
    }
}

/* Control goes on in two ways after the suspension: with the error, or with
 * the result. */
static void build_error_edge(struct builder *b, const struct protect *p)
{
    struct block *resumed = b->at;

    b->at = block_new(b);
    edge(b, resumed, b->at);
    event(b, p->error, EV_DEF);
    if (p->exit)
        event(b, p->exit, EV_DEF);
    edge(b, b->at, target_block(b, NULL, p->label));
    b->at = block_new(b);
    edge(b, resumed, b->at);
}

/* N_MAKE of a boxed call fails without memory. */
static void build_make(struct builder *b, const struct nstmt *s)
{
    if (s->d->coro)
        use_coro(b, s->d->coro);
    event(b, s->d, EV_DEF);
    if (s->protect)
        build_error_edge(b, s->protect);
}

static void build_await(struct builder *b, const struct nstmt *s)
{
    if (s->op == AWAIT_CORO)
        use_coro(b, s->coro);
    if (s->op == AWAIT_GROUP)
        event(b, s->d, EV_USE);
    if (s->op == AWAIT_YIELD)
        event(b, b->g->result, EV_USE);
    b->at->state = s->state;
    flow_to(b, block_new(b));
    if (s->op == AWAIT_DRAIN && s->d)
        touch(b, s->d);
    if (s->op == AWAIT_NEXT || s->op == AWAIT_GROUP)
        event(b, s->d, EV_DEF);
    if (s->protect)
        build_error_edge(b, s->protect);
    if (s->dest == DEST_DECL)
        event(b, s->d, EV_DEF);
    if (s->dest == DEST_RETURN)
        event(b, b->g->result, EV_DEF);
    if (s->dest == DEST_EXPR) {
        struct expr *l = operand_strip(s->e);
        if (l->kind == EX_IDENT && !l->repl)
            event(b, l->decl, EV_DEF);
        else
            use_expr(b, l);
    }
}

static void build_decl(struct builder *b, const struct nstmt *s)
{
    event(b, s->d, EV_SCOPE);
    use_sizes(b, s->d);
    if (!s->e)
        return;
    use_expr(b, s->e);
    event(b, s->d, EV_DEF);
}

/* A generator's result is for those who wait for a yield. */
static void build_return(struct builder *b, const struct nstmt *s)
{
    use_expr(b, s->e);
    if (s->e)
        event(b, b->g->result, EV_DEF);
    if (!b->g->norm->func->decl->type->generator)
        event(b, b->g->result, EV_USE);
    jump_to(b, NULL);
}

/* A call of a function that is declared so: abort(). */
static bool never_returns(struct expr *e)
{
    e = operand_strip(e);
    if (e->kind != EX_CALL || e->repl)
        return false;
    e = operand_strip(e->a);
    return e->kind == EX_IDENT && e->decl && e->decl->noreturn;
}

static void build(struct builder *b, const struct nstmt *s)
{
    switch ((enum nstmt_kind)s->kind) {
    case N_EXPR:
        use_expr(b, s->e);
        if (never_returns(s->e))
            jump_to(b, NULL);
        break;
    case N_SET:
        use_expr(b, s->e);
        if (s->src)
            event(b, s->src, EV_USE);
        event(b, s->d, EV_DEF);
        break;
    case N_AWAIT: build_await(b, s); break;
    case N_MAKE: build_make(b, s); break;
    case N_TAKE: event(b, s->d, EV_DEF); break;
    case N_TIMEOUT:
    case N_GROUP: use_expr(b, s->e); break;
    case N_TIMEOUT_END:
        event(b, s->d, EV_USE);
        event(b, s->d, EV_DEF);
        break;
    case N_DECL: build_decl(b, s); break;
    case N_DECLS: build_list(b, s); break;
    case N_BLOCK: build_list(b, s); break;
    case N_TAGS: break;
    case N_RAW: build_raw(b, s); break;
    case N_IF: build_if(b, s); break;
    case N_FOREVER:
    case N_WHILE: build_loop(b, s, false); break;
    case N_DO: build_loop(b, s, true); break;
    case N_FOR: build_for(b, s); break;
    case N_SWITCH: build_switch(b, s); break;
    case N_CASE: build_case(b, s); break;
    case N_LABEL: flow_to(b, target_block(b, NULL, s->name)); break;
    case N_GOTO: jump_to(b, target_block(b, NULL, s->name)); break;
    case N_JUMP: build_jump(b, s); break;
    case N_RETURN: build_return(b, s); break;
    case N_RESULT:
        use_expr(b, s->e);
        event(b, b->g->result, EV_DEF);
        break;
    case N_FAIL:
        event(b, s->d, EV_USE);
        jump_to(b, NULL);
        break;
    case N_CHECK:
    case N_THROWN:
    case N_ASIDE:
    case N_AGAIN:
    case N_CLEANUP: event(b, s->d, EV_USE); break;
    case N_MARKS:
        event(b, s->src, EV_USE);
        event(b, s->d, EV_DEF);
        break;
    case N_UNMARK:
        if (s->src)
            event(b, s->src, EV_USE);
        event(b, s->d, EV_USE);
        break;
    case N_DROP:
    case N_NOP: break;
    }
}

/* goto *p may reach every label whose address is taken. */
static void connect_computed(struct builder *b)
{
    for (uint32_t k = 0; k < b->targets.n; k++) {
        const struct target *t = &b->targets.v[k];

        if (!t->label || !t->label->taken)
            continue;
        for (uint32_t i = 0; i < b->computed.n; i++)
            edge(b, b->computed.v[i], t->block);
    }
}

static void add_local(struct unit *u, struct cfg *g, struct decl *d)
{
    d->index = g->locals.n;
    VEC_PUSH(u->tree, &g->locals, d);
}

/* Called as no object of the program can be. */
static void add_result(struct unit *u, struct cfg *g)
{
    const struct type *ty = g->norm->func->decl->type->base;

    if (type_is_void(ty))
        return;
    g->result = ARENA_NEW(u->tree, struct decl);
    g->result->kind = DECL_VAR;
    g->result->local = g->result->framed = true;
    g->result->name = atoms_z(&u->atoms, "return");
    g->result->type = ty;
    add_local(u, g, g->result);
}

static void collect_locals(struct unit *u, struct cfg *g)
{
    const struct func *f = g->norm->func;

    for (uint32_t i = 0; i < f->locals.n; i++) {
        struct decl *d = f->locals.v[i];
        if (decl_is_automatic(d) && !d->object)
            add_local(u, g, d);
    }
    for (uint32_t i = 0; i < g->norm->temps.n; i++)
        add_local(u, g, g->norm->temps.v[i]);
    for (uint32_t i = 0; i < g->norm->objects.n; i++)
        add_local(u, g, g->norm->objects.v[i]);
    for (uint32_t i = 0; i < g->norm->literals.n; i++)
        add_local(u, g, g->norm->literals.v[i]->place);
    add_result(u, g);
}

struct cfg *cfg_build(struct unit *u, const struct norm *n)
{
    struct cfg *g = ARENA_NEW(u->tree, struct cfg);
    struct builder b = {.u = u, .g = g};

    g->norm = n;
    collect_locals(u, g);
    b.at = block_new(&b);
    for (uint32_t i = 0; i < g->locals.n; i++)
        event(&b, g->locals.v[i], g->locals.v[i]->is_param ? EV_DEF : EV_SCOPE);
    build(&b, n->body);
    connect_computed(&b);
    g->end_reached = cfg_reaches(u, g, b.at);
    cfg_check_allocas(u, g);
    return g;
}

/* ---- verify and dump ------------------------------------------------------
 */

static void verify_block(const struct cfg *g, const struct block *k)
{
    VERIFY("cfg", g->blocks.v[k->index] == k);
    VERIFY("cfg", k->state <= g->norm->awaits.n);
    VERIFY("cfg", !k->state || k->succ.n == 1);
    for (uint32_t i = 0; i < k->succ.n; i++)
        VERIFY("cfg", g->blocks.v[k->succ.v[i]->index] == k->succ.v[i]);
    for (uint32_t i = 0; i < k->events.n; i++)
        VERIFY("cfg", k->events.v[i].local < g->locals.n);
}

void cfg_verify(const struct cfg *g)
{
    uint32_t states = 0;

    for (uint32_t i = 0; i < g->blocks.n; i++) {
        verify_block(g, g->blocks.v[i]);
        states += g->blocks.v[i]->state != 0;
    }
    VERIFY("cfg", states == g->norm->awaits.n);
}

void cfg_dump(const struct cfg *g, struct buf *out)
{
    static const char *const kind[] = {"use", "def", "touch", "scope"};

    buf_printf(out, "%s\n", g->norm->func->decl->name->s);
    for (uint32_t i = 0; i < g->blocks.n; i++) {
        const struct block *k = g->blocks.v[i];

        buf_printf(out, "b%u", i);
        for (uint32_t e = 0; e < k->events.n; e++)
            buf_printf(out, " %s %s", kind[k->events.v[e].kind],
                       g->locals.v[k->events.v[e].local]->name->s);
        if (k->state)
            buf_printf(out, " await %u", k->state);
        buf_puts(out, " ->");
        for (uint32_t t = 0; t < k->succ.n; t++)
            buf_printf(out, " b%u", k->succ.v[t]->index);
        buf_putc(out, '\n');
    }
}
