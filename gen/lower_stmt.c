/* SPDX-License-Identifier: MIT
 * Statements. What norm and the frame left alone is copied as written. */
#include "gen/lower.h"
#include "gen/operand.h"

static void lower_stmt(struct lower *l, const struct nstmt *s);

/* C17 wants a statement behind a label. */
static bool is_statement_next(const struct nstmt *list, uint32_t i)
{
    enum nstmt_kind k;

    while (++i < list->body.n) {
        k = (enum nstmt_kind)list->body.v[i]->kind;
        if (k != N_NOP)
            return k != N_DECL && k != N_DECLS && k != N_TAGS;
    }
    return false;
}

static void lower_list(struct lower *l, const struct nstmt *s)
{
    uint32_t visible = l->visible.n;

    for (uint32_t i = 0; i < s->body.n; i++) {
        lower_stmt(l, s->body.v[i]);
        if (s->body.v[i]->kind == N_LABEL && !is_statement_next(s, i))
            code_text(l->c, ";");
    }
    if (s->kind == N_BLOCK)
        l->visible.n = visible;
}

/* The statements of a block between the braces that stand already; `head`
 * has just been written on its line. */
static void braced(struct lower *l, const struct nstmt *block)
{
    code_text(l->c, " {");
    code_in(l->c);
    lower_list(l, block);
    code_out(l->c);
}

static void copy(struct lower *l, struct span at)
{
    code_at(l->c, at.from);
    lower_span(l, at);
}

/* ---- declarations ---------------------------------------------------------
 */

static enum residence where(struct lower *l, const struct decl *d)
{
    return (enum residence)l->fn->frame->where[d->index];
}

/* Whether d can be declared just as the user did. */
static bool keeps_text(struct lower *l, const struct decl *d)
{
    enum residence r = where(l, d);

    return r == RES_LOCAL || (r == RES_SAVED && !type_is_const(d->type));
}

static bool is_braced(const struct expr *e)
{
    return e->kind == EX_INIT ||
           (e->kind == EX_STRING && e->type->kind == TY_ARRAY);
}

/* The initialisation of an object that lives in the frame. */
static void init_in_frame(struct lower *l, const struct decl *d,
                          const struct expr *e)
{
    bool array = d->type->kind == TY_ARRAY;
    const char *type = lower_decl(l, d->type, "");

    code_at(l->c, l->at);
    if (array || (is_braced(e) && type_is_aggregate(d->type))) {
        code_printf(l->c, "__builtin_memcpy(%s%s, %s(%s)",
                    lower_address(d->type), d->emit, lower_address(d->type),
                    type);
        if (!is_braced(e) || e->kind == EX_STRING)
            code_text(l->c, "{");
        lower_expr(l, e);
        if (!is_braced(e) || e->kind == EX_STRING)
            code_text(l->c, "}");
        code_printf(l->c, ", sizeof %s);", d->emit);
        return;
    }
    lower_set_begin(l, d->type, d->emit);
    if (e->kind == EX_INIT)
        code_printf(l->c, "(%s)", type);
    lower_expr(l, e);
    lower_set_end(l, d->type, d->emit);
}

static void lower_decl_one(struct lower *l, const struct nstmt *s)
{
    const struct decl *d = s->d;

    l->at = s->at.from;
    if (d->literal || d->coro)
        return; /* filled where it stands, or by N_MAKE */
    if (where(l, d) == RES_FRAME) {
        if (s->e)
            init_in_frame(l, d, s->e);
        return;
    }
    code_at(l->c, l->at);
    code_text(l->c, lower_decl(l, d->type, d->name->s));
    if (d->attrs.to > d->attrs.from && !d->cleanup) {
        code_text(l->c, " ");
        lower_span(l, d->attrs);
    }
    if (s->e) {
        code_text(l->c, " = ");
        lower_expr(l, s->e);
    }
    code_text(l->c, ";");
    lower_declared(l, s->d);
}

static bool group_keeps_text(struct lower *l, const struct nstmt *s)
{
    for (uint32_t i = 0; i < s->body.n; i++)
        if (!keeps_text(l, s->body.v[i]->d))
            return false;
    return true;
}

