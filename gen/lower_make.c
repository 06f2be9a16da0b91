/* SPDX-License-Identifier: MIT
 * Coroutines made in storage: in the awaiting frame, in a combinator, in a
 * task. For each kind of coroutine where its frame, its result, its resume
 * function and its descriptor are, and the code that writes it there. */
#include <inttypes.h>

#include "gen/coro.h"
#include "gen/lower.h"
#include "gen/operand.h"

static const char *fmt(struct lower *l, const char *f, const char *a,
                       const char *b)
{
    return arena_printf(l->u->tree, f, a, b);
}

enum coro_kind lower_kind(struct lower *l, struct expr *e,
                          enum coro_place place)
{
    return coro_kind(l->u, l->own_lines ? NULL : l->func, e, place);
}

static const struct type *result_type(const struct expr *coro)
{
    return coro->type->base;
}

static bool keeps_value(struct lower *l, struct expr *e, enum coro_place place)
{
    return coro_keeps_value(l->u, l->own_lines ? NULL : l->func, e, place);
}

void lower_storage(struct lower *l, struct expr *e, enum coro_place place,
                   const char *name)
{
    struct buf b = {0};

    coro_print_storage(l->u, l->own_lines ? NULL : l->func, e, place, name, &b);
    code_lines(l->c, b.p ? b.p : "");
    buf_free(&b);
}

/* ---- parts of a coroutine in storage --------------------------------------
 */

const char *lower_coro_head(struct lower *l, struct expr *e, const char *path)
{
    const struct combinator *c;

    e = operand_strip(e);
    if (e->kind != EX_CORO)
        return fmt(l, "%s.aw", path, "");
    c = coro_combinator(e);
    return fmt(l, "%s%s.aw", path, c && *c->gather ? c->gather : ".g");
}

/* The name of the resume function; descriptors and inits begin so, too. */
static const char *runtime_name(struct expr *e)
{
    const struct combinator *c = coro_combinator(e);

    return c ? c->name : coro_queue_frame(e);
}

const char *lower_coro_desc(struct lower *l, struct expr *e)
{
    e = operand_strip(e);
    switch (lower_kind(l, e, CORO_CHILD)) {
    case CORO_QUEUE:
        return fmt(l, "&awfd_%s", coro_queue_frame(e) + strlen("awf_"), "");
    case CORO_FORM: return fmt(l, "&%s_desc", runtime_name(e), "");
    case CORO_JOIN: return "&awi_joined_desc";
    case CORO_BOXED: return "&awi_boxed_desc";
    default: return fmt(l, "&awfd_%s", coro_callee(e)->name->s, "");
    }
}

const char *lower_coro_resume(struct lower *l, struct expr *e)
{
    e = operand_strip(e);
    switch (lower_kind(l, e, CORO_CHILD)) {
    case CORO_QUEUE:
        return fmt(l, "awfr_%s", coro_queue_frame(e) + strlen("awf_"), "");
    case CORO_FORM: return runtime_name(e);
    case CORO_JOIN: return "awi_joined";
    case CORO_BOXED: return "awi_boxed";
    default: return fmt(l, "awfr_%s", coro_callee(e)->name->s, "");
    }
}

const char *lower_coro_result(struct lower *l, struct expr *e, const char *path,
                              enum coro_place place)
{
    struct expr *lvalue;

    e = coro_of(e, &lvalue);
    if (e->kind != EX_CORO)
        return fmt(l, "%s.ret", path, "");
    if (!coro_combinator(e) || keeps_value(l, e, place))
        return fmt(l, "%s.v", path, "");
    if (coro_combinator(e)->result)
        return fmt(l, "%s.g.ret", path, "");
    return lower_coro_result(l, coro_child(e, 0), fmt(l, "%s.k1.f", path, ""),
                             CORO_CHILD);
}

/* ---- storing results ------------------------------------------------------
 */

const char *lower_read(struct lower *l, const struct type *ty,
                       const char *where)
{
    struct types *t = &l->u->types;
    const struct type *ptr = type_ptr(t, type_qualified(t, ty, Q_CONST));

    return arena_printf(l->u->tree, "*(%s)%s, __alignof__(%s))",
                        lower_decl(l, ptr, ""), where, lower_decl(l, ty, ""));
}

