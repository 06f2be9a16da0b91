/* SPDX-License-Identifier: MIT
 * Errors and cleanup: where each await's error goes, which ways out a cleanup
 * stands in. */
#include "tests/unit/suite.h"

#include <stdlib.h>

#include "tests/unit/body.h"

/* Each await's protection, outermost first: c for a cleanup, t for the
 * clauses of a try. */
static char *protections(const char *z)
{
    struct prepared p;
    struct buf b = {0};
    prepare_body(&p, z);
    const struct norm *n = p.f->norm;
    for (uint32_t i = 0; i < n->awaits.n; i++) {
        char levels[9] = "";
        size_t at = sizeof levels - 1;
        const struct protect *up = n->awaits.v[i]->protect;
        for (; up && at > 0; up = up->outer)
            levels[--at] = up->cleanup ? 'c' : 't';
        buf_printf(&b, "%s%s", i ? " " : "", at == 8 ? "-" : levels + at);
    }
    buf_putc(&b, '\0');
    prepared_free(&p);
    return b.p;
}

static const struct {
    const char *text, *levels;
} cases[] = {
    {"await v();", "-"},
    {"try { await v(); } catch (int e) { }", "t"},
    {"try { await v(); } finally { }", "c"},
    {"try { await v(); } catch (1) { } finally { }", "ct"},
    /* a clause is outside of its try, not of its finally */
    {"try { throw i; } catch (int e) { await v(); }", "-"},
    {"try { throw i; } catch (int e) { await v(); } finally { }", "c"},
    {"try { } finally { await v(); }", "-"},
    {"try { try { await v(); } catch (1) { await v(); } } catch (2) { }",
     "tt t"},
    /* from the defer to the end of its block */
    {"await v(); defer none(); await v();", "- c"},
    {"{ defer none(); await v(); } await v();", "c -"},
    {"defer none(); defer none(); await v();", "cc"},
    /* an error of a cleanup replaces what is pending there */
    {"defer await v(); await v();", "c t"},
};

START_TEST(errors_go_to_the_innermost_protection)
{
    char *got = protections(cases[_i].text);
    ck_assert_msg(strcmp(got, cases[_i].levels) == 0, "%s: '%s'",
                  cases[_i].text, got);
    free(got);
}
END_TEST

/* The protection around the first await. */
static const struct protect *first(struct prepared *p, const char *z)
{
    prepare_body(p, z);
    ck_assert_uint_gt(p->f->norm->awaits.n, 0);
    const struct protect *protect = p->f->norm->awaits.v[0]->protect;
    ck_assert_ptr_nonnull(protect);
    return protect;
}

static const struct {
    const char *text;
    uint32_t ways;
} ways[] = {
    {"try { await v(); } finally { }", 0},
    {"try { await v(); return 1; } finally { }", 1},
    /* all returns are one way out */
    {"try { await v(); if (i) return 1; return 2; } finally { }", 1},
    {"while (i) { try { await v(); break; } finally { } }", 1},
    {"while (i) { try { await v(); if (u) break; continue; } finally { } }", 2},
    {"try { await v(); goto l; } finally { } l: ;", 1},
    /* stays inside */
    {"try { while (i) { await v(); break; } } finally { }", 0},
    {"try { await v(); goto l; l: ; } finally { }", 0},
    {"while (i) { defer none(); await v(); if (u) continue; return 3; }", 2},
};

START_TEST(cleanups_know_the_ways_out)
{
    struct prepared p;
    const struct protect *protect = first(&p, ways[_i].text);
    ck_assert(protect->cleanup && protect->reached);
    ck_assert_msg(protect->ways.n == ways[_i].ways, "%s: %u", ways[_i].text,
                  protect->ways.n);
    prepared_free(&p);
}
END_TEST

/* Statements of a kind in s. */
static uint32_t count_kind(const struct nstmt *s, unsigned kind)
{
    const struct nstmt *part[3] = {s->init, s->s1, s->s2};
    uint32_t n = s->kind == kind;
    for (int i = 0; i < 3; i++)
        if (part[i])
            n += count_kind(part[i], kind);
    for (uint32_t i = 0; i < s->body.n; i++)
        n += count_kind(s->body.v[i], kind);
    return n;
}

static const struct {
    const char *text;
    unsigned kind;
    uint32_t n;
} counts[] = {
    {"throw 5;", N_CHECK, 0}, /* known not to be 0 */
    {"throw i;", N_CHECK, 1},
    {"throw i;", N_THROWN, 1},
    {"try { throw i; } catch (int e) { throw e; }", N_THROWN, 1},
    {"throw 5;", N_FAIL, 1},
    {"try { throw 5; } catch (int e) { }", N_GOTO, 1},
    {"int k __attribute__((cleanup(tidy))) = 1; await v();", N_CLEANUP, 1},
    {"int k = 1; await v();", N_CLEANUP, 0},
    {"try { await v(); } catch (AW_CANCELLED) { }", N_MARKS, 1},
    {"try { await v(); } catch (AW_CANCELLED) { }", N_UNMARK, 1},
    {"try { await v(); } finally { await v(); }", N_MARKS, 1},
    {"try { await v(); } finally { await v(); }", N_UNMARK, 2},
    {"try { await v(); } finally { i = 1; }", N_MARKS, 0},
};

START_TEST(statements_for_what_throws)
{
    struct prepared p;
    struct buf z = {0};
    buf_puts(&z, "extern void tidy(int *); enum { AW_CANCELLED = -4096 };");
    buf_puts(&z, counts[_i].text);
    buf_putc(&z, '\0');
    prepare_body(&p, z.p);
    uint32_t n = count_kind(p.f->norm->body, counts[_i].kind);
    ck_assert_msg(n == counts[_i].n, "%s: %u", counts[_i].text, n);
    prepared_free(&p);
    buf_free(&z);
}
END_TEST

Suite *suite_norm_try(void)
{
    Suite *s = suite_create("norm_try");
    TCase *t = tcase_create("norm_try");
    int n = LEN(cases);
    tcase_add_loop_test(t, errors_go_to_the_innermost_protection, 0, n);
    tcase_add_loop_test(t, cleanups_know_the_ways_out, 0, LEN(ways));
    tcase_add_loop_test(t, statements_for_what_throws, 0, LEN(counts));
    suite_add_tcase(s, t);
    return s;
}
