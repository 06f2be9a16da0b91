/* SPDX-License-Identifier: MIT
 * The C compiler as a judge of our types and constants: reads preprocessed
 * C, parses the body of every function, and writes the text again with a
 * static assertion in front of each expression statement and declaration for
 * each expression in it. When gcc accepts the output, all agree.
 *
 *     judge FILE.i >FILE.c       exit status 1 when a body was not read
 *     judge -n FILE.i            only reads */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gen/buf.h"
#include "gen/lex.h"
#include "gen/parse.h"
#include "gen/sema.h"
#include "gen/sema_expr.h"
#include "gen/walk.h"

struct judge {
    struct unit u;
    struct buf *out;
    const struct expr *parent;
    uint32_t count;
};

/* A text that goes in at a byte of the input. */
struct insert {
    uint32_t off;
    char *text;
};

/* ---- assertions -------------------------------------------------------- */

/* The value of a bit-field has a type of gcc's own. */
static bool is_bit_field(const struct expr *e)
{
    switch (e->kind) {
    case EX_MEMBER: return e->bitfield;
    case EX_PAREN:
    case EX_ASSIGN:
    case EX_POSTFIX: return is_bit_field(e->a);
    case EX_UNARY:
        return (e->op == TK_EXTENSION || e->op == TK_INC || e->op == TK_DEC) &&
               is_bit_field(e->a);
    case EX_COMMA: return is_bit_field(e->b);
    case EX_GENERIC:
    case EX_BUILTIN: return e->chosen && is_bit_field(e->chosen);
    default: return false;
    }
}

/* Types that cannot be written down, or not twice. */
static bool is_nameless(const struct type *ty)
{
    for (; ty; ty = ty->base) {
        bool global = ty->alias && ty->alias->depth == 0;
        if (ty->vla || (ty->tag && !ty->tag->name && !global))
            return true;
        if (ty->kind == TY_ERROR || ty->kind == TY_VA_LIST)
            return true;
        for (uint32_t i = 0; ty->kind == TY_FUNC && i < ty->nparams; i++) {
            if (is_nameless(ty->params[i].type))
                return true;
        }
        if (ty->alias)
            return false;
    }
    return false;
}

static void find_label(void *ctx, struct stmt *s)
{
    bool *found = ctx;
    *found |= s->kind == STMT_LABEL || s->kind == STMT_LABEL_DECL ||
              s->kind == STMT_CASE || s->kind == STMT_DEFAULT ||
              s->kind == STMT_FUNC;
    walk_stmts(s, find_label, ctx);
}

/* Copying e would define something a second time. */
static void find_definition(void *ctx, struct expr *e)
{
    bool *found = ctx;
    if (e->kind == EX_STMT_EXPR)
        find_label(ctx, e->block);
    if (e->of && e->of->tag && e->of->tag->toks.from >= e->at.from &&
        e->of->tag->toks.to <= e->at.to)
        *found = true;
    walk_operands(e, find_definition, ctx);
}

static bool can_copy(struct expr *e)
{
    bool found = false;
    find_definition(&found, e);
    return !found;
}

/* Line breaks would move the messages away from their lines. */
static void put_flat(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        buf_putc(out, s.p[i] == '\n' ? ' ' : s.p[i]);
}

static bool has_marker(struct str s)
{
    for (size_t i = 0; i + 1 < s.n; i++) {
        if (s.p[i] == '\n' && s.p[i + 1] == '#')
            return true;
    }
    return false;
}

static void assert_type(struct judge *j, const struct expr *e)
{
    bool bits = is_bit_field(e);
    const struct type *ty = bits ? expr_value_type(&j->u.types, e) : e->type;

    if (is_nameless(ty) || ty->kind == TY_CORO)
        return;
    buf_puts(j->out, "_Static_assert(__builtin_types_compatible_p("
                     "__typeof__(");
    buf_puts(j->out, bits ? "+(" : "(");
    put_flat(j->out, unit_text(&j->u, e->at));
    buf_puts(j->out, ")), ");
    type_print(j->out, ty, "");
    buf_puts(j->out, "), \"type\"); ");
    j->count++;
}

static void assert_value(struct judge *j, const struct expr *e)
{
    /* `1 || f()` has a value, but gcc wants no call in an assertion */
    if (!e->constant || e->has_call || !type_is_integer(e->type))
        return;
    buf_puts(j->out, "_Static_assert((long long)(");
    put_flat(j->out, unit_text(&j->u, e->at));
    if (e->value == INT64_MIN)
        buf_puts(j->out, ") == (-9223372036854775807LL - 1), \"value\"); ");
    else
        buf_printf(j->out, ") == %" PRId64 "LL, \"value\"); ", e->value);
    j->count++;
}

