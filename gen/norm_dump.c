/* SPDX-License-Identifier: MIT
 * The check and the dump of the normal form. */
#include "gen/buf.h"
#include "gen/coro.h"
#include "gen/norm.h"
#include "gen/operand.h"
#include "gen/verify.h"

/* ---- verify ---------------------------------------------------------------
 */

struct check {
    const struct norm *n;
    uint32_t awaits;
};

/* An await that is left in e is replaced by a temporary somewhere above. */
static void check_expr(const struct expr *e)
{
    if (!e || e->repl || !e->has_await)
        return;
    VERIFY("norm", e->kind != EX_AWAIT && e->kind != EX_STMT_EXPR);
    for (uint32_t i = 0; i < operand_count(e); i++)
        check_expr(operand_at(e, i));
}

static void check_coro(struct expr *e)
{
    struct expr *lvalue, *c = coro_of(e, &lvalue);

    check_expr(lvalue);
    if (c->kind == EX_CORO) {
        for (uint32_t i = 0; i < c->nargs; i++)
            check_coro(c->args[i]);
        return;
    }
    for (uint32_t i = 0; i < operand_count(c); i++)
        check_expr(operand_at(c, i));
}

static void check_stmt(struct check *k, const struct nstmt *s)
{
    const struct nstmt *sub[3] = {s->init, s->s1, s->s2};

    check_expr(s->e);
    check_expr(s->e2);
    if (s->kind == N_AWAIT) {
        k->awaits += s->state != 0;
        VERIFY("norm", s->state <= k->n->awaits.n);
        VERIFY("norm", !s->state || k->n->awaits.v[s->state - 1] == s);
        VERIFY("norm", s->state || coro_is_direct(s->coro));
        VERIFY("norm",
               (s->op == AWAIT_YIELD || s->op >= AWAIT_GROUP) == !s->coro);
        VERIFY("norm", (s->op >= AWAIT_NEXT && s->op != AWAIT_DRAIN) ==
                           (s->src != NULL));
        if (s->op == AWAIT_CORO)
            check_coro(s->coro);
    }
    if (s->kind == N_MAKE && s->d->coro)
        check_coro(s->d->coro);
    for (int i = 0; i < 3; i++)
        if (sub[i])
            check_stmt(k, sub[i]);
    for (uint32_t i = 0; i < s->body.n; i++)
        check_stmt(k, s->body.v[i]);
}

void norm_verify(const struct unit *u, const struct norm *n)
{
    struct check k = {n, 0};

    if (u->errors)
        return;
    check_stmt(&k, n->body);
    VERIFY("norm", k.awaits == n->awaits.n);
}

/* ---- dump -----------------------------------------------------------------
 */

struct dumper {
    const struct unit *u;
    struct buf *out;
    unsigned indent;
};

static void line(struct dumper *d, const char *text)
{
    buf_printf(d->out, "%*s%s", (int)d->indent * 2, "", text);
}

static void put_token(struct dumper *d, struct str s)
{
    bool start = d->out->n == 0 || d->out->p[d->out->n - 1] == ' ' ||
                 d->out->p[d->out->n - 1] == '\n';

    buf_printf(d->out, "%s%.*s", start ? "" : " ", (int)s.n, s.p);
}

/* The tokens of e, replaced parts as their temporaries, on one line. */
static void put_tokens(struct dumper *d, const struct expr *e, tokidx *at)
{
    if (e->repl) {
        for (; *at < e->at.from; ++*at)
            put_token(d, unit_tok(d->u, *at));
        put_token(d, str_z(e->repl->name->s));
        *at = e->at.to;
        return;
    }
    for (uint32_t i = 0; e->effects && i < operand_count(e); i++)
        put_tokens(d, operand_at(e, i), at);
    for (; *at < e->at.to; ++*at)
        put_token(d, unit_tok(d->u, *at));
}

static void put_expr(struct dumper *d, const struct expr *e)
{
    tokidx at;

    if (!e)
        return;
    at = e->at.from;
    put_tokens(d, e, &at);
}

