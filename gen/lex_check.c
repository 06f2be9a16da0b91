/* SPDX-License-Identifier: MIT
 * The scanner's invariant, and the dump of what it found. */
#include <stdio.h>
#include <stdlib.h>

#include "gen/buf.h"
#include "gen/lex_impl.h"

/* ---- lex_verify -------------------------------------------------------- */

/* The next line mark and directive that a walk over the text will meet. */
struct walk {
    const struct unit *u;
    uint32_t mark, directive;
};

/* What may stand at `off` between tokens: where it ends, or `off` itself when
 * nothing may. */
static uint32_t gap_item(struct walk *w, uint32_t off)
{
    const struct source *src = &w->u->src;
    if (w->mark < src->marks.n && src->marks.v[w->mark].marker == off)
        return src->marks.v[w->mark++].off;
    if (w->directive < src->directives.n &&
        src->directives.v[w->directive].off == off)
        return off + src->directives.v[w->directive++].len;
    const unsigned char *text = (const unsigned char *)src->text.p;
    const unsigned char *p = text + off, *end = text + src->text.n;
    if (*p == '\\')
        return off + (uint32_t)lex_splice(p, end);
    if (*p && strchr(" \t\v\f\r\n", *p))
        return off + 1;
    if (*p != '/')
        return off;
    size_t skip;
    const unsigned char *q = p + 1;
    while (q < end && *q == '\\' && (skip = lex_splice(q, end)))
        q += skip;
    if (q < end && *q == '*')
        return (uint32_t)(lex_comment(q + 1, end) - text);
    if (q < end && *q == '/')
        return (uint32_t)(lex_line_end(q + 1, end) - text);
    return off;
}

static bool gap_ok(struct walk *w, uint32_t *off, uint32_t to)
{
    while (*off < to) {
        uint32_t next = gap_item(w, *off);
        if (next == *off)
            return false;
        *off = next;
    }
    return *off == to;
}

static bool atom_ok(struct token t)
{
    uint16_t kw = t.atom ? t.atom->kw : 0;
    if (t.kind == TK_IDENT)
        return t.atom && !kw;
    return t.kind > TK_HASHHASH ? kw == t.kind : !t.atom;
}

const char *lex_check(const struct unit *u, uint32_t *off)
{
    struct walk w = {.u = u, .mark = 1};
    *off = u->src.marks.v[0].off;
    for (tokidx i = 0; i < u->toks.n; i++) {
        struct token t = u->toks.v[i];
        if (t.off < *off)
            return "tokens overlap";
        if (!gap_ok(&w, off, t.off))
            return "text between tokens is lost";
        if (t.len > u->src.text.n - t.off)
            return "a token ends after the text";
        if ((t.len == 0) != (t.kind == TK_EOF))
            return "an empty token";
        if (!atom_ok(t))
            return "a token's atom and kind disagree";
        *off = t.off + t.len;
        if (t.kind == TK_EOF && i + 1 < u->toks.n)
            return "tokens after the end of file";
    }
    if (u->toks.n == 0 || VEC_LAST(&u->toks).kind != TK_EOF)
        return "no end of file";
    if (*off != u->src.text.n)
        return "text after the end of file";
    if (w.mark != u->src.marks.n || w.directive != u->src.directives.n)
        return "a directive inside a token";
    return NULL;
}

void lex_verify(const struct unit *u)
{
    uint32_t off;
    const char *wrong = lex_check(u, &off);
    if (!wrong)
        return;
    fprintf(stderr, "awaitc: internal error: scanner: %s at byte %u\n", wrong,
            (unsigned)off);
    abort();
}

/* ---- lex_dump ---------------------------------------------------------- */

static void dump_text(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '\n')
            buf_puts(out, "\\n");
        else if (c == '\\')
            buf_puts(out, "\\\\");
        else if (c < ' ' || c >= 0x7f)
            buf_printf(out, "\\x%02x", c);
        else
            buf_putc(out, s.p[i]);
    }
}

static void dump_line(struct buf *out, struct loc at, const char *what,
                      struct str text)
{
    buf_printf(out, "%u:%u\t%s\t", (unsigned)at.line, (unsigned)at.col, what);
    dump_text(out, text);
    buf_putc(out, '\n');
}

/* A line for each token: place, kind, spelling; directives among them. A
 * heading where the file changes. */
void lex_dump(const struct unit *u, struct buf *out)
{
    const struct source *src = &u->src;
    struct source_cursor cursor = {0};
    struct str file = {0};
    uint32_t d = 0;
    for (tokidx i = 0; i < u->toks.n;) {
        struct token t = u->toks.v[i];
        bool directive =
            d < src->directives.n && src->directives.v[d].off < t.off;
        struct str text = unit_tok(u, i);
        if (directive) {
            text.p = src->text.p + src->directives.v[d].off;
            text.n = src->directives.v[d].len;
        }
        struct loc at =
            source_cursor_loc(src, &cursor, (uint32_t)(text.p - src->text.p));
        if (!str_eq(at.file, file) || !file.p) {
            buf_puts(out, "file ");
            dump_text(out, at.file);
            buf_putc(out, '\n');
            file = at.file;
        }
        const char *kind = tok_kind_name((enum tok_kind)t.kind);
        dump_line(out, at, directive ? "directive" : kind, text);
        if (directive)
            d++;
        else
            i++;
    }
}