/* Opens `static void NAME(void *awf_dst, const struct aw_frame *awf_f)`, which
 * assigns the result of coroutine e to an object of type `to`. `where` is the
 * address of the result, up to its alignment as last argument. What the
 * compiler says of the conversion it says where the user wrote e. */
static const char *make_store(struct lower *l, const struct type *to,
                              const struct expr *e, const char *where)
{
    const struct type *from = result_type(e);
    struct types *t = &l->u->types;
    struct code *c = l->helpers;
    const char *name = arena_printf(l->u->tree, "awf_store_%u", ++l->sites);

    code_nl(c);
    code_printf(
        c, "static void %s(void *awf_dst, const struct aw_frame *awf_f)", name);
    code_nl(c);
    code_text(c, "{");
    code_in(c);
    code_at(c, e->at.from);
    code_printf(c, "*(%s)awf_dst = %s;",
                lower_decl(l, type_ptr(t, lower_mutable(l->u, to)), ""),
                lower_read(l, from, where));
    code_out(c);
    code_nl(c);
    code_text(c, "}");
    return name;
}

/* Where such a function finds the result of coroutine c, given its frame. */
static const char *result_place(struct lower *l, struct expr *c)
{
    switch (lower_kind(l, c, CORO_CHILD)) {
    case CORO_QUEUE:
        return fmt(l, "awi_behind(awf_f, sizeof(struct %s)",
                   coro_queue_frame(c), "");
    case CORO_JOIN:
        return "awi_result(((const struct awi_joined *)(const void *)awf_f)"
               "->other";
    case CORO_BOXED:
        return "awi_root_result(((const struct awi_boxed *)(const void *)awf_f)"
               "->box";
    case CORO_FORM:
        if (!coro_combinator(c)->result)
            return fmt(l, "awi_behind(awf_f, sizeof(%s)",
                       coro_combinator(c)->type, "");
        return "awi_frame_result(awf_f";
    default: return "awi_frame_result(awf_f";
    }
}

static bool same_type(struct lower *l, const struct type *a,
                      const struct type *b)
{
    return type_compatible(type_unqual(&l->u->types, a),
                           type_unqual(&l->u->types, b));
}

/* Whether c's own descriptor stores a result of this type. */
static bool stores_itself(struct lower *l, struct expr *c,
                          const struct type *to)
{
    switch (lower_kind(l, c, CORO_CHILD)) {
    case CORO_QUEUE:
    case CORO_JOIN: return false;
    case CORO_FORM:
        return coro_combinator(c)->result && same_type(l, to, result_type(c));
    default: return same_type(l, to, result_type(c));
    }
}

static void desc_line(struct lower *l, const char *text)
{
    code_nl(l->helpers);
    code_text(l->helpers, text);
}

#define DESC(l, ...) desc_line((l), arena_printf((l)->u->tree, __VA_ARGS__))

static const char *shown_name(struct lower *l, struct expr *c)
{
    struct str s = {"await", 5};

    if (c->kind == EX_CORO)
        s = unit_tok(l->u, c->at.from);
    return arena_strndup(l->u->tree, s.p, s.n);
}

static const char *drop_name(enum coro_kind kind, const struct expr *c,
                             bool root)
{
    switch (kind) {
    case CORO_FORM:
        if (root)
            return "awi_root_drop";
        return *coro_combinator(c)->gather ? "awi_gather_drop" : "awi_try_drop";
    case CORO_JOIN: return "awi_joined_drop";
    case CORO_BOXED: return "awi_boxed_drop";
    default: return NULL;
    }
}

/* Where the result stands in the storage f of c as a task; NULL when it has
 * none, or right behind its head. */
static const char *task_result(struct lower *l, enum coro_kind kind,
                               struct expr *c, bool root)
{
    if (type_is_void(result_type(c)))
        return NULL;
    if (kind == CORO_QUEUE ||
        (kind == CORO_FORM && keeps_value(l, c, CORO_CHILD)))
        return "f.v";
    return root ? "f.g.ret" : NULL;
}

/* The members of a descriptor that tell of the storage, struct `task`. */
static void desc_storage(struct lower *l, enum coro_kind kind, struct expr *c,
                         const char *task, bool root)
{
    const char *result = task_result(l, kind, c, root);

    DESC(l, ".size = sizeof(%s),", task);
    DESC(l, ".align = __alignof__(%s),", task);
    if (kind != CORO_CALL && result)
        DESC(l, ".result = __builtin_offsetof(%s, %s),", task, result);
}

