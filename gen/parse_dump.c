/* SPDX-License-Identifier: MIT
 * --dump=ast: a line a statement, expressions as `(op operands):type`, with
 * `=value` behind integer constants that are no literals. */
#include <inttypes.h>

#include "gen/buf.h"
#include "gen/parse.h"

struct dump {
    const struct unit *u;
    struct buf *out;
    int depth;
};

static void dump_expr(struct dump *d, const struct expr *e);
static void dump_stmt(struct dump *d, const struct stmt *s);

static void dump_tokens(struct dump *d, struct span at)
{
    struct str s = unit_text(d->u, at);
    bool space = false;
    for (size_t i = 0; i < s.n; i++) {
        bool white = s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t';
        if (!white || !space)
            buf_putc(d->out, white ? ' ' : s.p[i]);
        space = white;
    }
}

static void dump_type(struct dump *d, const struct type *ty)
{
    buf_putc(d->out, ':');
    if (ty->kind == TY_CORO) {
        buf_puts(d->out, "coro(");
        type_describe(d->out, ty->base, "");
        buf_putc(d->out, ')');
    } else {
        type_describe(d->out, ty, "");
    }
}

/* ---- expressions ------------------------------------------------------- */

static void dump_part(struct dump *d, const struct expr *e)
{
    buf_putc(d->out, ' ');
    if (e)
        dump_expr(d, e);
    else
        buf_putc(d->out, '-');
}

static void dump_args(struct dump *d, const struct expr *e)
{
    for (uint32_t i = 0; i < e->nargs; i++) {
        if (e->kind == EX_INIT &&
            e->inits[i].designation.to > e->inits[i].designation.from) {
            buf_putc(d->out, ' ');
            dump_tokens(d, e->inits[i].designation);
        }
        if (e->kind == EX_INIT && e->args[i]->kind != EX_INIT) {
            buf_puts(d->out, " [");
            type_describe(d->out, e->inits[i].type, "");
            buf_putc(d->out, ']');
        }
        dump_part(d, e->args[i]);
    }
}

static const char *expr_head(const struct expr *e)
{
    static const char *const heads[] = {
        [EX_ERROR] = "error",     [EX_PAREN] = "paren",
        [EX_COND] = "?:",         [EX_COMMA] = ",",
        [EX_CALL] = "call",       [EX_INDEX] = "index",
        [EX_CAST] = "cast",       [EX_COMPOUND] = "literal",
        [EX_INIT] = "init",       [EX_GENERIC] = "generic",
        [EX_STMT_EXPR] = "stmts", [EX_AWAIT] = "await",
        [EX_CORO] = "coro",       [EX_FORM] = "form",
        [EX_BUILTIN] = "builtin", [EX_LABEL_ADDR] = "label",
    };
    return heads[e->kind];
}

/* The operator without the quotes that messages put around it. */
static void dump_operator(struct dump *d, const struct expr *e)
{
    const char *s = tok_kind_name((enum tok_kind)e->op);
    if (e->kind == EX_POSTFIX)
        buf_puts(d->out, "post");
    for (; *s; s++) {
        if (*s != '\'')
            buf_putc(d->out, *s);
    }
}

static void dump_head(struct dump *d, const struct expr *e)
{
    if (expr_head(e))
        buf_puts(d->out, expr_head(e));
    else
        dump_operator(d, e);
    if (e->kind == EX_CORO || e->kind == EX_FORM) {
        buf_putc(d->out, ' ');
        dump_tokens(d, (struct span){e->at.from, e->at.from + 1});
        if (e->decl) /* the index of aw_gather_each */
            buf_printf(d->out, " %s", e->decl->name->s);
    }
    if (e->name)
        buf_printf(d->out, " %s", e->name->s);
    if (e->of) {
        buf_puts(d->out, " <");
        type_describe(d->out, e->of, "");
        buf_putc(d->out, '>');
    }
}

static void dump_node(struct dump *d, const struct expr *e)
{
    buf_putc(d->out, '(');
    dump_head(d, e);
    if (e->a)
        dump_part(d, e->a);
    if (e->b || e->kind == EX_COND)
        dump_part(d, e->b);
    if (e->c)
        dump_part(d, e->c);
    dump_args(d, e);
    if (e->block) {
        buf_putc(d->out, '\n');
        d->depth += 2;
        dump_stmt(d, e->block);
        d->depth -= 2;
        buf_printf(d->out, "%*s", d->depth * 2, "");
    }
    buf_putc(d->out, ')');
}

static void dump_expr(struct dump *d, const struct expr *e)
{
    bool literal =
        e->kind == EX_NUM || e->kind == EX_CHAR || e->kind == EX_STRING;

    if (literal || e->kind == EX_IDENT)
        dump_tokens(d, e->at);
    else
        dump_node(d, e);
    dump_type(d, e->type);
    if (e->constant && e->kind != EX_NUM)
        buf_printf(d->out, "=%" PRId64, e->value);
}

/* ---- statements -------------------------------------------------------- */

