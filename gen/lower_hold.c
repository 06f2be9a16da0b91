/* SPDX-License-Identifier: MIT
 * Children that outlive their await. A combinator that is left early goes on
 * in its storage, and the function holds it in a list of its frame; storage is
 * used again, and the function left, only when they have ended:
 *
 *     awf_r = 0;
 *     while (awf->awf_held &&
 *            (awf_r = awi_drain(awf_t, &awf->awf_held, ...)) ==
 *                AWF_PENDING) {
 *         awf->aw.state = 2;
 *         return AWF_PENDING;
 *     awf_2:;
 *     }
 */
#include "gen/lower.h"

static void wait_head(struct lower *l, const char *where, const char *size)
{
    lower_line(l, "awf_r = 0;");
    lower_line(l, "while (awf->awf_held &&");
    lower_line(l, "       (awf_r = awi_drain(awf_t, &awf->awf_held,");
    lower_line(l, "                          %s, %s, awf_r)) ==", where, size);
    lower_line(l, "           AWF_PENDING) {");
}

static void lower_drained(struct lower *l, const struct nstmt *s)
{
    if (!s->d) {
        lower_error_if(l, s->protect, "awf_r");
        return;
    }
    lower_line(l, "if (awf_r)");
    lower_line(l, "    %s = awf_r;", lower_name(s->d));
}

void lower_drain(struct lower *l, const struct nstmt *s)
{
    const char *field;

    if (s->of) {
        field = l->fn->frame->child[s->of->state];
        wait_head(l, arena_printf(l->u->tree, "&awf->%s", field),
                  arena_printf(l->u->tree, "sizeof awf->%s", field));
    } else {
        wait_head(l, "(void *)0", "0");
    }
    lower_wait_loop(l, s);
    lower_drained(l, s);
}

/* Where nothing is held for sure, it returns at once. */
void lower_leave(struct lower *l, const char *outcome)
{
    if (!l->fn->norm->keeps) {
        lower_line(l, "return %s;", outcome);
        return;
    }
    lower_line(l, "awf_r = %s;", outcome);
    lower_line(l, "goto awf_out;");
    l->left = true;
}

/* What the function ends with waits in the frame meanwhile; an own
 * cancellation replaces it. */
void lower_out(struct lower *l)
{
    uint32_t state = l->fn->norm->awaits.n + 1;

    if (!l->fn->norm->holds)
        return;
    if (l->left) {
        lower_start_line(l);
        code_label(l->c);
        code_text(l->c, "awf_out:");
    }
    lower_line(l, "awf->awf_out = awf_r;");
    wait_head(l, "(void *)0", "0");
    code_in(l->c);
    lower_line(l, "awf->aw.state = %u;", state);
    lower_line(l, "return AWF_PENDING;");
    lower_start_line(l);
    code_label(l->c);
    code_printf(l->c, "awf_%u:;", state);
    code_out(l->c);
    lower_line(l, "}");
    lower_line(l, "return awf_r ? awf_r : awf->awf_out;");
}
