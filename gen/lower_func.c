/* SPDX-License-Identifier: MIT
 * One async function: its frame struct, its tables (lines, store function,
 * descriptor) and its resume function. For a function f these are called
 * awf_f (struct), awfr_f (resume), awfn_f (file), awff_f (its __func__),
 * awfl_f (lines), awfs_f (store) and awfd_f (descriptor). Names of variables
 * begin awf_, which no function's does: f may be called t, or v1. */
#include "gen/coro.h"
#include "gen/lower.h"
#include "gen/operand.h"
#include "gen/verify.h"

static const char *name_of(const struct decl *d)
{
    return d->name->s;
}

/* The program's main is the one put_main writes: ours is nobody's business. */
static bool is_static(const struct decl *d)
{
    return d->storage == ST_STATIC || strcmp(d->name->s, "main") == 0;
}

static const char *linkage(const struct decl *d)
{
    return is_static(d) ? "static " : "";
}

/* A line of the output's own. */
static void own(struct lower *l, const char *text)
{
    code_nl(l->c);
    code_text(l->c, text);
}

#define OWN(l, ...) own((l), arena_printf((l)->u->tree, __VA_ARGS__))

/* ---- declarations ---------------------------------------------------------
 */

void lower_prototype(struct lower *l, const struct decl *d)
{
    const char *n = name_of(d);

    own(l, "");
    OWN(l, "struct awf_%s;", n);
    OWN(l, "%s%sint awfr_%s(struct aw_frame *, struct aw_task *, int);",
        d->code_attrs ? d->code_attrs : "", linkage(d), n);
    OWN(l, "%sconst struct aw_desc awfd_%s;",
        is_static(d) ? "static " : "extern ", n);
}

/* ---- the frame struct -----------------------------------------------------
 */

static bool mentions_local(const struct type *ty)
{
    for (;; ty = ty->base) {
        if (ty->tag && ty->tag->kind != TY_ENUM && ty->tag->local &&
            !ty->tag->emit_name)
            return true;
        if (ty->kind == TY_FUNC)
            for (uint32_t i = 0; i < ty->nparams; i++)
                if (mentions_local(ty->params[i].type))
                    return true;
        if (!ty->base)
            return false;
    }
}

static const char *alignment(struct lower *l, const struct decl *d)
{
    if (d->align)
        return arena_printf(l->u->tree, " __attribute__((aligned(%s)))",
                            lower_text(l, d->align));
    if (d->align_type)
        return arena_printf(l->u->tree,
                            " __attribute__((aligned(__alignof__(%s))))",
                            lower_decl(l, d->align_type, ""));
    return "";
}

static void put_slot(struct lower *l, const struct slot *s)
{
    if (s->d && !s->d->coro) {
        VERIFY("lower", !mentions_local(s->d->type));
        if (s->d->boxed && s->d->type->kind == TY_ARRAY)
            OWN(l, "void *%s;", s->name);
        else
            OWN(l, "%s%s;", lower_member(l, s->d->type, s->name),
                alignment(l, s->d));
        return;
    }
    lower_storage(l, s->d ? s->d->coro : s->await->coro, CORO_AWAITED, s->name);
}

/* How many members put_region writes for r: its slots and, when several parts
 * are not empty, one union; a single part is written in its place. */
static uint32_t members(const struct frame_region *r)
{
    uint32_t used = 0, last = 0;

    for (uint32_t i = 0; i < r->parts.n; i++) {
        uint32_t n = members(r->parts.v[i]);

        used += n != 0;
        last = n ? n : last;
    }
    return r->slots.n + (used > 1 ? 1 : last);
}

static void open_brace(struct lower *l, const char *what)
{
    OWN(l, "__extension__ %s {", what);
    code_in(l->c);
}

static void shut_brace(struct lower *l)
{
    code_out(l->c);
    own(l, "};");
}

static void put_region(struct lower *l, const struct frame_region *r);

