/* SPDX-License-Identifier: MIT
 * The printer. `mapped` is the place that the C compiler attributes the
 * current output line to; `own` says that it is the output file itself. */
#include "gen/bits.h"
#include "gen/out.h"
#include "gen/verify.h"

enum {
    STEP = 4,       /* columns for each level of indentation */
    WIDEST = 200,   /* the user's, that are kept */
    WIDEST_GAP = 40 /* between the lines of one span */
};

struct printer {
    const struct unit *u;
    const struct out_options *opt;
    struct buf *to;
    uint32_t line; /* number of the current output line */
    uint32_t indent;
    bool fresh; /* nothing on the current line yet */
    bool own;
    struct str file; /* unless own: the mapped place */
    uint32_t mapped;
    uint32_t mark;       /* next line marker to come across */
    bool outdent;        /* the next text is a label */
    uint32_t column;     /* of the next text, beyond the indentation */
    bool exact;          /* that is the column, whatever the indentation */
    int32_t shift;       /* columns that lines of ours stand further right, */
    uint32_t shifted;    /* since there was so much indentation; 0 none, */
    uint32_t shifted_at; /* for this line of the user's */
    tokidx at;           /* token that the line just started belongs to */
    bool at_start;       /* and nothing is on it yet */
    bool system;         /* inside a quieted system region */
    uint32_t done;       /* bytes of the input already handled */
    struct bits printed; /* directives that are there already */
    uint32_t items;      /* so many of the list's are */
};

static void count_nl(struct printer *p)
{
    p->line++;
    p->mapped++;
}

static void put_nl(struct printer *p)
{
    p->at_start = false;
    buf_putc(p->to, '\n');
    count_nl(p);
    p->fresh = true;
}

static void end_line(struct printer *p)
{
    if (!p->fresh)
        put_nl(p);
}

/* Lines of ours go along with the user's around them, which keep their column,
 * until code further out than those. */
static uint32_t indentation(struct printer *p)
{
    enum { DEEPEST = 30 }; /* further in nobody counts blanks */
    uint32_t steps = p->indent - (p->outdent && p->indent);
    int32_t width = (int32_t)(STEP * (steps < DEEPEST ? steps : DEEPEST));

    if (p->indent < p->shifted) {
        p->shift = 0;
        p->shifted = p->shifted_at = 0;
    }
    width += p->shift;
    return width > 0 ? (uint32_t)width : 0;
}

static void put_indent(struct printer *p)
{
    if (!p->fresh)
        return;
    uint32_t width = p->column + (p->exact ? 0 : indentation(p));
    buf_printf(p->to, "%*s", (int)width, "");
    p->column = 0;
    p->exact = p->at_start = p->outdent = p->fresh = false;
}

static void put_line_directive(struct printer *p, struct str file,
                               uint32_t line)
{
    bool same = !p->own && str_eq(file, p->file);

    if (line == 0)
        line = 1; /* gcc counts <built-in> from 0 */
    p->own = false;
    p->file = file;
    if (!p->opt->no_line) {
        end_line(p);
        buf_printf(p->to, "#line %u", line);
        if (!same) {
            buf_putc(p->to, ' ');
            unit_quote_file(p->u, file, p->to);
        }
        p->fresh = false;
        put_nl(p);
    }
    p->mapped = line;
}

/* ---- quieting system headers ----------------------------------------------
 */

/* Expanded system headers lose the compiler's leniency towards them; these
 * pragmas give it back. Only between external declarations. */
static void set_system(struct printer *p, bool system)
{
    if (p->system == system || !p->opt->quiet_system)
        return;
    p->system = system;
    end_line(p);
    buf_puts(p->to, system ? "AWF_SYSTEM_BEGIN" : "AWF_SYSTEM_END");
    p->fresh = false;
    put_nl(p);
}

/* ---- places -------------------------------------------------------------- */

/* Lines of the output's own from here. */
static void go_own(struct printer *p)
{
    end_line(p);
    if (p->own)
        return;
    set_system(p, false);
    if (!p->opt->no_line) {
        buf_printf(p->to, "#line %u ", p->line + 1);
        buf_quote(p->to, p->opt->name, strlen(p->opt->name));
        p->fresh = false;
        put_nl(p);
    }
    p->own = true;
}

/* On a fresh line: makes it the given user line. A few lines down the same
 * file are blank lines; all else is a #line. */
