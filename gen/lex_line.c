/* SPDX-License-Identifier: MIT
 * What may stand between tokens and is too long or too odd for a rule: block
 * comments, directives, and the line markers among these. */
#include "gen/lex_impl.h"

typedef const unsigned char uchar;

size_t lex_splice(uchar *p, uchar *end)
{
    uchar *q = p + 1;
    while (q < end && *q && strchr(" \t\v\f\r", *q))
        q++;
    return q < end && *q == '\n' ? (size_t)(q + 1 - p) : 0;
}

/* The splice that ends before p; 0 when there is none. `from` bounds it. */
static size_t splice_before(uchar *p, uchar *from)
{
    if (p == from || p[-1] != '\n')
        return 0;
    uchar *q = p - 1;
    while (q > from && q[-1] && strchr(" \t\v\f\r", q[-1]))
        q--;
    return q > from && q[-1] == '\\' ? (size_t)(p - (q - 1)) : 0;
}

uchar *lex_comment(uchar *p, uchar *end)
{
    uchar *from = p;
    while (p < end && (p = memchr(p, '/', (size_t)(end - p)))) {
        uchar *star = p++;
        size_t n;
        while ((n = splice_before(star, from)))
            star -= n;
        if (star > from && star[-1] == '*')
            return p;
    }
    return end;
}

uchar *lex_line_end(uchar *p, uchar *end)
{
    for (;;) {
        uchar *nl = memchr(p, '\n', (size_t)(end - p));
        if (!nl)
            return end;
        if (!splice_before(nl + 1, p))
            return nl;
        p = nl + 1;
    }
}

size_t lex_unsplice(char *to, uchar *s, size_t n)
{
    size_t len = 0, skip;
    for (size_t i = 0; i < n;) {
        if (s[i] == '\\' && (skip = lex_splice(s + i, s + n)))
            i += skip;
        else
            to[len++] = (char)s[i++];
    }
    return len;
}

static uchar *skip_splices(uchar *p, uchar *end)
{
    size_t n;
    while (p < end && *p == '\\' && (n = lex_splice(p, end)))
        p += n;
    return p;
}

/* Past the literal whose quote is at p; its line's end when unterminated. */
static uchar *skip_quoted(uchar *p, uchar *end)
{
    unsigned char quote = *p++;
    while ((p = skip_splices(p, end)) < end && *p != '\n') {
        unsigned char c = *p++;
        if (c == quote)
            return p;
        if (c == '\\' && (p = skip_splices(p, end)) < end && *p != '\n')
            p++;
    }
    return p;
}

/* The \n after a directive: comments kept by the preprocessor may hold line
 * ends, strings may hold what looks like a comment. */
static uchar *directive_end(uchar *p, uchar *end)
{
    while ((p = skip_splices(p, end)) < end && *p != '\n') {
        if (*p == '"' || *p == '\'') {
            p = skip_quoted(p, end);
            continue;
        }
        bool slash = *p++ == '/';
        uchar *q = slash ? skip_splices(p, end) : end;
        if (q < end && *q == '*')
            p = lex_comment(q + 1, end);
        else if (q < end && *q == '/')
            p = lex_line_end(q + 1, end);
    }
    return p;
}

/* ---- line markers ------------------------------------------------------ */

/* A directive's text without splices, as it is read. */
struct reader {
    const char *p, *end;
};

static bool skip_blanks(struct reader *r)
{
    const char *from = r->p;
    while (r->p < r->end && *r->p && strchr(" \t\v\f\r", *r->p))
        r->p++;
    return r->p > from || r->p == r->end;
}

static bool skip_text(struct reader *r, const char *z)
{
    size_t n = strlen(z);
    if ((size_t)(r->end - r->p) < n || memcmp(r->p, z, n) != 0)
        return false;
    r->p += n;
    return true;
}