/* The parts that have something in them, one over the other. */
static void put_parts(struct lower *l, const struct frame_region *r)
{
    uint32_t used = 0;

    for (uint32_t i = 0; i < r->parts.n; i++)
        used += members(r->parts.v[i]) != 0;
    if (used > 1)
        open_brace(l, "union");
    for (uint32_t i = 0; i < r->parts.n; i++) {
        const struct frame_region *p = r->parts.v[i];
        bool wrap = used > 1 && members(p) > 1;

        if (members(p) == 0)
            continue;
        if (wrap)
            open_brace(l, "struct");
        put_region(l, p);
        if (wrap)
            shut_brace(l);
    }
    if (used > 1)
        shut_brace(l);
}

static void put_region(struct lower *l, const struct frame_region *r)
{
    for (uint32_t i = 0; i < r->slots.n; i++)
        put_slot(l, &r->slots.v[i]);
    put_parts(l, r);
}

/* Header, result and the first parameters, `n` of the latter two in all; in the
 * other views under names that nobody uses. */
static void put_head(struct lower *l, uint32_t n, bool named)
{
    uint32_t results = l->fn->frame->has_result;

    OWN(l, "struct aw_frame %s;", named ? "aw" : "awf_head0");
    if (results && n)
        OWN(l, "%s;",
            lower_decl(l, l->func->decl->type->base,
                       named ? "ret" : "awf_head1"));
    for (uint32_t i = 0; i + results < n; i++) {
        const char *name =
            named ? l->func->fields[i]
                  : arena_printf(l->u->tree, "awf_head%u", i + results + 1);

        OWN(l, "%s;", lower_member(l, l->func->params[i].type, name));
    }
}

static void put_late(struct lower *l)
{
    const struct frame *f = l->fn->frame;

    if (f->late.n == 0)
        return;
    open_brace(l, "struct");
    put_head(l, f->kept, false);
    if (f->late.n > 1)
        open_brace(l, "union");
    for (uint32_t i = 0; i < f->late.n; i++)
        put_slot(l, &f->late.v[i]);
    if (f->late.n > 1)
        shut_brace(l);
    shut_brace(l);
}

static void put_views(struct lower *l, uint32_t nhead)
{
    const struct frame *f = l->fn->frame;

    if (!f->early) {
        put_head(l, nhead, true);
        return;
    }
    open_brace(l, "union");
    open_brace(l, "struct");
    put_head(l, nhead, true);
    put_region(l, f->early);
    shut_brace(l);
    put_late(l);
    if (f->tail)
        lower_storage(l, f->tail->coro, CORO_AWAITED, f->child[f->tail->state]);
    shut_brace(l);
}

/* How large it is, the compiler for the target knows; it names the line where
 * the function is declared. */
static void put_limit(struct lower *l, const struct decl *d)
{
    if (!l->o->frame_limit)
        return;
    code_at(l->c, d->at.from);
    code_printf(l->c,
                "__extension__ _Static_assert(sizeof(struct awf_%s) <= %u, "
                "\"the frame of %s is larger than --frame-limit\");",
                name_of(d), l->o->frame_limit, name_of(d));
}

void lower_struct(struct lower *l, const struct compiled *fn)
{
    const struct decl *d = fn->func->decl;

    l->fn = fn;
    l->func = fn->func;
    lower_move_types(l);
    own(l, "");
    OWN(l, "struct awf_%s {", name_of(d));
    code_in(l->c);
    put_views(l, fn->frame->has_result + fn->func->nparams);
    if (fn->norm->holds) {
        own(l, "struct awi_gather *awf_held;");
        own(l, "int awf_out;");
    }
    put_region(l, fn->frame->root);
    code_out(l->c);
    own(l, "};");
    put_limit(l, d);
}

/* ---- tables ---------------------------------------------------------------
 */

static const char *quoted(struct lower *l, struct str s)
{
    struct buf b = {0};
    const char *text;

    unit_quote_file(l->u, s, &b);
    text = arena_strndup(l->u->tree, b.p, b.n);
    buf_free(&b);
    return text;
}

/* The way out waits for held children in a state of its own. */
static uint32_t last_state(struct lower *l)
{
    return l->fn->norm->awaits.n + l->fn->norm->holds;
}