static void go_to(struct printer *p, struct loc l)
{
    bool same = !p->own && str_eq(l.file, p->file);

    if (same && l.line == p->mapped)
        return;
    if (p->opt->no_line && same) {
        p->mapped = l.line;
        return;
    }
    if (same && l.line > p->mapped && l.line - p->mapped <= 3) {
        while (p->mapped < l.line)
            put_nl(p);
        return;
    }
    put_line_directive(p, l.file, l.line);
}

/* ---- user tokens ----------------------------------------------------------
 */

/* Bytes of the input as they are. */
static void put_raw(struct printer *p, uint32_t from, uint32_t to)
{
    const char *s = p->u->src.text.p;

    while (from < to) {
        const char *nl = memchr(s + from, '\n', to - from);
        uint32_t end = nl ? (uint32_t)(nl - s) : to;

        if (end > from) {
            buf_put(p->to, s + from, end - from);
            p->fresh = false;
        }
        if (nl)
            put_nl(p);
        from = end + (nl != NULL);
    }
}

static uint32_t tok_end(const struct printer *p, tokidx t)
{
    return t == 0 ? 0 : p->u->toks.v[t - 1].off + p->u->toks.v[t - 1].len;
}

static struct loc tok_loc(struct printer *p, tokidx t)
{
    return source_loc(&p->u->src, p->u->toks.v[t].off);
}