static void lower_tags(struct lower *l, const struct stmt *s)
{
    lower_enums(l, s->at);
    for (uint32_t i = 0; i < s->ntags; i++) {
        if (s->tags[i]->emit_name)
            continue; /* moved to file scope */
        code_at(l->c, s->tags[i]->toks.from);
        lower_span(l, s->tags[i]->toks);
        code_text(l->c, ";");
    }
}

static void lower_decls(struct lower *l, const struct nstmt *s)
{
    if (group_keeps_text(l, s)) {
        lower_enums(l, s->orig->at);
        copy(l, s->orig->at);
        for (uint32_t i = 0; i < s->body.n; i++)
            lower_declared(l, s->body.v[i]->d);
        return;
    }
    lower_tags(l, s->orig);
    lower_list(l, s);
}

/* ---- control --------------------------------------------------------------
 */

static void close_brace(struct lower *l, tokidx at)
{
    code_at(l->c, at);
    code_text(l->c, "}");
}

static tokidx last_token(const struct nstmt *s)
{
    return s->at.to > s->at.from ? s->at.to - 1 : s->at.from;
}

static void condition(struct lower *l, const char *word, const struct nstmt *s)
{
    code_at(l->c, s->at.from);
    code_printf(l->c, "%s (%s", word, s->negate ? "!(" : "");
    lower_expr(l, s->e);
    code_text(l->c, s->negate ? "))" : ")");
}

/* `error == EAGAIN || error == EIO` */
static void test_codes(struct lower *l, const struct nstmt *s)
{
    for (uint32_t i = 0; i < s->ncodes; i++) {
        code_printf(l->c, "%s%s == (", i ? " || " : "", lower_name(s->d));
        lower_expr(l, s->codes[i]);
        code_text(l->c, ")");
    }
}

/* What `catch (int e)` takes: neither cancellation nor the end of a generator
 * that its consumer wishes. */
static void test_error(struct lower *l, const char *d)
{
    code_printf(l->c, "%s && %s != AWF_CANCELLED", d, d);
    if (l->func->decl->type->generator)
        code_printf(l->c, " && %s != AWF_CLOSED", d);
}

static void if_test(struct lower *l, const struct nstmt *s)
{
    const char *d;

    if (s->test == TEST_EXPR) {
        condition(l, "if", s);
        return;
    }
    d = lower_name(s->d);
    code_at(l->c, s->at.from);
    code_text(l->c, "if (");
    if (s->test == TEST_CODES)
        test_codes(l, s);
    else if (s->test == TEST_VALUE)
        code_printf(l->c, "%s == %u", d, s->value);
    else if (s->test == TEST_ERROR)
        test_error(l, d);
    else
        code_text(l->c, d);
    code_text(l->c, ")");
}

static void lower_if(struct lower *l, const struct nstmt *s)
{
    if_test(l, s);
    braced(l, s->s1);
    close_brace(l, last_token(s->s1));
    if (!s->s2)
        return;
    code_text(l->c, " else");
    braced(l, s->s2);
    close_brace(l, last_token(s->s2));
}

static void lower_do(struct lower *l, const struct nstmt *s)
{
    code_at(l->c, s->at.from);
    code_text(l->c, "do");
    braced(l, s->s1);
    close_brace(l, last_token(s->s1));
    code_text(l->c, " while (");
    lower_expr(l, s->e);
    code_text(l->c, ");");
}

static bool init_keeps_text(struct lower *l, const struct nstmt *init)
{
    if (init->body.n == 0)
        return true;
    if (init->body.n > 1)
        return false;
    if (init->body.v[0]->kind == N_DECLS)
        return group_keeps_text(l, init->body.v[0]);
    return init->body.v[0]->kind == N_EXPR;
}

static void for_header(struct lower *l, const struct nstmt *s, bool init)
{
    code_at(l->c, s->at.from);
    code_text(l->c, "for (");
    if (init && s->init->body.n)
        lower_span(l, s->orig->init->at);
    else
        code_text(l->c, ";");
    if (s->e) {
        code_text(l->c, " ");
        lower_expr(l, s->e);
    }
    code_text(l->c, ";");
    if (s->e2) {
        code_text(l->c, " ");
        lower_expr(l, s->e2);
    }
    code_text(l->c, ")");
}