static void put_line_of(struct lower *l, const struct nstmt *await)
{
    code_printf(l->c, ", %u", unit_loc(l->u, await->at.from).line);
}

/* That of the tail first: its states come before the function's own. */
static void put_lines(struct lower *l)
{
    const struct norm *n = l->fn->norm;
    const struct nstmt *tail = l->fn->frame->tail;

    OWN(l, "static const unsigned awfl_%s[] = {", name_of(l->func->decl));
    code_printf(l->c, "%u", unit_loc(l->u, l->func->name).line);
    if (tail)
        put_line_of(l, tail);
    for (uint32_t i = 0; i < n->awaits.n; i++)
        if (n->awaits.v[i] != tail)
            put_line_of(l, n->awaits.v[i]);
    if (n->holds)
        code_printf(l->c, ", %u", unit_loc(l->u, l->func->at.to - 1).line);
    code_text(l->c, "};");
}

static void put_store(struct lower *l)
{
    const char *n = name_of(l->func->decl);
    const struct type *ret = l->func->decl->type->base;
    const struct type *ptr = type_ptr(&l->u->types, lower_mutable(l->u, ret));

    if (!l->fn->frame->has_result)
        return;
    own(l, "");
    OWN(l, "static void awfs_%s(void *awf_dst, const struct aw_frame *awf_f)",
        n);
    own(l, "{");
    code_in(l->c);
    code_nl(l->c);
    lower_set_begin(
        l, ret,
        arena_printf(l->u->tree, "*(%s)awf_dst", lower_decl(l, ptr, "")));
    code_printf(l->c, "((const struct awf_%s *)(const void *)awf_f)->ret", n);
    lower_set_end(l, ret, "*(char *)awf_dst");
    code_out(l->c);
    own(l, "}");
}

static void put_desc(struct lower *l)
{
    const struct decl *d = l->func->decl;
    const char *n = name_of(d);

    own(l, "");
    OWN(l, "%s%sconst struct aw_desc awfd_%s = {",
        d->desc_attrs ? d->desc_attrs : "", linkage(d), n);
    code_in(l->c);
    OWN(l, ".resume = awfr_%s,", n);
    if (l->fn->frame->has_result)
        OWN(l, ".store = awfs_%s,", n);
    OWN(l, ".name = \"%s\",", n);
    OWN(l, ".file = awfn_%s,", n);
    OWN(l, ".lines = awfl_%s,", n);
    OWN(l, ".size = sizeof(struct awf_%s),", n);
    OWN(l, ".align = __alignof__(struct awf_%s),", n);
    OWN(l, ".states = %u,", last_state(l) + 1);
    if (l->func->tail)
        OWN(l, ".tail = &awfd_%s,", name_of(l->func->tail));
    code_out(l->c);
    own(l, "};");
}

static void put_tables(struct lower *l)
{
    struct loc at = unit_loc(l->u, l->func->name);

    own(l, "");
    OWN(l, "static const char awfn_%s[] = %s;", name_of(l->func->decl),
        quoted(l, at.file));
    if (l->func->says_name)
        OWN(l, "static const char awff_%s[] = \"%s\";", name_of(l->func->decl),
            name_of(l->func->decl));
    put_lines(l);
    put_store(l);
    put_desc(l);
}

/* ---- the resume function --------------------------------------------------
 */

/* Through the pointer to it, or to the pointer that the user has. */
static const char *boxed_name(struct lower *l, const struct decl *d,
                              const char *field)
{
    struct types *t = &l->u->types;
    const struct type *to = type_ptr(t, lower_mutable(l->u, d->type));

    return arena_printf(l->u->tree, "(*(%s)%sawf->%s)", lower_decl(l, to, ""),
                        d->type->kind == TY_ARRAY ? "" : "(void *)&", field);
}