static void desc_place(struct lower *l, const struct decl *f)
{
    const char *n = f && f->func ? f->name->s : NULL;

    DESC(l, n ? ".file = awfn_%s," : ".file = \"\",", n);
    if (!n)
        return;
    DESC(l, ".lines = awfl_%s,", n);
    DESC(l, ".states = sizeof awfl_%s / sizeof *awfl_%s,", n, n);
    if (f->func->tail)
        DESC(l, ".tail = &awfd_%s,", f->func->tail->name->s);
}

/* A descriptor tells of tables of f: when these come later, so does it, and is
 * only declared here. Gives the helpers to go back to. */
static struct code *desc_begin(struct lower *l, const char *name,
                               const struct decl *f)
{
    struct code *helpers = l->helpers;

    if (f && f->func && !l->p->of.v[f->func->index]->printed) {
        DESC(l, "static const struct aw_desc %s;", name);
        l->helpers = l->late;
    }
    DESC(l, "static const struct aw_desc %s = {", name);
    code_in(l->helpers);
    return helpers;
}

/* A copy of c's descriptor with another store (NULL: none), and with the size
 * of struct `task`, in whose member f it stands, when that is not NULL. */
static const char *make_desc(struct lower *l, struct expr *c, const char *store,
                             const char *task)
{
    const char *name = arena_printf(l->u->tree, "awf_desc_%u", ++l->sites);
    enum coro_kind kind = lower_kind(l, c, CORO_CHILD);
    const struct decl *f = kind == CORO_CALL ? coro_callee(c) : NULL;
    bool root = task && coro_has_root(c);
    const char *drop = drop_name(kind, c, root);

    struct code *helpers = desc_begin(l, name, f);
    DESC(l, ".resume = %s,", root ? "awi_root" : lower_coro_resume(l, c));
    if (store)
        DESC(l, ".store = %s,", store);
    DESC(l, ".name = \"%s\",", f ? f->name->s : shown_name(l, c));
    desc_place(l, f);
    if (f)
        task = fmt(l, "struct awf_%s", f->name->s, "");
    if (task)
        desc_storage(l, kind, c, task, root);
    if (drop)
        DESC(l, ".drop = %s,", drop);
    code_out(l->helpers);
    DESC(l, "};");
    l->helpers = helpers;
    return fmt(l, "&%s", name, "");
}

const char *lower_child_desc(struct lower *l, struct expr *c,
                             const struct type *to)
{
    c = operand_strip(c);
    if (!to || stores_itself(l, c, to))
        return lower_coro_desc(l, c);
    return make_desc(l, c, make_store(l, to, c, result_place(l, c)), NULL);
}

const char *lower_task_desc(struct lower *l, struct expr *c,
                            const struct type *to, const char *task)
{
    const char *store = NULL;

    c = operand_strip(c);
    if (lower_kind(l, c, CORO_CHILD) == CORO_CALL)
        return lower_child_desc(l, c, to);
    if (to)
        store = make_store(l, to, c,
                           coro_has_root(c) ? "awi_root_result(awf_f"
                                            : result_place(l, c));
    return make_desc(l, c, store, task);
}

/* ---- calls ----------------------------------------------------------------
 */

/* `target = operand;` on the line of the operand. */
void lower_operand(struct lower *l, const char *target, const struct type *ty,
                   struct expr *e, struct operand_texts *args)
{
    if (args)
        lower_start_line(l);
    else
        code_at(l->c, e->at.from);
    lower_set_begin(l, ty, target);
    if (args)
        code_text(l->c, args->v[args->next++]);
    else
        lower_expr(l, e);
    lower_set_end(l, ty, target);
}

void lower_args(struct lower *l, struct expr *e, const char *path,
                struct operand_texts *args)
{
    struct decl *f = coro_callee(e);

    for (uint32_t i = 0; i < e->nargs; i++) {
        const char *field = coro_param(l->u, f, i);
        lower_operand(l, fmt(l, "%s.%s", path, field), f->type->params[i].type,
                      e->args[i], args);
    }
}

