/* SPDX-License-Identifier: MIT
 * What the signatures of a header need. Names are followed from the tokens of
 * the signatures through the declarations of the input itself; one that
 * stands in an included file needs that #include of the input, as written. */
#include <stdlib.h>

#include "gen/publish.h"

enum { IN_INPUT, ELSEWHERE = 0x7fffffff };

struct needs {
    struct unit *u;
    struct str source;
    uint32_t *from;      /* by line mark: IN_INPUT, the line of the #include in
                            the input that leads there, or ELSEWHERE */
    VEC(uint32_t) lines; /* of #includes */
    VEC(struct span) items; /* declarations, to be followed by `;` */
    VEC(const struct tag *) forward;
    VEC(const struct tag *) values; /* used as complete types */
    VEC(const void *) seen;
};

static bool first_time(struct needs *n, const void *what)
{
    for (uint32_t i = 0; i < n->seen.n; i++)
        if (n->seen.v[i] == what)
            return false;
    VEC_PUSH(&n->u->arena, &n->seen, what);
    return true;
}

/* ---- places ---------------------------------------------------------------
 */

static void fill(struct needs *n, uint32_t from, uint32_t to, uint32_t line)
{
    for (; from < to; from++)
        n->from[from] = line;
}

/* A marker that returns to the input names the line behind the #include. */
static void map_marks(struct needs *n)
{
    const struct source *s = &n->u->src;
    uint32_t depth = 0, begin = 0;

    n->from = ARENA_ARRAY(&n->u->arena, uint32_t, s->marks.n);
    for (uint32_t i = 0; i < s->marks.n; i++) {
        const struct line_mark *m = &s->marks.v[i];

        if (m->enter && depth++ == 0)
            begin = i;
        if (m->leave && depth > 0 && --depth == 0)
            fill(n, begin, i,
                 str_is(m->file, s->name) && m->line > 1 ? m->line - 1
                                                         : ELSEWHERE);
    }
}

static uint32_t place(const struct needs *n, tokidx t)
{
    return n->from[source_mark(&n->u->src, n->u->toks.v[t].off)];
}

/* True when t stands in an included file, whose #include is then noted. */
static bool is_included(struct needs *n, tokidx t)
{
    uint32_t line = place(n, t);

    if (line == IN_INPUT)
        return false;
    for (uint32_t i = 0; i < n->lines.n; i++)
        if (n->lines.v[i] == line)
            return true;
    if (line != ELSEWHERE)
        VEC_PUSH(&n->u->arena, &n->lines, line);
    return true;
}

/* ---- following names ------------------------------------------------------
 */

/* The tags that an object of type ty is made of. */
static void mark_values(struct needs *n, const struct type *ty)
{
    while (ty->kind == TY_ARRAY)
        ty = ty->base;
    if (ty->kind != TY_STRUCT && ty->kind != TY_UNION)
        return;
    for (uint32_t i = 0; i < n->values.n; i++)
        if (n->values.v[i] == ty->tag)
            return;
    VEC_PUSH(&n->u->arena, &n->values, ty->tag);
    for (uint32_t i = 0; i < ty->tag->members.n; i++)
        mark_values(n, ty->tag->members.v[i].type);
}

static bool is_value(const struct needs *n, const struct tag *t)
{
    for (uint32_t i = 0; i < n->values.n; i++)
        if (n->values.v[i] == t)
            return true;
    return t->kind == TY_ENUM;
}

static void follow(struct needs *n, struct span at);

static void need_tag(struct needs *n, const struct tag *t)
{
    if (is_included(n, t->toks.from))
        return;
    if (t->complete && is_value(n, t)) {
        if (!first_time(n, t))
            return;
        VEC_PUSH(&n->u->arena, &n->items, t->toks);
        follow(n, t->toks);
    } else if (first_time(n, &t->members)) {
        VEC_PUSH(&n->u->arena, &n->forward, t);
    }
}

/* The whole declaration that d is one of the names of. */
static struct span declaration(const struct needs *n, const struct decl *d)
{
    struct span at = {d->specs.from, d->declarator.to};

    for (uint32_t i = 0; i < n->u->decls.n; i++) {
        const struct decl *x = n->u->decls.v[i];

        if (x->kind != DECL_TYPEDEF || x->specs.from != at.from)
            continue;
        if (x->declarator.to > at.to)
            at.to = x->declarator.to;
        if (x->attrs.to > at.to)
            at.to = x->attrs.to;
    }
    return at;
}

static void need_typedef(struct needs *n, const struct decl *d)
{
    const struct type *ty = d->type;
    struct span at;

    if (is_included(n, d->at.from) || !first_time(n, d))
        return;
    at = declaration(n, d);
    while (ty->kind == TY_ARRAY)
        ty = ty->base;
    if (d->type->kind == TY_ARRAY || (ty->tag && tok_inside(ty->tag->toks, at)))
        mark_values(n, ty);
    VEC_PUSH(&n->u->arena, &n->items, at);
    follow(n, at);
}

static void need_name(struct needs *n, const struct decl *d)
{
    if (d->kind == DECL_TYPEDEF)
        need_typedef(n, d);
    else if (d->kind == DECL_ENUMCONST && d->type->tag)
        need_tag(n, d->type->tag);
}

