/* SPDX-License-Identifier: MIT
 * Inline assembler in bodies. The text is the C compiler's; what counts here
 * are the operands: their objects must stay at one address. */
#include "gen/parse_body.h"

struct asm_parse {
    struct stmt *s;
    VEC(struct expr *) args;
    VEC(struct atom *) labels;
    uint32_t section; /* colons seen: 1 outputs, 2 inputs, 3 clobbers,
                         4 labels */
};

/* [ "[" name "]" ] string "(" expression ")" */
static void parse_operand(struct parser *p, struct asm_parse *a)
{
    tokidx open = p->pos;

    if (parse_accept(p, TK_LBRACK)) {
        parse_expect(p, TK_IDENT);
        parse_close(p, TK_RBRACK, open);
    }
    if (!parse_at(p, TK_STRING))
        parse_error(p, "a constraint");
    while (parse_accept(p, TK_STRING))
        continue;
    open = p->pos;
    parse_expect(p, TK_LPAREN);
    struct expr *e = parse_expr(p);
    parse_close(p, TK_RPAREN, open);
    expr_mark_address(p, e);
    if (a->section == 1) {
        expr_not_read(e);
        expr_check_write(p, e);
    }
    VEC_PUSH(p->u->tree, &a->args, e);
}

/* string | label */
static void parse_asm_name(struct parser *p, struct asm_parse *a)
{
    tokidx at = p->pos;

    if (a->section == 3) {
        parse_expect(p, TK_STRING);
        while (parse_accept(p, TK_STRING))
            continue;
    } else if (parse_expect(p, TK_IDENT)) {
        label_use(p, p->u->toks.v[at].atom, NULL);
        VEC_PUSH(p->u->tree, &a->labels, p->u->toks.v[at].atom);
    }
}

/* operand { "," operand } */
static void parse_section(struct parser *p, struct asm_parse *a)
{
    if (parse_at(p, TK_COLON) || parse_at(p, TK_COLONCOLON) ||
        parse_at(p, TK_RPAREN))
        return;
    do {
        if (a->section <= 2)
            parse_operand(p, a);
        else
            parse_asm_name(p, a);
    } while (parse_accept(p, TK_COMMA));
}

/* asm { volatile | inline | goto } "(" string { ":" section } ")" ";" */
struct stmt *parse_asm(struct parser *p)
{
    struct stmt_mark m = stmt_mark(p);
    struct asm_parse a = {.s = stmt_new(p, STMT_ASM)};

    parse_advance(p);
    while (parse_accept(p, TK_VOLATILE) || parse_accept(p, TK_INLINE) ||
           parse_accept(p, TK_GOTO))
        continue;
    tokidx open = p->pos;
    parse_expect(p, TK_LPAREN);
    if (!parse_at(p, TK_STRING))
        parse_error(p, "a string");
    while (parse_accept(p, TK_STRING))
        continue;
    while (parse_at(p, TK_COLON) || parse_at(p, TK_COLONCOLON)) {
        a.section += parse_at(p, TK_COLONCOLON) ? 2 : 1;
        parse_advance(p);
        parse_section(p, &a);
    }
    parse_close(p, TK_RPAREN, open);
    parse_expect(p, TK_SEMI);
    a.s->args = a.args.v;
    a.s->nargs = a.args.n;
    if (a.labels.n)
        body_jumps(p);
    a.s->labels = ARENA_ARRAY(p->u->tree, struct stmt *, a.labels.n);
    a.s->nlabels = a.labels.n;
    for (uint32_t i = 0; i < a.labels.n; i++)
        label_use(p, a.labels.v[i], &a.s->labels[i]);
    return stmt_end(p, a.s, m);
}