/* Argument i as a C local. */
static void hold_arg(struct lower *l, struct expr *e, uint32_t i)
{
    const struct type *ty = coro_callee(e)->type->params[i].type;

    code_at(l->c, e->args[i]->at.from);
    code_printf(l->c, "%s = ",
                lower_decl(l, ty, arena_printf(l->u->tree, "awf_a%u", i + 1)));
    lower_value(l, e->args[i]);
    code_text(l->c, ";");
}

static const char *arg_place(struct lower *l, struct expr *e, const char *path,
                             uint32_t i)
{
    return fmt(l, "%s.%s", path, coro_param(l->u, coro_callee(e), i));
}

static void put_held_arg(struct lower *l, struct expr *e, const char *path,
                         uint32_t i)
{
    const struct type *ty = coro_callee(e)->type->params[i].type;
    const char *target = arg_place(l, e, path, i);

    lower_start_line(l);
    lower_set_begin(l, ty, target);
    code_printf(l->c, "awf_a%u", i + 1);
    lower_set_end(l, ty, target);
}

static void move_arg(struct lower *l, struct expr *e, const char *path,
                     uint32_t i)
{
    lower_start_line(l);
    lower_move(l, coro_callee(e)->type->params[i].type,
               arg_place(l, e, path, i), lower_text(l, e->args[i]));
}

void lower_staged(struct lower *l, struct expr *e, const char *path,
                  const struct frame_stage *stage)
{
    tokidx at = l->at;

    lower_line(l, "{");
    code_in(l->c);
    for (uint32_t i = 0; i < e->nargs; i++)
        if (i + 1 != stage->moved)
            hold_arg(l, e, i);
    l->at = at;
    if (stage->moved)
        move_arg(l, e, path, stage->moved - 1);
    for (uint32_t i = 0; i < e->nargs; i++)
        if (i + 1 != stage->moved)
            put_held_arg(l, e, path, i);
    lower_line(l, "%s.aw.state = 0;", path);
    code_out(l->c);
    lower_line(l, "}");
}

static void init_call(struct lower *l, struct expr *e, const char *path,
                      struct operand_texts *args)
{
    lower_args(l, e, path, args);
    lower_line(l, "%s.aw.state = 0;", path);
}

/* ---- combinators ----------------------------------------------------------
 */

static const char *operand_text(struct lower *l, struct expr *e,
                                struct operand_texts *args)
{
    return args ? args->v[args->next++] : lower_text(l, e);
}

/* A child of a combinator on its way into it. */
struct child {
    struct expr *c;
    const char *k, *f;  /* its storage, the frame in it */
    const char *next;   /* of aw_gather_each: the address of the one behind */
    const char *handle; /* a task, given as such; else NULL */
    const char *dst;    /* where its result goes, of type `to`; or NULL */
    const struct type *to;
};

/* Where the result of child i of e goes. */
static void bind_child(struct lower *l, struct child *ch, struct expr *e,
                       const char *path, struct expr *lvalue,
                       enum coro_place place, struct operand_texts *args)
{
    ch->dst = "(void *)0";
    ch->to = NULL;
    if (lvalue) {
        ch->dst = args ? args->v[args->next++]
                       : fmt(l, "&%s", lower_text(l, lvalue), "");
        ch->to = lvalue->type;
    } else if (keeps_value(l, e, place)) {
        ch->dst = fmt(l, "&%s.v", path, "");
        ch->to = result_type(e);
    }
}

/* Evaluates child `binding` of e, in storage k: its frame is made, or its
 * handle known. */
static struct child make_child(struct lower *l, struct expr *e,
                               struct expr *binding, const char *path,
                               const char *k, enum coro_place place,
                               struct operand_texts *args)
{
    struct expr *lvalue;
    struct child ch = {.c = coro_of(binding, &lvalue), .k = k};

    ch.f = fmt(l, "%s.f", ch.k, "");
    bind_child(l, &ch, e, path, lvalue, place, args);
    if (!args)
        l->at = binding->at.from;
    if (*coro_combinator(e)->gather &&
        lower_kind(l, ch.c, CORO_CHILD) == CORO_JOIN)
        ch.handle = operand_text(l, ch.c, args);
    else
        lower_coro_init(l, ch.c, ch.f, CORO_CHILD, args);
    return ch;
}