static bool read_number(struct reader *r, uint32_t *value)
{
    const char *from = r->p;
    uint64_t n = 0;
    for (; r->p < r->end && *r->p >= '0' && *r->p <= '9'; r->p++) {
        n = n * 10 + (uint64_t)(*r->p - '0');
        if (n > INT32_MAX)
            return false;
    }
    *value = (uint32_t)n;
    return r->p > from && skip_blanks(r);
}

static bool is_octal(char c)
{
    return c >= '0' && c <= '7';
}

/* The character of the escape sequence after a backslash. */
static char read_escape(struct reader *r)
{
    static const char letters[] = "abfnrtv", meanings[] = "\a\b\f\n\r\t\v";
    const char *at = *r->p ? strchr(letters, *r->p) : NULL;
    if (at) {
        r->p++;
        return meanings[at - letters];
    }
    if (!is_octal(*r->p))
        return *r->p++;
    unsigned value = 0;
    for (int i = 0; i < 3 && r->p < r->end && is_octal(*r->p); i++)
        value = value * 8 + (unsigned)(*r->p++ - '0');
    return (char)(unsigned char)value;
}

/* A file name in quotes, its escapes undone. Names are kept as atoms, since
 * the same few return all the time. */
static bool read_name(struct reader *r, struct unit *u, struct str *name)
{
    size_t room = (size_t)(r->end - r->p), n = 0;
    char small[256];
    char *to = room <= sizeof small ? small : arena_alloc(&u->arena, room);
    for (r->p++; r->p < r->end && *r->p != '"';) {
        char c = *r->p++;
        if (c == '\\' && r->p < r->end)
            c = read_escape(r);
        to[n++] = c;
    }
    if (r->p == r->end)
        return false;
    r->p++;
    const struct atom *a = atoms_get(&u->atoms, to, n);
    *name = (struct str){a->s, a->n};
    return skip_blanks(r);
}

/* `# 12 "file" 1 3 4`, `#line 12 "file"`, `#line 12`. What the marker does
 * not say stays as it is in m. False when this is another directive. */
static bool read_marker(struct unit *u, struct str text, struct line_mark *m)
{
    struct reader r = {text.p, text.p + text.n};
    if (!skip_text(&r, "#"))
        skip_text(&r, "%:");
    skip_blanks(&r);
    if (skip_text(&r, "line") && !skip_blanks(&r))
        return false;
    if (!read_number(&r, &m->line))
        return false;
    if (r.p == r.end)
        return true;
    if (*r.p != '"' || !read_name(&r, u, &m->file))
        return false;
    m->system = false;
    while (r.p < r.end) {
        uint32_t flag;
        if (!read_number(&r, &flag))
            return false;
        m->system |= flag == 3;
        m->enter |= flag == 1;
        m->leave |= flag == 2;
    }
    return true;
}

/* The directive's text, copied only if it has splices to remove. */
static struct str clean_text(struct unit *u, uchar *s, size_t n)
{
    if (!memchr(s, '\n', n))
        return (struct str){(const char *)s, n};
    char *to = arena_alloc(&u->arena, n);
    return (struct str){to, lex_unsplice(to, s, n)};
}

void lex_directive(struct lexer *x)
{
    struct unit *u = x->u;
    uchar *text = (uchar *)u->src.text.p;
    x->cur = directive_end(x->start, x->end);
    size_t n = (size_t)(x->cur - x->start);
    uint32_t off = (uint32_t)(x->start - text);
    struct line_mark m = VEC_LAST(&u->src.marks);
    m.enter = m.leave = false;
    m.marker = off;
    m.off = off + (uint32_t)n + (x->cur < x->end);
    if (read_marker(u, clean_text(u, x->start, n), &m)) {
        VEC_PUSH(&u->arena, &u->src.marks, m);
    } else {
        struct directive d = {off, (uint32_t)n};
        VEC_PUSH(&u->arena, &u->src.directives, d);
    }
}