static void put_orig(struct dumper *d, const struct stmt *s)
{
    tokidx end = s->at.to;

    if (s->kind == STMT_CASE || s->kind == STMT_DEFAULT ||
        s->kind == STMT_LABEL)
        end = s->s1->at.from;
    for (tokidx t = s->at.from; t < end; t++)
        buf_printf(d->out, "%s%.*s", t > s->at.from ? " " : "",
                   (int)unit_tok(d->u, t).n, unit_tok(d->u, t).p);
}

static void dump_stmt(struct dumper *d, const struct nstmt *s);

static void dump_sub(struct dumper *d, const char *word, const struct nstmt *s)
{
    if (!s)
        return;
    if (word) {
        line(d, word);
        buf_putc(d->out, '\n');
    }
    d->indent++;
    for (uint32_t i = 0; i < s->body.n; i++)
        dump_stmt(d, s->body.v[i]);
    d->indent--;
}

static void dump_await(struct dumper *d, const struct nstmt *s)
{
    static const char *const op[] = {"await", "yield",     "next",
                                     "close", "end group", "drain"};

    line(d, "");
    if (s->dest == DEST_DECL || s->op == AWAIT_NEXT || s->op == AWAIT_GROUP)
        buf_printf(d->out, "%s = ", s->d->name->s);
    if (s->dest == DEST_RETURN)
        buf_puts(d->out, "return ");
    if (s->dest == DEST_EXPR) {
        put_expr(d, s->e);
        buf_puts(d->out, " = ");
    }
    if (s->state)
        buf_printf(d->out, "%s[%u]", op[s->op], s->state);
    else
        buf_puts(d->out, "call");
    if (s->src)
        buf_printf(d->out, " %s", s->src->name->s);
    else if (s->of)
        buf_printf(d->out, " [%u]", s->of->state);
    else if (s->op == AWAIT_DRAIN)
        buf_puts(d->out, " all");
    else
        put_expr(d, s->coro);
    if (s->protect)
        buf_printf(d->out, ", error to %s", s->protect->label);
    buf_putc(d->out, '\n');
}

static void dump_decl(struct dumper *d, const struct nstmt *s)
{
    line(d, "decl ");
    type_print(d->out, s->d->type, s->d->name->s);
    if (s->e)
        buf_puts(d->out, " =");
    put_expr(d, s->e);
    buf_putc(d->out, '\n');
}

/* `word expr`, then the parts indented. */
static void dump_control(struct dumper *d, const char *word,
                         const struct nstmt *s)
{
    line(d, word);
    if (s->negate)
        buf_puts(d->out, " not");
    put_expr(d, s->e);
    buf_putc(d->out, '\n');
    dump_sub(d, s->init && s->init->body.n ? "init" : NULL, s->init);
    dump_sub(d, NULL, s->s1);
    if (s->e2) {
        line(d, "step");
        put_expr(d, s->e2);
        buf_putc(d->out, '\n');
    }
    dump_sub(d, "else", s->s2);
}

static void dump_error(struct dumper *d, const char *word,
                       const struct nstmt *s)
{
    line(d, word);
    buf_printf(d->out, " %s\n", s->d->name->s);
}

static void dump_make(struct dumper *d, const struct nstmt *s)
{
    line(d, "make ");
    buf_puts(d->out, s->d->name->s);
    if (s->d->coro)
        buf_puts(d->out, " =");
    put_expr(d, s->d->coro);
    buf_putc(d->out, '\n');
}

static void dump_begin(struct dumper *d, const char *word,
                       const struct nstmt *s)
{
    line(d, word);
    buf_printf(d->out, " %s", s->d->name->s);
    if (s->e)
        put_expr(d, s->e);
    buf_putc(d->out, '\n');
}

static void dump_end(struct dumper *d, const struct nstmt *s)
{
    line(d, "");
    buf_printf(d->out, "%s = end timeout %s\n", s->d->name->s, s->src->name->s);
}