static const char *stmt_head(const struct stmt *s)
{
    static const char *const heads[] = {
        [STMT_NULL] = "null",
        [STMT_EXPR] = "expr",
        [STMT_DECL] = "decl",
        [STMT_BLOCK] = "block",
        [STMT_IF] = "if",
        [STMT_WHILE] = "while",
        [STMT_DO] = "do",
        [STMT_FOR] = "for",
        [STMT_SWITCH] = "switch",
        [STMT_CASE] = "case",
        [STMT_DEFAULT] = "default",
        [STMT_LABEL] = "label",
        [STMT_GOTO] = "goto",
        [STMT_GOTO_PTR] = "goto *",
        [STMT_BREAK] = "break",
        [STMT_CONTINUE] = "continue",
        [STMT_RETURN] = "return",
        [STMT_ASM] = "asm",
        [STMT_LABEL_DECL] = "__label__",
        [STMT_FUNC] = "func",
        [STMT_STATIC_ASSERT] = "static_assert",
        [STMT_TRY] = "try",
        [STMT_THROW] = "throw",
        [STMT_DEFER] = "defer",
        [STMT_YIELD] = "yield",
        [STMT_GROUP] = "aw_group",
        [STMT_TIMEOUT] = "aw_timeout_ms",
        [STMT_AW_FOR] = "aw_for",
    };
    return heads[s->kind];
}

static void dump_decl(struct dump *d, const struct decl *x)
{
    static const char *const storage[] = {
        [ST_NONE] = "",
        [ST_EXTERN] = "extern ",
        [ST_STATIC] = "static ",
        [ST_AUTO] = "auto ",
        [ST_REGISTER] = "register ",
        [ST_TYPEDEF] = "typedef ",
    };
    buf_printf(d->out, " [%s", storage[x->storage]);
    type_describe(d->out, x->type, x->name ? x->name->s : "");
    if (x->addr_taken)
        buf_puts(d->out, " &");
    if (x->init) {
        buf_puts(d->out, " = ");
        dump_expr(d, x->init);
    }
    buf_putc(d->out, ']');
}

static void dump_clause(struct dump *d, const struct catch_clause *c)
{
    buf_printf(d->out, "%*scatch", d->depth * 2, "");
    if (c->var)
        dump_decl(d, c->var);
    for (uint32_t i = 0; i < c->ncodes; i++)
        dump_part(d, c->codes[i]);
    buf_putc(d->out, '\n');
    d->depth++;
    dump_stmt(d, c->body);
    d->depth--;
}

/* What stands on the statement's own line. */
static void dump_line(struct dump *d, const struct stmt *s)
{
    buf_printf(d->out, "%*s%s", d->depth * 2, "", stmt_head(s));
    if (s->name)
        buf_printf(d->out, " %s", s->name->s);
    for (uint32_t i = 0; i < s->ndecls; i++)
        dump_decl(d, s->decls[i]);
    if (s->e || s->kind == STMT_FOR)
        dump_part(d, s->e);
    if (s->e2)
        dump_part(d, s->e2);
    for (uint32_t i = 0; i < s->nargs; i++)
        dump_part(d, s->args[i]);
    buf_putc(d->out, '\n');
}

static void dump_stmt(struct dump *d, const struct stmt *s)
{
    dump_line(d, s);
    d->depth++;
    if (s->init)
        dump_stmt(d, s->init);
    if (s->s1)
        dump_stmt(d, s->s1);
    for (uint32_t i = 0; i < s->nclauses; i++)
        dump_clause(d, &s->clauses[i]);
    if (s->s2) {
        if (s->kind == STMT_IF || s->kind == STMT_TRY)
            buf_printf(d->out, "%*s%s\n", (d->depth - 1) * 2, "",
                       s->kind == STMT_IF ? "else" : "finally");
        dump_stmt(d, s->s2);
    }
    for (uint32_t i = 0; i < s->nbody; i++)
        dump_stmt(d, s->body[i]);
    if (s->kind == STMT_FUNC && s->ndecls && s->decls[0]->func)
        dump_stmt(d, s->decls[0]->func->body);
    d->depth--;
}

/* ---- pieces ------------------------------------------------------------ */

static void dump_func(struct dump *d, const struct func *f)
{
    buf_puts(d->out, "func ");
    type_describe(d->out, f->decl->type, f->decl->name->s);
    buf_putc(d->out, '\n');
    d->depth = 1;
    if (f->body)
        dump_stmt(d, f->body);
}

void parse_dump(const struct unit *u, struct buf *out)
{
    struct dump d = {.u = u, .out = out};

    for (uint32_t i = 0; i < u->pieces.n; i++) {
        const struct piece *p = &u->pieces.v[i];
        switch (p->kind) {
        case PIECE_FUNC: dump_func(&d, p->func); break;
        case PIECE_PROTO:
            buf_puts(out, "proto");
            for (uint32_t k = 0; k < p->ndecls; k++) {
                buf_putc(out, ' ');
                type_describe(out, p->decls[k]->type, p->decls[k]->name->s);
            }
            buf_putc(out, '\n');
            break;
        default:
            buf_printf(out, "pass %u tokens\n",
                       (unsigned)(p->at.to - p->at.from));
            break;
        }
    }
}