static void declared_in(struct lower *l, const struct nstmt *init)
{
    for (uint32_t i = 0; i < init->body.n; i++) {
        const struct nstmt *s = init->body.v[i];

        if (s->kind == N_DECL)
            lower_declared(l, s->d);
        for (uint32_t k = 0; s->kind == N_DECLS && k < s->body.n; k++)
            lower_declared(l, s->body.v[k]->d);
    }
}

static void lower_for(struct lower *l, const struct nstmt *s)
{
    bool keep = init_keeps_text(l, s->init);
    uint32_t visible = l->visible.n;

    if (!keep) {
        code_at(l->c, s->at.from);
        code_text(l->c, "{");
        code_in(l->c);
        lower_list(l, s->init);
    }
    for_header(l, s, keep);
    declared_in(l, s->init);
    braced(l, s->s1);
    l->visible.n = visible;
    close_brace(l, last_token(s));
    if (!keep) {
        code_out(l->c);
        close_brace(l, last_token(s));
    }
}

static void lower_result(struct lower *l, const struct expr *e, tokidx at)
{
    const struct type *ret = l->func->decl->type->base;

    code_at(l->c, at);
    lower_set_begin(l, ret, "awf->ret");
    lower_value(l, e);
    lower_set_end(l, ret, "awf->ret");
}

static void lower_return(struct lower *l, const struct nstmt *s)
{
    if (s->e)
        lower_result(l, s->e, s->at.from);
    l->at = s->at.from;
    lower_leave(l, "0");
}

static void lower_check(struct lower *l, const struct nstmt *s)
{
    lower_line(l, "if (!%s)", lower_name(s->d));
    lower_line(l, "    awi_throw_zero(&awfd_%s, %u);", l->func->decl->name->s,
               unit_loc(l->u, s->at.from).line);
}

static void lower_thrown(struct lower *l, const struct nstmt *s)
{
    lower_line(l, "AWF_THROWN(%s, %u, %s);", l->func->decl->name->s,
               unit_loc(l->u, s->at.from).line, lower_name(s->d));
}

static void lower_trail(struct lower *l, const char *what,
                        const struct nstmt *s)
{
    lower_line(l, "%s(%u, %s);", what, (unsigned)s->value, lower_name(s->d));
}

static void lower_set(struct lower *l, const struct nstmt *s)
{
    const char *target = lower_name(s->d);

    code_at(l->c, s->at.from);
    lower_set_begin(l, s->d->type, target);
    if (s->e)
        lower_value(l, s->e);
    else if (s->src)
        code_text(l->c, lower_name(s->src));
    else
        code_printf(l->c, "%u", s->value);
    lower_set_end(l, s->d->type, target);
}

/* A label's own tokens, up to the statement behind it. */
static void lower_case(struct lower *l, const struct nstmt *s)
{
    struct span at = {s->orig->at.from, s->orig->s1->at.from};

    code_at(l->c, at.from);
    code_label(l->c);
    if (at.to == at.from)
        at.to = s->orig->at.to;
    lower_span(l, at);
    if (s->orig->s1->kind == STMT_DECL)
        code_text(l->c, ";"); /* C17 wants a statement there */
}

static void lower_expr_stmt(struct lower *l, const struct nstmt *s)
{
    code_at(l->c, s->at.from);
    lower_expr(l, s->e);
    code_text(l->c, ";");
}

static void lower_jump(struct lower *l, const struct nstmt *s)
{
    if (s->orig && s->orig->kind == STMT_GOTO_PTR) {
        code_at(l->c, s->at.from);
        code_text(l->c, "goto *");
        lower_expr(l, s->e);
        code_text(l->c, ";");
    } else if (s->orig) {
        copy(l, s->orig->at);
    } else {
        l->at = s->at.from;
        lower_line(l, "break;");
    }
}

static void lower_block(struct lower *l, const struct nstmt *s)
{
    code_at(l->c, s->at.from);
    code_text(l->c, "{");
    code_in(l->c);
    lower_list(l, s);
    code_out(l->c);
    close_brace(l, last_token(s));
}

static void lower_forever(struct lower *l, const struct nstmt *s)
{
    code_at(l->c, s->at.from);
    code_text(l->c, "for (;;)");
    braced(l, s->s1);
    close_brace(l, last_token(s));
}