static void name_objects(struct lower *l)
{
    const struct frame *f = l->fn->frame;
    const struct cfg *g = f->live->cfg;

    for (uint32_t i = 0; i < g->locals.n; i++)
        if (f->where[i] == RES_FRAME)
            g->locals.v[i]->emit =
                g->locals.v[i]->boxed
                    ? boxed_name(l, g->locals.v[i], f->field[i])
                    : arena_printf(l->u->tree, "awf->%s", f->field[i]);
    for (uint32_t i = 0; i < l->func->locals.n; i++) {
        struct decl *d = l->func->locals.v[i];

        if (d->boxed && d->kind == DECL_TYPEDEF)
            d->emit = arena_printf(l->u->tree, "__typeof__(%s)",
                                   lower_decl(l, d->type, ""));
        if (d->object)
            d->emit = arena_printf(l->u->tree, "(&%s)", lower_name(d->object));
    }
}

static bool is_local_param(struct lower *l, const struct param *p)
{
    return p->decl && l->fn->frame->where[p->decl->index] != RES_FRAME &&
           norm_uses(l->func, p->decl);
}

/* The locals that something reads: the error of a region that nothing is
 * thrown in is only ever set. */
static struct bits find_read(struct lower *l)
{
    const struct cfg *g = l->fn->cfg;
    struct bits read = bits_new(l->u->tree, g->locals.n);

    for (uint32_t b = 0; b < g->blocks.n; b++) {
        const struct block *k = g->blocks.v[b];

        for (uint32_t i = 0; i < k->events.n; i++)
            if (k->events.v[i].kind == EV_USE)
                bits_add(read, k->events.v[i].local);
    }
    return read;
}

static void declare(struct lower *l, struct decl *d)
{
    lower_line(l, "%s;", lower_decl(l, d->type, d->name->s));
    lower_declared(l, d);
}

static void declare_locals(struct lower *l)
{
    const struct norm *n = l->fn->norm;
    struct bits read = find_read(l);

    for (uint32_t i = 0; i < l->func->nparams; i++) {
        const struct param *p = &l->func->params[i];

        if (is_local_param(l, p))
            declare(l, p->decl);
    }
    for (uint32_t i = 0; i < n->temps.n; i++) {
        struct decl *d = n->temps.v[i];

        if (!d->emit)
            declare(l, d);
    }
    for (uint32_t i = 0; i < n->temps.n; i++)
        if (!n->temps.v[i]->emit && !bits_has(read, n->temps.v[i]->index))
            lower_line(l, "(void)%s;", n->temps.v[i]->name->s);
}

static void load_params(struct lower *l)
{
    for (uint32_t i = 0; i < l->func->nparams; i++) {
        const struct param *p = &l->func->params[i];

        if (is_local_param(l, p))
            lower_line(l, "%s = awf->%s;", p->name->s, l->func->fields[i]);
    }
}

/* Yielding needs no task. */
static bool awaits(const struct norm *n)
{
    for (uint32_t i = 0; i < n->awaits.n; i++)
        if (n->awaits.v[i]->op != AWAIT_YIELD)
            return true;
    return n->calls.n > 0;
}

static void dispatch(struct lower *l)
{
    const struct nstmt *tail = l->fn->frame->tail;
    uint32_t n = last_state(l);

    if (!awaits(l->fn->norm))
        lower_line(l, "(void)awf_t;");
    if (n == 0) {
        if (l->fn->norm->calls.n == 0)
            lower_line(l, "(void)awf_r;");
        return;
    }
    lower_line(l, "switch (awf->aw.state) {");
    if (tail)
        lower_line(l, "case 0: break;");
    for (uint32_t i = 1; i <= n; i++)
        if (!tail || i != tail->state)
            lower_line(l, "case %u: goto awf_%u;", frame_state(l->fn->frame, i),
                       i);
    if (tail)
        lower_line(l, "default: goto awf_%u;", tail->state);
    else
        lower_line(l, "default: break;");
    lower_line(l, "}");
}

/* Whether control can reach the end of the body. */
static bool reaches_end(struct lower *l)
{
    return l->fn->cfg->end_reached;
}