static void add_handle(struct lower *l, const char *gather, struct child *ch)
{
    const char *store = "0";

    if (ch->to)
        store = make_store(l, ch->to, ch->c, "awi_root_result(awf_f");
    lower_line(l, "awi_gather_add_task(&%s, &%s, %s, %s, %s);", gather, ch->k,
               ch->handle, ch->dst, store);
}

static void add_child(struct lower *l, struct expr *e, const char *path,
                      struct child *ch)
{
    const char *gather = coro_combinator(e)->gather;
    const char *head, *desc;

    if (ch->handle) {
        add_handle(l, fmt(l, "%s%s", path, gather), ch);
        return;
    }
    head = lower_coro_head(l, ch->c, ch->f);
    desc = lower_child_desc(l, ch->c, ch->to);
    if (ch->next)
        lower_line(l, "awi_gather_each_add(&%s.g, &%s.k, %s, &%s, %s, %s);",
                   path, ch->k, ch->next, head, desc, ch->dst);
    else if (*gather)
        lower_line(l, "awi_gather_add(&%s%s, &%s.k, &%s, %s, %s);", path,
                   gather, ch->k, head, desc, ch->dst);
    else
        lower_line(l, "awi_try_init(&%s.g, &%s, %s, %s);", path, head, desc,
                   ch->dst);
}

/* Whom e tells what it leaves behind. */
static void hold_in(struct lower *l, struct expr *e, const char *path)
{
    if (coro_leaves(e) && !l->in_each && (!l->own_lines || l->held))
        lower_line(l, "awi_hold_in(&%s%s, &%s);", path,
                   coro_combinator(e)->gather,
                   l->own_lines ? l->held : "awf->awf_held");
}

/* The call of e's own init, with its arguments that are no coroutines. */
static void init_head(struct lower *l, struct expr *e, const char *path,
                      struct operand_texts *args)
{
    lower_start_line(l);
    code_printf(l->c, "%s_init(&%s.g", coro_combinator(e)->name, path);
    for (uint32_t i = coro_children(e); i < e->nargs; i++) {
        code_text(l->c, ", ");
        code_text(l->c, operand_text(l, e->args[i], args));
    }
    code_text(l->c, ");");
    hold_in(l, e, path);
}

/* Prints `struct { ... } *awf_k1 =`, a pointer to the children of e. */
static void each_pointer(struct lower *l, struct expr *e, const char *name)
{
    struct buf b = {0};

    coro_print_child(l->u, l->func, e, 0, &b);
    buf_printf(&b, " *%s =", name);
    code_lines(l->c, b.p);
    buf_free(&b);
}

/* What the children of e, n of them, stand in. */
static const char *each_place(struct lower *l, struct expr *e, const char *path,
                              uint32_t site, const char *n)
{
    const char *k = arena_printf(l->u->tree, "awf_k%u", site);
    struct expr *lvalue;
    bool negative = !type_is_unsigned(e->args[0]->type);

    if (coro_copies(l->func, e) > 0) {
        lower_line(l, "size_t %s = %" PRId64 ";", n, e->args[0]->value);
        return fmt(l, "%s.k1", path, "");
    }
    if (coro_calls_itself(l->func, coro_of(coro_child(e, 0), &lvalue)))
        lower_takes_memory(l, e->at, "a call inside a cycle of calls",
                           "use a loop");
    else
        lower_takes_memory(l, e->at, "aw_gather_each",
                           "make the count a constant");
    lower_line(l, "size_t %s = %s(%s);", n, negative ? "awi_count" : "(size_t)",
               lower_text(l, e->args[0]));
    each_pointer(l, e, k);
    lower_line(l, "    awi_gather_each_new(&%s.g, %s, sizeof *%s,", path, n, k);
    lower_line(l, "                        __alignof__(*%s));", k);
    lower_line(l, "if (!%s)", k);
    lower_line(l, "    %s = 0;", n);
    return k;
}

/* The child is made once for each value of e->decl:
 *
 *     awi_gather_init(&awf->c1.g.g);
 *     {
 *         size_t awf_n1 = awi_count(n);
 *         struct {
 *             struct awi_child k;
 *             struct awf_f f;
 *         } *awf_k1 = awi_gather_each_new(...);
 *         int i = 0;
 *         for (size_t awf_i1 = 0; awf_i1 < awf_n1; awf_i1++, i++) {
 *             awf_k1[awf_i1].f.x = i;
 *             ...
 *         }
 *     }
 */