static bool is_tag_keyword(enum tok_kind k)
{
    return k == TK_STRUCT || k == TK_UNION || k == TK_ENUM;
}

/* The tag that t names, behind its keyword and attributes. */
static struct tag *tag_at(const struct unit *u, tokidx t)
{
    return t > 0 && is_tag_keyword((enum tok_kind)u->toks.v[t - 1].kind)
               ? u->toks.v[t].atom->tag
               : NULL;
}

static bool is_member(const struct unit *u, tokidx t)
{
    return t > 0 && (u->toks.v[t - 1].kind == TK_DOT ||
                     u->toks.v[t - 1].kind == TK_ARROW);
}

static void follow(struct needs *n, struct span at)
{
    struct unit *u = n->u;

    for (tokidx t = at.from; t < at.to; t++) {
        const struct token *k = &u->toks.v[t];

        if (k->kind != TK_IDENT || is_member(u, t))
            continue;
        if (tag_at(u, t))
            need_tag(n, tag_at(u, t));
        else if (k->atom->decl)
            need_name(n, k->atom->decl);
    }
}

/* ---- writing --------------------------------------------------------------
 */

/* Line number `line` of the input. */
static struct str source_line(struct str s, uint32_t line)
{
    const char *end = s.p + s.n, *nl;

    for (; line > 1 && s.n; line--) {
        nl = memchr(s.p, '\n', s.n);
        s.p = nl ? nl + 1 : end;
        s.n = (size_t)(end - s.p);
    }
    nl = s.n ? memchr(s.p, '\n', s.n) : NULL;
    s.n = nl ? (size_t)(nl - s.p) : s.n;
    return s;
}

/* What an #include of the line names, quotes included; empty when it is a
 * macro, or the directive spans lines. */
static struct str included(struct str line)
{
    static const char word[] = "include";
    const char *p = line.p, *end = line.p + line.n, *close;

    while (p < end && strchr(" \t#", *p))
        p++;
    if ((size_t)(end - p) < sizeof word ||
        memcmp(p, word, sizeof word - 1) != 0)
        return (struct str){p, 0};
    p += sizeof word - 1;
    while (p < end && strchr(" \t", *p))
        p++;
    if (p == end || (*p != '"' && *p != '<'))
        return (struct str){p, 0};
    close = memchr(p + 1, *p == '<' ? '>' : '"', (size_t)(end - p - 1));
    return (struct str){p, close ? (size_t)(close + 1 - p) : 0};
}

/* The file itself, when the input does not say it in a way that we read. */
static struct str entered(const struct needs *n, uint32_t line)
{
    const struct source *s = &n->u->src;

    for (uint32_t i = 0; i < s->marks.n; i++)
        if (n->from[i] == line)
            return s->marks.v[i].file;
    return str_z("");
}

static void put_include(const struct needs *n, uint32_t line, struct buf *to)
{
    struct str s = included(source_line(n->source, line));

    buf_puts(to, "#include ");
    if (s.n == 0) {
        s = entered(n, line);
        buf_printf(to, "\"%.*s\"\n", (int)s.n, s.p);
        return;
    }
    if (s.n != sizeof "<aw.h>" - 1 || memcmp(s.p, "<aw.h>", s.n) != 0)
        buf_printf(to, "%.*s\n", (int)s.n, s.p);
    else
        to->n -= sizeof "#include " - 1; /* it is there already */
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

static int by_place(const void *a, const void *b)
{
    const struct span *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->to > y->to ? -1 : x->to < y->to;
}

static void put_items(struct needs *n, struct buf *to)
{
    tokidx end = 0;

    if (n->items.n > 1)
        qsort(n->items.v, n->items.n, sizeof *n->items.v, by_place);
    for (uint32_t i = 0; i < n->items.n; i++) {
        struct span at = n->items.v[i];

        if (at.to <= end)
            continue; /* inside the one before */
        end = at.to;
        publish_lines(
            to, arena_printf(&n->u->arena, "%s;", publish_text(n->u, at)));
    }
}

static void put_all(struct needs *n, struct buf *to)
{
    if (n->lines.n > 1)
        qsort(n->lines.v, n->lines.n, sizeof *n->lines.v, by_number);
    for (uint32_t i = 0; i < n->lines.n; i++)
        put_include(n, n->lines.v[i], to);
    if (n->forward.n || n->items.n)
        buf_putc(to, '\n');
    for (uint32_t i = 0; i < n->forward.n; i++)
        buf_printf(to, "%s %s;\n",
                   n->forward.v[i]->kind == TY_UNION ? "union" : "struct",
                   n->forward.v[i]->name->s);
    put_items(n, to);
}

void publish_needs(struct unit *u, const struct publisheds *of,
                   struct str source, struct buf *to)
{
    struct needs n = {.u = u, .source = source};

    map_marks(&n);
    for (uint32_t i = 0; i < of->n; i++) {
        const struct func *f = of->v[i].func;

        mark_values(&n, f->decl->type->base);
        for (uint32_t k = 0; k < f->nparams; k++)
            mark_values(&n, f->params[k].type);
    }
    for (uint32_t i = 0; i < of->n; i++)
        follow(&n, of->v[i].func->head);
    put_all(&n, to);
}