static bool stores_result(const struct nstmt *s)
{
    const struct nstmt *sub[3] = {s->init, s->s1, s->s2};

    if (s->kind == N_RESULT || (s->kind == N_RETURN && s->e) ||
        (s->kind == N_AWAIT && s->dest == DEST_RETURN))
        return true;
    for (int i = 0; i < 3; i++)
        if (sub[i] && stores_result(sub[i]))
            return true;
    for (uint32_t i = 0; i < s->body.n; i++)
        if (stores_result(s->body.v[i]))
            return true;
    return false;
}

/* Used parts of the frame: without any, `awf` would be an unused variable. */
static bool needs_frame(struct lower *l)
{
    const struct func *f = l->func;

    if (l->fn->norm->awaits.n || stores_result(l->fn->norm->body))
        return true;
    for (uint32_t i = 0; i < l->fn->norm->temps.n; i++)
        if (l->fn->norm->temps.v[i]->framed)
            return true;
    if (l->fn->cfg->end_reached && l->fn->frame->has_result &&
        strcmp(f->decl->name->s, "main") == 0)
        return true;
    for (uint32_t i = 0; i < f->nparams; i++)
        if (f->params[i].decl && norm_uses(f, f->params[i].decl))
            return true;
    return false;
}

static void put_resume(struct lower *l)
{
    const struct decl *d = l->func->decl;
    const char *n = name_of(d);

    own(l, "");
    l->at = l->func->name;
    lower_line(l,
               "%s%sint awfr_%s(struct aw_frame *awf_h, "
               "struct aw_task *awf_t, int awf_r)",
               d->code_attrs ? d->code_attrs : "", linkage(d), n);
    lower_line(l, "{");
    code_in(l->c);
    if (needs_frame(l))
        lower_line(l, "struct awf_%s *awf = (struct awf_%s *)(void *)awf_h;", n,
                   n);
    else
        lower_line(l, "(void)awf_h;");
    declare_locals(l);
    if (is_static(d) && l->func->direct) /* calls of it name no descriptor */
        lower_line(l, "(void)&awfd_%s;", n);
    dispatch(l);
    if (l->fn->norm->awaits.n)
        lower_poison_frame(l, 0);
    if (l->fn->norm->holds)
        lower_line(l, "awf->awf_held = (void *)0;");
    l->left = false;
    load_params(l);
    lower_body(l, l->fn->norm->body);
    l->at = l->func->at.to - 1;
    if (reaches_end(l)) {
        if (strcmp(n, "main") == 0 && l->fn->frame->has_result)
            lower_line(l, "awf->ret = 0;");
        lower_leave(l, "0");
    }
    lower_out(l);
    code_out(l->c);
    lower_line(l, "}");
}

/* `async int main`: the program's main runs the loop over it. */
static void put_main(struct lower *l)
{
    bool args = l->func->nparams == 2;

    own(l, "");
    OWN(l, "int main(%s)", args ? "int argc, char **argv" : "void");
    own(l, "{");
    code_in(l->c);
    own(l, "static struct { struct awi_child k; struct awf_main f; } awf_m;");
    own(l, "");
    if (args) {
        OWN(l, "awf_m.f.%s = argc;", l->func->fields[0]);
        OWN(l, "awf_m.f.%s = argv;", l->func->fields[1]);
    }
    own(l, "awi_child_init(&awf_m.k, &awf_m.f.aw, &awfd_main, (void *)0);");
    own(l, "return awi_main(&awf_m.k);");
    code_out(l->c);
    own(l, "}");
}

void lower_func(struct lower *l, const struct compiled *fn)
{
    struct code all, body, helpers;
    struct code *to = l->c;

    l->fn = fn;
    l->func = fn->func;
    memset(&l->visible, 0, sizeof l->visible);
    code_init(&all, l->u->tree);
    code_init(&body, l->u->tree);
    code_init(&helpers, l->u->tree);
    l->c = &all;
    name_objects(l);
    lower_poison_begin(l);
    put_tables(l);
    l->c = &body;
    l->helpers = &helpers;
    put_resume(l);
    l->c = &all;
    code_append(&all, &helpers);
    code_append(&all, &body);
    if (strcmp(name_of(fn->func->decl), "main") == 0)
        put_main(l);
    l->c = to;
    code_append(to, &all);
}
