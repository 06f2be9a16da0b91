/* SPDX-License-Identifier: MIT
 * Operands of expressions, and the children of nodes in the order of their
 * tokens (walk.h), which has to agree with it. */
#include "tests/unit/suite.h"

#include <stdlib.h>

#include "gen/operand.h"
#include "gen/walk.h"
#include "tests/unit/body.h"

/* The expression of the first statement of f. */
static struct expr *first_expr(struct prepared *p, const char *z)
{
    prepare_body(p, z);
    struct stmt *s = p->f->func->body->body[0];
    ck_assert_int_eq(s->kind, STMT_EXPR);
    return s->e;
}

/* Their texts with a `|` between. */
static void put_part(struct buf *b, const struct unit *u, const struct expr *e)
{
    struct str text = unit_text(u, e->at);
    if (b->n)
        buf_putc(b, '|');
    buf_put(b, text.p, text.n);
}

struct collected {
    const struct unit *u;
    struct buf b;
    const struct expr *of;
    uint32_t evaluated;
    uint32_t last; /* token */
};

static void collect(void *ctx, struct expr *e)
{
    struct collected *c = ctx;
    ck_assert_uint_ge(e->at.from, c->last);
    c->last = e->at.from;
    put_part(&c->b, c->u, e);
    c->evaluated += c->of && walk_evaluates(c->of, e);
}

static const struct {
    const char *text;
    const char *operands; /* the evaluated ones */
    const char *children; /* all; NULL when the same */
} cases[] = {
    {"i;", "", NULL},
    {"(i);", "i", NULL},
    {"i + 2;", "i|2", NULL},
    {"i += 2;", "i|2", NULL},
    {"i ? 1 : 2;", "i|1|2", NULL},
    {"i ?: 2;", "i|2", NULL},
    {"i, u;", "i|u", NULL},
    {"plain(i);", "plain|i", NULL},
    {"p[i];", "p|i", NULL},
    {"q->n->x;", "q->n", NULL},
    {"(int)d;", "d", NULL},
    {"sizeof i;", "", "i"},
    {"sizeof(int);", "", NULL},
    {"_Generic(i, int: u, default: d);", "u", "i|u|d"},
    {"__builtin_choose_expr(1, i, u);", "i", "1|i|u"},
    {"(struct s){.x = i, .b = 2};", "{.x = i, .b = 2}", NULL},
    {"await g(i);", "g(i)", NULL},
};

START_TEST(operands_are_what_is_evaluated)
{
    struct prepared p;
    struct buf b = {0};
    struct expr *e = first_expr(&p, cases[_i].text);
    for (uint32_t i = 0; i < operand_count(e); i++)
        put_part(&b, &p.u, operand_at(e, i));
    buf_putc(&b, '\0');
    ck_assert_str_eq(b.p, cases[_i].operands);
    buf_free(&b);
    prepared_free(&p);
}
END_TEST

START_TEST(walking_finds_the_others_too)
{
    struct prepared p;
    struct expr *e = first_expr(&p, cases[_i].text);
    struct collected c = {.u = &p.u, .of = e};
    walk_operands(e, collect, &c);
    buf_putc(&c.b, '\0');
    const char *want =
        cases[_i].children ? cases[_i].children : cases[_i].operands;
    ck_assert_str_eq(c.b.p, want);
    ck_assert_uint_eq(c.evaluated, operand_count(e));
    buf_free(&c.b);
    prepared_free(&p);
}
END_TEST

static const struct {
    const char *text;
    bool lvalue;
} lvalues[] = {
    {"i = 1;", true}, {"i += 1;", true}, {"i++;", true},   {"--i;", true},
    {"&i;", true},    {"s.x;", true},    {"q->x;", false}, {"*p;", false},
    {"-i;", false},   {"i + 1;", false}, {"(i);", true},   {"(i + 1);", false},
};

START_TEST(some_operands_are_not_read)
{
    struct prepared p;
    struct expr *e = first_expr(&p, lvalues[_i].text);
    ck_assert_msg(operand_is_lvalue(e, 0) == lvalues[_i].lvalue, "%s",
                  lvalues[_i].text);
    ck_assert(!operand_is_lvalue(e, 1));
    prepared_free(&p);
}
END_TEST

START_TEST(strips_what_means_nothing)
{
    struct prepared p;
    struct expr *e = first_expr(&p, "((__extension__ (i)));");
    ck_assert_int_eq(operand_strip(e)->kind, EX_IDENT);
    ck_assert_ptr_eq(operand_strip(operand_strip(e)), operand_strip(e));
    prepared_free(&p);
}
END_TEST

static const struct {
    const char *text, *exprs;
} statements[] = {
    {"while (i) u;", "i"},
    {"for (i = 0; i < 3; i++) u;", "i < 3|i++"},
    {"switch (i) { }", "i"},
    {"return i;", "i"},
    {"int k = i, l[2] = {u};", "i|2|{u}"},
    {"try { } catch (1, 2) { }", "1|2"},
    {"throw i;", "i"},
    {"asm(\"\" : \"=r\"(i) : \"r\"(u));", "i|u"},
    {"{ i; }", ""},
};

START_TEST(statements_have_expressions_of_their_own)
{
    struct prepared p;
    prepare_body(&p, statements[_i].text);
    struct collected c = {.u = &p.u};
    walk_exprs(p.f->func->body->body[0], collect, &c);
    buf_putc(&c.b, '\0');
    ck_assert_str_eq(c.b.p, statements[_i].exprs);
    buf_free(&c.b);
    prepared_free(&p);
}
END_TEST

static void count(void *ctx, struct stmt *s)
{
    uint32_t *n = ctx;
    ck_assert_ptr_nonnull(s);
    ++*n;
}

static const struct {
    const char *text;
    uint32_t inside;
} nested[] = {
    {"i;", 0},
    {"{ i; u; { d; } }", 3},
    {"if (i) u; else d;", 2},
    {"for (int k = 0; ; ) k;", 2},
    {"do i; while (u);", 1},
    {"try { } catch (1) { } catch (int e) { } finally { }", 4},
    {"defer i;", 1},
    {"l: i;", 1},
};

START_TEST(statements_inside_are_visited_once)
{
    struct prepared p;
    uint32_t n = 0;
    prepare_body(&p, nested[_i].text);
    walk_stmts(p.f->func->body->body[0], count, &n);
    ck_assert_msg(n == nested[_i].inside, "%s: %u", nested[_i].text, n);
    prepared_free(&p);
}
END_TEST

Suite *suite_operand(void)
{
    Suite *s = suite_create("operand");
    TCase *t = tcase_create("operand");
    int n = LEN(cases);
    tcase_add_loop_test(t, operands_are_what_is_evaluated, 0, n);
    tcase_add_loop_test(t, walking_finds_the_others_too, 0, n);
    tcase_add_loop_test(t, some_operands_are_not_read, 0, LEN(lvalues));
    tcase_add_test(t, strips_what_means_nothing);
    n = LEN(statements);
    tcase_add_loop_test(t, statements_have_expressions_of_their_own, 0, n);
    n = LEN(nested);
    tcase_add_loop_test(t, statements_inside_are_visited_once, 0, n);
    suite_add_tcase(s, t);
    return s;
}