static void judge_expr(void *ctx, struct expr *e)
{
    struct judge *j = ctx;
    const struct expr *parent = j->parent;
    bool skip = e->kind == EX_INIT || e->kind == EX_ERROR ||
                (e->kind == EX_IDENT && e->decl->kind == DECL_BUILTIN);
    /* a callee that nobody declared; a va_arg_pack of an inline function */
    if (e->kind == EX_IDENT && parent && parent->kind == EX_CALL &&
        parent->a == e && !e->type->has_proto)
        skip = true;
    if (!skip && can_copy(e) && !has_marker(unit_text(&j->u, e->at))) {
        assert_type(j, e);
        assert_value(j, e);
    }
    j->parent = e;
    if (e->kind != EX_BUILTIN || !e->constant)
        walk_operands(e, judge_expr, j);
    j->parent = parent;
}

/* ---- where they go ----------------------------------------------------- */

struct places {
    struct judge *j;
    VEC(struct insert) inserts;
};

static void add_insert(struct places *p, tokidx at)
{
    struct judge *j = p->j;
    struct insert x = {.off = j->u.toks.v[at].off};
    if (!j->out->n)
        return;
    x.text = arena_strndup(&j->u.arena, j->out->p, j->out->n);
    j->out->n = 0;
    VEC_PUSH(&j->u.arena, &p->inserts, x);
}

static void place_stmt(void *ctx, struct stmt *s);

static void inner_blocks(void *ctx, struct expr *e)
{
    if (e->block)
        place_stmt(ctx, e->block);
    walk_operands(e, inner_blocks, ctx);
}

/* In front of the statements of a block: what does not see their names. */
static void place_block(struct places *p, const struct stmt *s)
{
    for (uint32_t i = 0; i < s->nbody; i++) {
        const struct stmt *x = s->body[i];
        if (x->kind == STMT_EXPR || x->kind == STMT_RETURN ||
            x->kind == STMT_IF || x->kind == STMT_WHILE ||
            x->kind == STMT_SWITCH)
            walk_exprs(x, judge_expr, p->j);
        add_insert(p, x->at.from);
    }
}

/* Behind a declaration: its initialisers, which see its names. */
static void place_decl(struct places *p, const struct stmt *s)
{
    for (uint32_t i = 0; i < s->ndecls; i++) {
        if (s->decls[i]->init)
            judge_expr(p->j, s->decls[i]->init);
    }
    add_insert(p, s->at.to);
}

static void place_stmt(void *ctx, struct stmt *s)
{
    struct places *p = ctx;

    walk_exprs(s, inner_blocks, p);
    if (s->kind == STMT_BLOCK) {
        for (uint32_t i = 0; i < s->nbody; i++) {
            if (s->body[i]->kind == STMT_DECL)
                place_decl(p, s->body[i]);
        }
        place_block(p, s);
    }
    walk_stmts(s, place_stmt, p);
}

/* ---- the program -------------------------------------------------------- */

static int by_offset(const void *a, const void *b)
{
    const struct insert *x = a, *y = b;
    return x->off < y->off ? -1 : x->off > y->off;
}

static void write_out(struct places *p)
{
    struct str text = p->j->u.src.text;
    size_t at = 0;

    qsort(p->inserts.v, p->inserts.n, sizeof *p->inserts.v, by_offset);
    for (uint32_t i = 0; i < p->inserts.n; i++) {
        fwrite(text.p + at, 1, p->inserts.v[i].off - at, stdout);
        fputs(p->inserts.v[i].text, stdout);
        at = p->inserts.v[i].off;
    }
    fwrite(text.p + at, 1, text.n - at, stdout);
}

static void judge_unit(struct judge *j)
{
    struct places p = {.j = j};

    for (uint32_t i = 0; i < j->u.funcs.n; i++)
        place_stmt(&p, j->u.funcs.v[i]->body);
    write_out(&p);
}

static char *read_all(const char *name, size_t *n)
{
    FILE *f = fopen(name, "rb");
    struct buf b = {0};
    char chunk[4096];
    size_t got;

    if (!f)
        exit(2);
    while ((got = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_put(&b, chunk, got);
    fclose(f);
    buf_putc(&b, '\0');
    *n = b.n - 1;
    return b.p;
}

int main(int argc, char **argv)
{
    bool only_read = argc > 2 && strcmp(argv[1], "-n") == 0;
    struct buf out = {0}, msgs = {0};
    struct judge j = {.out = &out};
    size_t n;

    if (argc < 2)
        return 2;
    char *text = read_all(argv[argc - 1], &n);
    unit_init(&j.u, (struct str){text, n}, argv[argc - 1], NULL, NULL);
    j.u.parse_all_bodies = true;
    lex(&j.u);
    parse(&j.u);
    sema(&j.u);
    diag_print(&j.u, &msgs, false);
    fputs(msgs.n ? msgs.p : "", stderr);
    bool good = j.u.errors == 0 && j.u.unread == 0;
    if (good) {
        parse_verify(&j.u);
        if (!only_read)
            judge_unit(&j);
        fprintf(stderr, "%u functions, %u assertions\n", (unsigned)j.u.funcs.n,
                (unsigned)j.count);
    }
    buf_free(&out);
    buf_free(&msgs);
    free(text);
    unit_free(&j.u);
    return good ? 0 : 1;
}