static void dump_if(struct dumper *d, const struct nstmt *s)
{
    static const char *const text[] = {[TEST_SET] = "",
                                       [TEST_ERROR] = " an error",
                                       [TEST_CODES] = " one of",
                                       [TEST_VALUE] = " =="};

    if (s->test == TEST_EXPR) {
        dump_control(d, "if", s);
        return;
    }
    line(d, "if ");
    buf_printf(d->out, "%s%s", s->d->name->s, text[s->test]);
    if (s->test == TEST_VALUE)
        buf_printf(d->out, " %u", s->value);
    for (uint32_t i = 0; i < s->ncodes; i++)
        put_expr(d, s->codes[i]);
    buf_putc(d->out, '\n');
    dump_sub(d, NULL, s->s1);
    dump_sub(d, "else", s->s2);
}

static void dump_simple(struct dumper *d, const char *word,
                        const struct nstmt *s)
{
    line(d, word);
    if (s->name)
        buf_printf(d->out, " %s", s->name);
    if (s->kind == N_SET || s->kind == N_TAKE)
        buf_printf(d->out, "%s%s =", s->kind == N_TAKE ? " " : "",
                   s->d->name->s);
    if (s->e && s->kind != N_CASE)
        put_expr(d, s->e);
    else if (s->src)
        buf_printf(d->out, " %s", s->src->name->s);
    else if (s->kind == N_SET)
        buf_printf(d->out, " %u", s->value);
    else if (s->orig && s->kind != N_RETURN && s->kind != N_GOTO)
        put_orig(d, s->orig);
    else if (s->kind == N_JUMP)
        buf_puts(d->out, "break");
    buf_putc(d->out, '\n');
}

static void dump_stmt(struct dumper *d, const struct nstmt *s)
{
    switch ((enum nstmt_kind)s->kind) {
    case N_EXPR: dump_simple(d, "eval", s); break;
    case N_SET: dump_simple(d, "", s); break;
    case N_AWAIT: dump_await(d, s); break;
    case N_DECL: dump_decl(d, s); break;
    case N_DECLS:
        for (uint32_t i = 0; i < s->body.n; i++)
            dump_stmt(d, s->body.v[i]);
        break;
    case N_TAGS: dump_simple(d, "tags ", s); break;
    case N_RAW: dump_simple(d, "", s); break;
    case N_BLOCK: dump_sub(d, "block", s); break;
    case N_IF: dump_if(d, s); break;
    case N_FOREVER: dump_control(d, "forever", s); break;
    case N_WHILE: dump_control(d, "while", s); break;
    case N_DO: dump_control(d, "do while", s); break;
    case N_FOR: dump_control(d, "for", s); break;
    case N_SWITCH: dump_control(d, "switch", s); break;
    case N_CASE: dump_simple(d, "", s); break;
    case N_LABEL: dump_simple(d, "label", s); break;
    case N_GOTO: dump_simple(d, "goto", s); break;
    case N_JUMP: dump_simple(d, "", s); break;
    case N_RETURN: dump_simple(d, "return", s); break;
    case N_RESULT: dump_simple(d, "result", s); break;
    case N_FAIL: dump_error(d, "fail", s); break;
    case N_CHECK: dump_error(d, "check", s); break;
    case N_THROWN: dump_error(d, "thrown", s); break;
    case N_ASIDE: dump_error(d, "aside", s); break;
    case N_AGAIN: dump_error(d, "again", s); break;
    case N_MARKS: dump_error(d, "marks", s); break;
    case N_UNMARK: dump_error(d, "unmark", s); break;
    case N_CLEANUP: dump_error(d, "cleanup", s); break;
    case N_MAKE: dump_make(d, s); break;
    case N_TAKE: dump_simple(d, "take", s); break;
    case N_DROP: dump_error(d, "drop", s); break;
    case N_TIMEOUT: dump_begin(d, "timeout", s); break;
    case N_GROUP: dump_begin(d, "group", s); break;
    case N_TIMEOUT_END: dump_end(d, s); break;
    case N_NOP: break;
    }
}

void norm_dump(const struct unit *u, const struct norm *n, struct buf *out)
{
    struct dumper d = {u, out, 0};

    buf_printf(out, "%s\n", n->func->decl->name->s);
    dump_sub(&d, NULL, n->body);
}