/* The first directive at or behind a byte. */
static uint32_t first_directive(const struct source *s, uint32_t off)
{
    uint32_t lo = 0, hi = s->directives.n;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;

        if (s->directives.v[mid].off < off)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Directives (pragmas) that stand between token t and the one before it, once
 * however many lines belong to t. */
static void put_directives(struct printer *p, tokidx t)
{
    const struct source *s = &p->u->src;
    uint32_t from = tok_end(p, t), to = p->u->toks.v[t].off;

    for (uint32_t i = first_directive(s, from); i < s->directives.n; i++) {
        struct directive d = s->directives.v[i];

        if (d.off >= to)
            break;
        if (bits_has(p->printed, i))
            continue;
        bits_add(p->printed, i);
        end_line(p);
        go_to(p, source_loc(s, d.off));
        put_raw(p, d.off, d.off + d.len);
        put_nl(p);
    }
}

static bool is_word(char c)
{
    return c == '_' || c == '$' || (c >= '0' && c <= '9') ||
           (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (unsigned char)c >= 0x80;
}

static void put_word(struct printer *p, struct str s, bool gap)
{
    struct buf *b = p->to;
    const char *end = s.p + s.n;
    bool start = p->fresh;

    put_indent(p);
    if (!start && s.n && b->n &&
        (gap || (is_word(b->p[b->n - 1]) && is_word(s.p[0]))))
        buf_putc(b, ' ');
    buf_put(b, s.p, s.n);
    for (const char *nl = s.p; (nl = memchr(nl, '\n', (size_t)(end - nl)));
         nl++)
        count_nl(p); /* spliced inside the token */
}

static bool gap_before(const struct printer *p, tokidx t)
{
    return p->u->toks.v[t].off > tok_end(p, t);
}

/* A later token of a span: on its own line when the input has it so. */
static void put_tok_place(struct printer *p, tokidx t)
{
    struct loc l = tok_loc(p, t);

    put_directives(p, t);
    if (p->own || (str_eq(l.file, p->file) && l.line == p->mapped))
        return;
    if (p->opt->no_line && l.line < p->mapped)
        return;
    end_line(p);
    go_to(p, l);
}

/* How far the text on t's line of the input is indented. */
static uint32_t line_indent(const struct printer *p, tokidx t)
{
    const char *s = p->u->src.text.p;
    uint32_t from = p->u->toks.v[t].off, n = 0;

    while (from > 0 && s[from - 1] != '\n')
        from--;
    for (; s[from] == ' ' || s[from] == '\t'; from++)
        n = s[from] == ' ' ? n + 1 : (n | 7) + 1;
    return n;
}

/* The lines of a span keep their indentation, relative to its first. */
static void keep_indent(struct printer *p, tokidx first, tokidx t)
{
    uint32_t base, n;

    if (!p->fresh)
        return;
    base = line_indent(p, first);
    n = line_indent(p, t);
    n = n > base ? n - base : 0;
    p->column = n < WIDEST_GAP ? n : WIDEST_GAP;
}

/* How far token t stands from the begin of its line; WIDEST + 1 for more. */
static uint32_t tok_column(const struct printer *p, tokidx t)
{
    const char *s = p->u->src.text.p;
    uint32_t off = p->u->toks.v[t].off, from = off;

    while (from > 0 && s[from - 1] != '\n' && off - from <= WIDEST)
        from--;
    return off - from;
}

/* The line will begin as the user's does behind token t: in the same column,
 * so that what the C compiler says points there. */
static void keep_column(struct printer *p, tokidx t)
{
    uint32_t column = tok_column(p, t);

    p->exact = column <= WIDEST;
    p->column = p->exact ? column : 0;
}

/* The first line that belongs to a line of the user's stands where that does;
 * so do others of ours until the next, relative to it. Those of a function's
 * head keep theirs. */
static void shift_lines(struct printer *p)
{
    uint32_t line = tok_loc(p, p->at).line, indent;

    if (!p->at_start || line == p->shifted_at)
        return;
    p->shifted_at = line;
    indent = line_indent(p, p->at);
    if (!p->indent || indent > WIDEST)
        return;
    p->shift = (int32_t)indent - (int32_t)(STEP * p->indent);
    if (!p->shifted)
        p->shifted = p->indent;
}

static void put_span(struct printer *p, const struct code_item *it)
{
    bool kept = p->at_start && p->at == it->at.from;
    bool gap = false; /* kept over what is edited away */
    uint32_t e = 0;

    shift_lines(p);
    for (tokidx t = it->at.from; t < it->at.to;) {
        bool first = t == it->at.from;
        bool edited = e < it->n && it->edits[e].at.from == t;
        struct str s = edited ? str_z(it->edits[e].text) : unit_tok(p->u, t);

        if (!first) {
            put_tok_place(p, t);
            if (!kept)
                keep_indent(p, it->at.from, t);
        }
        if (kept && p->fresh)
            keep_column(p, t);
        gap |= !first && gap_before(p, t);
        put_word(p, s, gap);
        gap &= s.n == 0;
        t = edited ? it->edits[e++].at.to : t + 1;
    }
}

/* ---- pieces copied byte for byte ------------------------------------------
 */

static bool all_blank(const struct printer *p, uint32_t from, uint32_t to)
{
    const char *s = p->u->src.text.p;

    for (; from < to; from++)
        if (s[from] != '\n' && s[from] != ' ' && s[from] != '\t' &&
            s[from] != '\r' && s[from] != '\f' && s[from] != '\v')
            return false;
    return true;
}

/* The text between two tokens (or at either end of the unit), line markers
 * as #line. A marker that no text follows is left out. */
static void put_gap(struct printer *p, uint32_t from, uint32_t to,
                    bool between_decls)
{
    const struct source *s = &p->u->src;

    while (p->mark < s->marks.n && s->marks.v[p->mark].off <= from &&
           s->marks.v[p->mark].marker < from)
        p->mark++;
    for (; p->mark < s->marks.n; p->mark++) {
        struct line_mark m = s->marks.v[p->mark];
        uint32_t next;

        if (m.marker >= to)
            break;
        if (m.off == m.marker)
            continue; /* the start of the text */
        put_raw(p, from, m.marker);
        from = m.off < to ? m.off : to;
        next = p->mark + 1 < s->marks.n ? s->marks.v[p->mark + 1].marker
                                        : (uint32_t)s->text.n;
        if (next <= to && all_blank(p, m.off, next) && next < s->text.n)
            continue;
        if (between_decls)
            set_system(p, m.system);
        put_line_directive(p, m.file, m.line);
    }
    put_raw(p, from, to);
}

/* Whether a declaration may have ended with token t - 1, at depth 0. */
static bool at_boundary(const struct printer *p, tokidx t, int depth)
{
    enum tok_kind k;

    if (depth != 0)
        return false;
    if (t == 0)
        return true;
    k = (enum tok_kind)p->u->toks.v[t - 1].kind;
    return k == TK_SEMI || k == TK_RBRACE;
}

static int depth_change(const struct token *t)
{
    switch (t->kind) {
    case TK_LPAREN:
    case TK_LBRACE:
    case TK_LBRACK: return 1;
    case TK_RPAREN:
    case TK_RBRACE:
    case TK_RBRACK: return -1;
    default: return 0;
    }
}

/* Whether a line marker begins there. */
static bool is_marker(struct printer *p, uint32_t off)
{
    const struct source *s = &p->u->src;
    uint32_t i = p->mark;

    while (i < s->marks.n && s->marks.v[i].off <= off)
        i++;
    return i < s->marks.n && s->marks.v[i].marker == off;
}

/* Before a copied piece that does not follow its predecessor's text; returns
 * where copying begins. */
static uint32_t sync_pass(struct printer *p, uint32_t from, tokidx t)
{
    bool last = p->u->toks.v[t].kind == TK_EOF;

    if (!p->own && p->done == from)
        return from;
    if (last && all_blank(p, from, p->u->toks.v[t].off))
        return from;
    if (p->u->src.text.p[from] == '\n')
        from++;
    struct loc l = source_loc(&p->u->src, from);
    set_system(p, l.system);
    end_line(p);
    if (!is_marker(p, from))
        go_to(p, l);
    return from;
}

/* Behind replaced tokens, which may have gone over line ends and markers. */
static void catch_up(struct printer *p, uint32_t pos)
{
    struct loc l = source_loc(&p->u->src, pos);

    if (str_eq(l.file, p->file) && (l.line == p->mapped || p->opt->no_line))
        return;
    end_line(p);
    go_to(p, l);
}

static void put_pass(struct printer *p, const struct code_item *it)
{
    uint32_t e = 0, pos = sync_pass(p, tok_end(p, it->at.from), it->at.from);
    int depth = 0;

    for (tokidx t = it->at.from; t < it->at.to; t++) {
        const struct token *k = &p->u->toks.v[t];

        put_gap(p, pos, k->off, at_boundary(p, t, depth));
        pos = k->off + k->len;
        if (e < it->n && it->edits[e].at.from == t) {
            buf_puts(p->to, it->edits[e].text);
            p->fresh = false;
            t = it->edits[e++].at.to - 1;
            pos = tok_end(p, t + 1);
            catch_up(p, pos);
            continue;
        }
        depth += depth_change(k);
        put_raw(p, k->off, pos);
    }
    p->done = pos;
}

/* ---- the list -------------------------------------------------------------
 */

/* The text begins with the token that its line belongs to. */
static bool begins_as(const struct printer *p, const char *text)
{
    struct str s = unit_tok(p->u, p->at);

    return strncmp(text, s.p, s.n) == 0 &&
           !(is_word(s.p[s.n - 1]) && is_word(text[s.n]));
}

static void put_text(struct printer *p, const char *text)
{
    VERIFY("code", !strchr(text, '\n'));
    if (p->at_start && *text != '{' && *text != '}') {
        shift_lines(p);
        if (begins_as(p, text))
            keep_column(p, p->at);
    }
    if (*text)
        put_indent(p);
    else
        p->fresh = false; /* an empty line */
    buf_puts(p->to, text);
}

static void start_user_line(struct printer *p, tokidx t)
{
    end_line(p);
    set_system(p, false);
    put_directives(p, t);
    go_to(p, tok_loc(p, t));
    p->at = t;
    p->at_start = true;
}

static void put_list(struct printer *p, const struct code_item *v, uint32_t n);

static void put_item(struct printer *p, const struct code_item *it)
{
    switch ((enum code_kind)it->kind) {
    case CODE_TEXT: put_text(p, it->text); break;
    case CODE_SPAN: put_span(p, it); break;
    case CODE_NL: go_own(p); break;
    case CODE_AT: start_user_line(p, it->at.from); break;
    case CODE_IN: p->indent++; break;
    case CODE_OUT: p->indent--; break;
    case CODE_LABEL: p->outdent = true; break;
    case CODE_GAP: put_directives(p, it->at.from); break;
    case CODE_PASS: put_pass(p, it); break;
    case CODE_LIST: put_list(p, it->list, it->n); break;
    }
}

static void put_list(struct printer *p, const struct code_item *v, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        put_item(p, &v[i]);
}

static void begin(struct printer *p, const struct unit *u, struct arena *a,
                  const struct out_options *opt, struct buf *to)
{
    *p = (struct printer){
        .u = u, .opt = opt, .to = to, .line = 1, .fresh = true, .own = true};
    p->printed = bits_new(a, u->src.directives.n);
    for (uint32_t i = 0; i < to->n; i++)
        p->line += to->p[i] == '\n'; /* a banner is there already */
}

struct printer *out_begin(struct unit *u, const struct out_options *opt,
                          struct buf *to)
{
    struct printer *p = ARENA_NEW(&u->arena, struct printer);

    begin(p, u, &u->arena, opt, to);
    return p;
}

void out_more(struct printer *p, struct code *c)
{
    for (; p->items < c->items.n; p->items++) {
        struct code_item *it = &c->items.v[p->items];

        put_item(p, it);
        if (it->kind == CODE_LIST)
            it->n = 0;
    }
}

void out_end(struct printer *p)
{
    set_system(p, false);
    end_line(p);
}

void out_print(const struct unit *u, const struct code *c,
               const struct out_options *opt, struct buf *to)
{
    struct printer p;

    begin(&p, u, c->arena, opt, to);
    put_list(&p, c->items.v, c->items.n);
    out_end(&p);
}
