/* SPDX-License-Identifier: MIT */
#include "tests/unit/body.h"

#include <check.h>
#include <stdlib.h>

#include "gen/buf.h"
#include "gen/lex.h"
#include "gen/parse.h"
#include "gen/sema.h"
#include "tests/unit/util.h"

const char body_prelude[] =
    "struct s { int x; unsigned b : 3; char a[4]; struct s *n; };"
    "enum e { A, B = 5 };\n"
    "typedef int T; int plain(int); void none(void);"
    "typedef int V __attribute__((vector_size(16)));"
    "async int g(int); async void v(void);"
    "async_generator(int) gen(int);"
    "typedef struct aw_group *aw_group_ref;"
    "async int f(int i, unsigned u, double d, char *p, struct s s,"
    " struct s *q, aw_task(int) t, async int (*fp)(int))\n";

void parse_text(struct unit *u, const char *z)
{
    lex_text(u, z);
    u->parse_all_bodies = true;
    parse(u);
    sema(u);
    if (!u->errors)
        parse_verify(u);
}

static char *message_list(const struct unit *u)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < u->diags.n; i++) {
        const struct diag_item *d = u->diags.v[i];
        struct loc at = unit_loc(u, d->at.from);
        buf_printf(&b, "%s%s %u:%u", i ? ", " : "", diag_name(d->id),
                   (unsigned)at.line, (unsigned)at.col);
    }
    buf_putc(&b, '\0');
    return b.p;
}

char *errors_of(const char *z)
{
    struct unit u;
    parse_text(&u, z);
    char *list = message_list(&u);
    unit_free(&u);
    return list;
}

/* The lines behind the last "  block" of depth one, less indented. */
static char *body_lines(const char *dump)
{
    struct buf b = {0};
    const char *at = strstr(dump, "\n  block\n");
    ck_assert_ptr_nonnull(at);
    for (at += strlen("\n  block\n"); strncmp(at, "    ", 4) == 0;) {
        const char *end = strchr(at, '\n');
        buf_put(&b, at + 4, (size_t)(end - at) - 3);
        at = end + 1;
    }
    buf_putc(&b, '\0');
    return b.p;
}

char *dump_body(const char *z)
{
    struct unit u;
    struct buf text = {0}, dump = {0};
    buf_printf(&text, "%s{%s}", body_prelude, z);
    parse_text(&u, text.p);
    char *list = message_list(&u);
    ck_assert_msg(u.errors == 0, "%s: %s", z, list);
    parse_dump(&u, &dump);
    char *lines = body_lines(dump.p);
    free(list);
    buf_free(&text);
    buf_free(&dump);
    unit_free(&u);
    return lines;
}

void prepare_body(struct prepared *p, const char *z)
{
    *p = (struct prepared){0};
    buf_printf(&p->text, "%s{%s}", body_prelude, z);
    parse_text(&p->u, p->text.p);
    struct program *all = p->u.errors ? NULL : lower_prepare(&p->u);
    char *list = message_list(&p->u);
    ck_assert_msg(p->u.errors == 0, "%s: %s", z, list);
    free(list);
    for (uint32_t i = 0; i < p->u.funcs.n; i++)
        if (strcmp(p->u.funcs.v[i]->decl->name->s, "f") == 0)
            p->f = all->of.v[i];
    ck_assert_ptr_nonnull(p->f);
}

void prepared_free(struct prepared *p)
{
    unit_free(&p->u);
    buf_free(&p->text);
}

uint32_t prepared_local(const struct prepared *p, const char *name)
{
    const struct cfg *g = p->f->cfg;
    for (uint32_t i = 0; i < g->locals.n; i++)
        if (strcmp(g->locals.v[i]->name->s, name) == 0)
            return i;
    ck_abort_msg("no local %s", name);
}

char *prepared_names(const struct prepared *p, struct bits set)
{
    struct buf b = {0};
    for (uint32_t i = bits_next(set, 0); i < set.n; i = bits_next(set, i + 1))
        buf_printf(&b, "%s%s", b.n ? " " : "", p->f->cfg->locals.v[i]->name->s);
    buf_putc(&b, '\0');
    return b.p;
}
