/* SPDX-License-Identifier: MIT
 * The forms of the dialect that are expressions (language.md section 5). */
#include "gen/parse_body.h"

/* How the arguments of a form look. */
struct shape {
    enum word form;
    uint8_t plain; /* leading arguments that are expressions */
    uint8_t coros; /* then coroutines; MANY is one or more */
    uint8_t after; /* then expressions again */
    bool binds;    /* the coroutines may be bindings */
    const char *use;
};

enum { MANY = 255 };

static const struct shape *find(const struct parser *p)
{
    static const struct shape shapes[] = {
        {FORM_GATHER, 0, MANY, 0, true, "aw_gather(f(x), ...)"},
        {FORM_TRY, 0, 1, 0, true, "aw_try(f(x))"},
        {FORM_WAIT_FOR_MS, 0, 1, 1, false,
         "aw_wait_for_ms(f(x), milliseconds)"},
        {FORM_GATHER_TASKS, 2, 0, 0, false, "aw_gather_tasks(array, count)"},
        {FORM_GATHER_EACH, 2, 1, 0, true, "aw_gather_each(int i, count, f(i))"},
        {FORM_RACE, 0, MANY, 0, true, "aw_race(f(x), ...)"},
        {FORM_SHIELD, 0, 1, 0, false, "aw_shield(f(x))"},
        {FORM_CREATE_TASK, 0, 1, 0, false, "aw_create_task(f(x))"},
        {FORM_START, 1, 1, 0, false, "aw_start(&storage, f(x))"},
        {FORM_RUN, 0, 1, 0, true, "aw_run(f(x))"},
        {FORM_RUN_UNTIL_COMPLETE, 0, 1, 0, true,
         "aw_loop_run_until_complete(f(x))"},
        {FORM_GROUP_SPAWN, 1, 1, 0, true, "aw_group_spawn(group, f(x))"},
        {FORM_CAUGHT, 0, 0, 0, false, "aw_caught()"},
        {FORM_QUEUE_PUT, 2, 0, 0, false, "aw_queue_put(&queue, value)"},
        {FORM_QUEUE_GET, 1, 0, 0, false, "aw_queue_get(&queue)"},
        {FORM_QUEUE_CLOSE, 1, 0, 0, false, "aw_queue_close(&queue)"},
        {FORM_CANCEL, 1, 0, 0, false, "aw_cancel(task)"},
        {FORM_DONE, 1, 0, 0, false, "aw_done(task)"},
    };
    enum word w = (enum word)parse_tok(p)->atom->word;

    for (size_t i = 0; w && i < sizeof shapes / sizeof *shapes; i++) {
        if (shapes[i].form == w)
            return parse_at_form(p, 0, w) ? &shapes[i] : NULL;
    }
    return NULL;
}

/* binding = [ lvalue "=" ] coro */
struct expr *parse_binding(struct parser *p)
{
    struct expr *e = parse_conditional(p);

    if (parse_accept(p, TK_ASSIGN))
        e = expr_binding(p, e, parse_conditional(p));
    return e;
}

static const char *name_of(struct parser *p, const struct shape *s)
{
    return arena_strndup(&p->u->arena, s->use, strcspn(s->use, "("));
}

/* The i-th argument of a form of this shape. */
static struct expr *parse_argument(struct parser *p, const struct shape *s,
                                   uint32_t i)
{
    bool coro = i >= s->plain &&
                (s->coros == MANY || i < (uint32_t)s->plain + s->coros);

    if (!coro)
        return parse_assign(p);
    if (s->binds)
        return parse_binding(p);
    tokidx from = p->pos;
    struct expr *e = parse_conditional(p);
    if (!parse_accept(p, TK_ASSIGN))
        return e;
    if (!p->panic)
        diag(p->u, parse_since(p, from), D_binding_form, name_of(p, s), s->use);
    return parse_conditional(p);
}

static bool count_fits(const struct shape *s, uint32_t n)
{
    if (s->coros == MANY)
        return n > 0 || s->form == FORM_GATHER; /* of nothing: done */
    return n == (uint32_t)s->plain + s->coros + s->after;
}

/* specifiers declarator: an index, which is not seen before scope_bind. */
static struct decl *parse_index(struct parser *p)
{
    scope_open(&p->u->scopes);
    struct decl *d = parse_single_decl(p);
    scope_close(&p->u->scopes);
    return d;
}

/* "aw_gather_each" "(" specifiers declarator "," assignment "," binding ")" */
static struct expr *parse_each(struct parser *p)
{
    tokidx from = parse_advance(p), open = parse_advance(p);
    struct expr **args = ARENA_ARRAY(p->u->tree, struct expr *, 2);

    struct decl *index = parse_index(p);
    parse_expect(p, TK_COMMA);
    args[0] = parse_assign(p);
    parse_expect(p, TK_COMMA);
    scope_open(&p->u->scopes);
    scope_bind(&p->u->scopes, index);
    args[1] = parse_binding(p);
    scope_close(&p->u->scopes);
    parse_close(p, TK_RPAREN, open);
    return expr_each(p, from, index, args);
}

/* form "(" [ argument { "," argument } ] ")" */
struct expr *parse_form(struct parser *p)
{
    const struct shape *s = find(p);
    tokidx from = p->pos;
    VEC(struct expr *) args = {0};
    struct expr *e;

    if (!s)
        return NULL;
    if (s->form == FORM_GATHER_EACH)
        return parse_each(p);
    parse_advance(p);
    tokidx open = parse_advance(p);
    if (!parse_at(p, TK_RPAREN)) {
        do {
            e = parse_argument(p, s, args.n);
            VEC_PUSH(p->u->tree, &args, e);
        } while (parse_accept(p, TK_COMMA));
    }
    parse_close(p, TK_RPAREN, open);
    if (count_fits(s, args.n))
        return expr_form(p, from, s->form, args.v, args.n);
    if (!p->panic)
        diag(p->u, parse_since(p, from), D_form_count, s->use);
    return expr_new(p, EX_ERROR, from);
}
