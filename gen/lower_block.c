/* SPDX-License-Identifier: MIT
 * Blocks with an object of the runtime in the frame:
 *
 *     awi_timeout_begin(awf_t, &awf->awf_b1, ms);
 *     ...
 *     error = awi_timeout_end(awf_t, &awf->awf_b1, error);
 *
 * The end of a group waits as often as it has to, and gets each outcome:
 *
 *     awf_r = error;
 *     while ((awf_r = awi_group_end(awf_t, &awf->awf_b1, awf_r)) ==
 *            AWF_PENDING) {
 *         awf->aw.state = 1;
 *         return AWF_PENDING;
 *     awf_1:;
 *     }
 *     error = awf_r;
 */
#include "gen/lower.h"

void lower_block_begin(struct lower *l, const struct nstmt *s)
{
    bool group = s->kind == N_GROUP;

    lower_start_line(l);
    code_printf(l->c, "awi_%s_begin(awf_t, &%s, ", group ? "group" : "timeout",
                lower_name(s->d));
    if (s->e) {
        code_text(l->c, group ? "(uint32_t)(" : "");
        lower_expr(l, s->e);
        code_text(l->c, group ? ")" : "");
    } else {
        code_text(l->c, "0");
    }
    code_text(l->c, ");");
}

void lower_timeout_end(struct lower *l, const struct nstmt *s)
{
    const char *error = lower_name(s->d);

    lower_line(l, "%s = awi_timeout_end(awf_t, &%s, %s);", error,
               lower_name(s->src), error);
}

void lower_group_end(struct lower *l, const struct nstmt *s)
{
    const char *error = lower_name(s->d);

    lower_line(l, "awf_r = %s;", error);
    lower_line(l, "while ((awf_r = awi_group_end(awf_t, &%s,",
               lower_name(s->src));
    lower_line(l, "    awf_r)) == AWF_PENDING) {");
    lower_wait_loop(l, s);
    lower_line(l, "%s = awf_r;", error);
}