static void init_each(struct lower *l, struct expr *e, const char *path,
                      enum coro_place place)
{
    const char *name = e->decl->name->s;
    struct arena *a = l->u->tree;
    uint32_t site = ++l->sites;
    const char *i = arena_printf(a, "awf_i%u", site), *k;
    const char *n = arena_printf(a, "awf_n%u", site);
    bool outer = l->in_each;
    struct child ch;

    lower_line(l, "awi_gather_init(&%s.g.g);", path);
    hold_in(l, e, path);
    lower_line(l, "{");
    code_in(l->c);
    k = each_place(l, e, path, site, n);
    lower_line(l, "%s = 0;",
               lower_decl(l, lower_mutable(l->u, e->decl->type), name));
    lower_line(l, "for (size_t %s = 0; %s < %s; %s++, %s++) {", i, i, n, i,
               name);
    code_in(l->c);
    lower_line(l, "(void)%s;", name);
    l->in_each = true;
    ch = make_child(l, e, coro_child(e, 0), path,
                    arena_printf(a, "%s[%s]", k, i), place, NULL);
    ch.next = arena_printf(a, "&%s[%s + 1 < %s ? %s + 1 : 0].k", k, i, n, i);
    add_child(l, e, path, &ch);
    l->in_each = outer;
    code_out(l->c);
    lower_line(l, "}");
    if (!ch.handle) {
        lower_line(l, "if (%s > 0)", n);
        lower_line(l, "    awi_gather_each_end(&%s.g, &%s[%s - 1].k, %s);",
                   path, k, n, n);
    }
    code_out(l->c);
    lower_line(l, "}");
}

/* Operands are evaluated left to right, so arguments behind a coroutine (the
 * ms of aw_wait_for_ms) come after that coroutine's own. */
static void init_form(struct lower *l, struct expr *e, const char *path,
                      enum coro_place place, struct operand_texts *args)
{
    uint32_t n = coro_children(e);
    bool after = n == 1 && e->nargs > 1;
    struct child ch;

    if (e->form == FORM_GATHER_EACH) {
        init_each(l, e, path, place);
        return;
    }
    if (e->form == FORM_GATHER_TASKS)
        lower_takes_memory(l, e->at, "aw_gather_tasks",
                           "name the tasks in an aw_gather");
    if (!after && e->form != FORM_TRY)
        init_head(l, e, path, args);
    for (uint32_t i = 0; i < n; i++) {
        ch = make_child(l, e, coro_child(e, i), path,
                        arena_printf(l->u->tree, "%s.k%u", path, i + 1), place,
                        args);
        if (after)
            init_head(l, e, path, args);
        add_child(l, e, path, &ch);
    }
}

static void init_queue(struct lower *l, struct expr *e, const char *path,
                       struct operand_texts *args)
{
    bool put = e->form == FORM_QUEUE_PUT;
    const struct type *queue = type_decay(&l->u->types, e->args[0]->type);

    lower_operand(l, fmt(l, "%s.g.queue", path, ""), queue, e->args[0], args);
    if (put)
        lower_operand(l, fmt(l, "%s.v", path, ""), coro_queue_item(l->u, e),
                      e->args[1], args);
    lower_line(l, "%s.g.%s = &%s.v;", path, put ? "value" : "dst", path);
    lower_line(l, "%s.g.aw.state = 0;", path);
}

void lower_coro_init(struct lower *l, struct expr *e, const char *path,
                     enum coro_place place, struct operand_texts *args)
{
    e = operand_strip(e);
    switch (lower_kind(l, e, CORO_CHILD)) {
    case CORO_CALL:
    case CORO_LEAF: init_call(l, e, path, args); break;
    case CORO_FORM: init_form(l, e, path, place, args); break;
    case CORO_QUEUE: init_queue(l, e, path, args); break;
    case CORO_BOXED: lower_init_boxed(l, e, path, args); break;
    case CORO_JOIN:
        lower_line(l, "awi_joined_init(&%s, %s);", path,
                   operand_text(l, e, args));
        break;
    }
}