/* The memory of an array of variable length; nothing when it is out. */
static void make_array(struct lower *l, const struct nstmt *s)
{
    const struct frame *f = l->fn->frame;
    const char *p = arena_printf(l->u->tree, "awf->%s", f->field[s->d->index]);

    lower_takes_memory(l, s->d->at,
                       "an array of variable length across an await",
                       "give it a constant length");
    lower_line(l, "%s = awi_mem_new(sizeof(%s));", p,
               lower_decl(l, s->d->type, ""));
    lower_no_memory(l, s->protect, p);
}

static void drop_array(struct lower *l, const struct decl *d)
{
    lower_line(l, "awi_mem_free(awf->%s, sizeof(%s));",
               l->fn->frame->field[d->index], lower_decl(l, d->type, ""));
}

static bool is_copied(const struct nstmt *s)
{
    return s->plain && s->orig && s->kind != N_DECLS && s->kind != N_DECL &&
           s->kind != N_CASE && s->kind != N_JUMP;
}

static void lower_stmt(struct lower *l, const struct nstmt *s)
{
    l->at = s->at.from;
    code_gap(l->c, s->at.from); /* even when nothing else is left of s */
    if (is_copied(s)) {
        if (s->kind == N_RAW)
            lower_enums(l, s->orig->at);
        copy(l, s->orig->at);
        return;
    }
    switch ((enum nstmt_kind)s->kind) {
    case N_EXPR: lower_expr_stmt(l, s); break;
    case N_SET: lower_set(l, s); break;
    case N_AWAIT: lower_await(l, s); break;
    case N_DECL: lower_decl_one(l, s); break;
    case N_DECLS: lower_decls(l, s); break;
    case N_TAGS: lower_tags(l, s->orig); break;
    case N_RAW: lower_asm(l, s->orig); break; /* others are copied */
    case N_BLOCK: lower_block(l, s); break;
    case N_IF: lower_if(l, s); break;
    case N_FOREVER: lower_forever(l, s); break;
    case N_WHILE:
        condition(l, "while", s);
        braced(l, s->s1);
        close_brace(l, last_token(s));
        break;
    case N_DO: lower_do(l, s); break;
    case N_FOR: lower_for(l, s); break;
    case N_SWITCH:
        condition(l, "switch", s);
        braced(l, s->s1);
        close_brace(l, last_token(s));
        break;
    case N_CASE: lower_case(l, s); break;
    case N_LABEL:
        code_at(l->c, s->at.from);
        code_label(l->c);
        code_printf(l->c, "%s:", s->name);
        break;
    case N_GOTO: lower_line(l, "goto %s;", s->name); break;
    case N_JUMP: lower_jump(l, s); break;
    case N_RETURN: lower_return(l, s); break;
    case N_RESULT: lower_result(l, s->e, s->at.from); break;
    case N_FAIL: lower_leave(l, lower_name(s->d)); break;
    case N_CHECK: lower_check(l, s); break;
    case N_THROWN: lower_thrown(l, s); break;
    case N_ASIDE: lower_trail(l, "AWF_ASIDE", s); break;
    case N_AGAIN: lower_trail(l, "AWF_AGAIN", s); break;
    case N_MARKS:
        lower_line(l, "%s = awi_marks_aside(awf_t, %s);", lower_name(s->d),
                   lower_name(s->src));
        break;
    case N_UNMARK:
        if (s->src)
            lower_line(l, "if (%s == AWF_CANCELLED)", lower_name(s->src));
        lower_line(l, "%sawi_marks_back(awf_t, %s);", s->src ? "    " : "",
                   lower_name(s->d));
        break;
    case N_CLEANUP:
        lower_line(l, "%s(&%s);", s->d->cleanup->s, lower_name(s->d));
        break;
    case N_MAKE:
        if (s->d->boxed)
            make_array(l, s);
        else
            lower_make(l, s);
        break;
    case N_TAKE: lower_take(l, s); break;
    case N_DROP:
        if (s->d->boxed)
            drop_array(l, s->d);
        else
            lower_drop(l, s);
        break;
    case N_TIMEOUT:
    case N_GROUP: lower_block_begin(l, s); break;
    case N_TIMEOUT_END: lower_timeout_end(l, s); break;
    case N_NOP: break;
    }
}

void lower_body(struct lower *l, const struct nstmt *body)
{
    lower_block(l, body);
}
