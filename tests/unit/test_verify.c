/* SPDX-License-Identifier: MIT
 * Broken invariants abort and say which it was: the check itself, and the
 * checks of the passes on results that a test has spoilt. */
#include "tests/unit/suite.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gen/verify.h"
#include "tests/unit/body.h"

/* Runs fn(ctx) in a process of its own: the signal that ended it, or 0, and
 * what it wrote to standard error in `text`. */
static int signal_of(void (*fn)(void *), void *ctx, char *text, size_t size)
{
    int end[2], status;
    ssize_t n;
    ck_assert_int_eq(pipe(end), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(end[1], STDERR_FILENO);
        fn(ctx);
        _exit(0);
    }
    close(end[1]);
    for (size_t at = 0; (n = read(end[0], text + at, size - 1 - at)) > 0;) {
        at += (size_t)n;
        text[at] = '\0';
    }
    close(end[0]);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void check_holds(void *ctx)
{
    int *n = ctx;
    VERIFY("arithmetic", *n == 4);
}

START_TEST(says_what_does_not_hold)
{
    char text[400] = "";
    int four = 4, five = 5;
    ck_assert_int_eq(signal_of(check_holds, &four, text, sizeof text), 0);
    ck_assert_str_eq(text, "");
    ck_assert_int_eq(signal_of(check_holds, &five, text, sizeof text), SIGABRT);
    ck_assert_ptr_nonnull(strstr(text, "arithmetic"));
    ck_assert_ptr_nonnull(strstr(text, "*n == 4"));
}
END_TEST

/* ---- the passes ---------------------------------------------------------- */

static void state_twice(void *ctx)
{
    struct prepared *p = ctx;
    p->f->norm->awaits.v[1]->state = 1;
    norm_verify(&p->u, p->f->norm);
}

static void await_with_two_ways(void *ctx)
{
    struct prepared *p = ctx;
    const struct cfg *g = p->f->cfg;
    for (uint32_t i = 0; i < g->blocks.n; i++)
        if (g->blocks.v[i]->state)
            VEC_PUSH(&p->u.arena, &g->blocks.v[i]->succ, g->blocks.v[0]);
    cfg_verify(g);
}

static void dead_is_live(void *ctx)
{
    struct prepared *p = ctx;
    bits_del(p->f->live->at[1], prepared_local(p, "k"));
    live_verify(&p->u, p->f->live);
}

static void live_but_nowhere(void *ctx)
{
    struct prepared *p = ctx;
    p->f->frame->where[prepared_local(p, "k")] = RES_LOCAL;
    frame_verify(&p->u, p->f->frame);
}

static void name_twice(void *ctx)
{
    struct prepared *p = ctx;
    struct frame *f = p->f->frame;
    f->field[prepared_local(p, "k")] = f->field[prepared_local(p, "l")];
    frame_verify(&p->u, f);
}

static const struct {
    void (*spoil)(void *);
    const char *pass;
} spoilt[] = {
    {state_twice, "norm"},  {await_with_two_ways, "cfg"},
    {dead_is_live, "live"}, {live_but_nowhere, "frame"},
    {name_twice, "frame"},
};

static void all_is_well(void *ctx)
{
    struct prepared *p = ctx;
    norm_verify(&p->u, p->f->norm);
    cfg_verify(p->f->cfg);
    live_verify(&p->u, p->f->live);
    frame_verify(&p->u, p->f->frame);
}

START_TEST(spoilt_results_are_found)
{
    struct prepared p;
    char text[400] = "";
    prepare_body(&p, "int k = i, l = k; await v(); k += l; await g(k);"
                     "plain(k + l);");
    ck_assert_int_eq(signal_of(all_is_well, &p, text, sizeof text), 0);
    ck_assert_int_eq(signal_of(spoilt[_i].spoil, &p, text, sizeof text),
                     SIGABRT);
    ck_assert_ptr_nonnull(strstr(text, spoilt[_i].pass));
    prepared_free(&p);
}
END_TEST

Suite *suite_verify(void)
{
    Suite *s = suite_create("verify");
    TCase *t = tcase_create("verify");
    tcase_add_test(t, says_what_does_not_hold);
    tcase_add_loop_test(t, spoilt_results_are_found, 0, LEN(spoilt));
    suite_add_tcase(s, t);
    return s;
}
