/* SPDX-License-Identifier: MIT
 * Awaits inside expressions: what moves, and that nothing changes places. */
#include "tests/unit/suite.h"

#include <ctype.h>
#include <stdlib.h>

#include "tests/unit/body.h"
#include "tests/unit/util.h"

static char *normal_form(const char *z)
{
    struct prepared p;
    struct buf b = {0};
    prepare_body(&p, z);
    norm_verify(&p.u, p.f->norm);
    norm_dump(&p.u, p.f->norm, &b);
    buf_putc(&b, '\0');
    prepared_free(&p);
    return b.p;
}

static const struct {
    const char *text, *dump;
} cases[] = {
    {"await v();", "f\n  await[1] v ( )\n"},
    {"i = await g(1);", "f\n  i = await[1] g ( 1 )\n"},
    {"return await g(1);", "f\n  return await[1] g ( 1 )\n  return\n"},
    /* reads stay behind the await, calls move before it */
    {"i = u + await g(1);",
     "f\n  awf_v1 = await[1] g ( 1 )\n  eval i = u + awf_v1\n"},
    {"i += await g(1);",
     "f\n  awf_v1 = await[1] g ( 1 )\n  eval i += awf_v1\n"},
    {"await g(plain(1) + await g(2) + plain(3));",
     "f\n  awf_v1 = plain ( 1 )\n  awf_v2 = await[1] g ( 2 )\n"
     "  await[2] g ( awf_v1 + awf_v2 + plain ( 3 ) )\n"},
    /* only what C evaluates is evaluated */
    {"i && await g(1);", "f\n  if i\n    await[1] g ( 1 )\n"},
    {"i || await g(1);", "f\n  if not i\n    await[1] g ( 1 )\n"},
    {"i = u ? await g(1) : 2;",
     "f\n  if u\n    awf_v2 = await[1] g ( 1 )\n    awf_v1 = awf_v2\n"
     "  else\n    awf_v1 = 2\n  eval i = awf_v1\n"},
    {"sizeof(plain(1)) + await g(2);", "f\n  awf_v1 = await[1] g ( 2 )\n"},
};

START_TEST(only_the_path_to_an_await_moves)
{
    char *got = normal_form(cases[_i].text);
    ck_assert_str_eq(got, cases[_i].dump);
    free(got);
}
END_TEST

/* ---- order ----------------------------------------------------------------
 * Random expressions in which every call has a number, later ones larger. */

struct maker {
    struct buf out;
    uint64_t seed;
    unsigned next;
};

enum { FIRST = 1000 };

static void make(struct maker *m, unsigned depth);

static void make_pair(struct maker *m, unsigned depth, const char *op)
{
    buf_putc(&m->out, '(');
    make(m, depth);
    buf_puts(&m->out, op);
    make(m, depth);
    buf_putc(&m->out, ')');
}

static void make_call(struct maker *m, unsigned depth, const char *f)
{
    buf_puts(&m->out, f);
    make(m, depth);
    buf_printf(&m->out, " + %u)", m->next++);
}

static void make(struct maker *m, unsigned depth)
{
    static const char *const ops[] = {" + ", " * ", " , ", " && ", " || "};
    unsigned r = next_random(&m->seed) % 16;
    if (depth == 0) {
        const char *f = r < 4 ? "await g(" : r < 12 ? "plain(" : NULL;
        if (f)
            buf_printf(&m->out, "%s%u)", f, m->next++);
        else
            buf_puts(&m->out, r < 14 ? "i" : "q->x");
    } else if (r < 10) {
        make_pair(m, depth - 1, ops[r / 2]);
    } else if (r < 12) {
        make_call(m, depth - 1, "await g(");
    } else if (r < 14) {
        make_call(m, depth - 1, "plain(");
    } else {
        buf_putc(&m->out, '(');
        make(m, depth - 1);
        buf_puts(&m->out, " ? ");
        make(m, depth - 1);
        buf_puts(&m->out, " : ");
        make(m, depth - 1);
        buf_putc(&m->out, ')');
    }
}

/* Parenthesised, so that a conditional may be an operand. */
static char *random_statement(unsigned seed, unsigned *calls)
{
    struct maker m = {.seed = seed, .next = FIRST};
    for (int part = 0; part < 3; part++) {
        buf_puts(&m.out, part ? " - ((" : "i = (((");
        make(&m, 1);
        buf_puts(&m.out, ") / (");
        make(&m, 2);
        buf_puts(&m.out, "))");
    }
    buf_puts(&m.out, ");");
    buf_putc(&m.out, '\0');
    *calls = m.next - FIRST;
    return m.out.p;
}

/* The numbers from FIRST on that stand in s ascend by one. */
static unsigned count_in_order(const char *s, const char *what)
{
    unsigned next = FIRST;
    while (*s) {
        if (!isdigit((unsigned char)*s)) {
            s++;
            continue;
        }
        char *end;
        unsigned long n = strtoul(s, &end, 10);
        s = end;
        if (n >= FIRST)
            ck_assert_msg(n == next++, "%lu is out of order in\n%s", n, what);
    }
    return next - FIRST;
}

START_TEST(effects_keep_their_order)
{
    for (unsigned seed = 1; seed <= 40; seed++) {
        unsigned calls;
        char *z = random_statement(seed + 1000u * (unsigned)_i, &calls);
        char *dump = normal_form(z);
        ck_assert_msg(count_in_order(dump, dump) == calls,
                      "%s\nlost a call in\n%s", z, dump);
        free(dump);
        free(z);
    }
}
END_TEST

Suite *suite_norm_expr(void)
{
    Suite *s = suite_create("norm_expr");
    TCase *t = tcase_create("norm_expr");
    tcase_add_loop_test(t, only_the_path_to_an_await_moves, 0, LEN(cases));
    tcase_add_loop_test(t, effects_keep_their_order, 0, 10);
    suite_add_tcase(s, t);
    return s;
}
