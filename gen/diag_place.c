/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* stat: opening a FIFO would block */

#include "gen/diag_place.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "gen/buf.h"

enum {
    MAX_FILE = 64 << 20, /* larger files are not looked into */
    MAX_LINES_BACK = 64, /* text lines that share a user's line */
};

/* ---- the user's files ------------------------------------------------- */

struct diag_file {
    struct diag_file *next;
    struct str name;
    struct buf text; /* empty when it cannot be read */
};

static void read_file(struct diag_file *f)
{
    struct stat st;
    struct buf path = {0};
    buf_put(&path, f->name.p, f->name.n);
    bool usable = !path.oom && stat(path.p, &st) == 0 && S_ISREG(st.st_mode) &&
                  st.st_size <= MAX_FILE;
    FILE *in = usable ? fopen(path.p, "rb") : NULL;
    buf_free(&path);
    if (!in)
        return;
    char block[4096];
    size_t n;
    while ((n = fread(block, 1, sizeof block, in)) > 0)
        buf_put(&f->text, block, n);
    fclose(in);
    if (f->text.oom)
        buf_free(&f->text);
}

static const struct diag_file *file_named(struct diag_files *fs,
                                          struct str name)
{
    for (const struct diag_file *f = fs->head; f; f = f->next) {
        if (str_eq(f->name, name))
            return f;
    }
    struct diag_file *f = calloc(1, sizeof *f);
    if (!f)
        return NULL;
    f->name = name;
    read_file(f);
    f->next = fs->head;
    fs->head = f;
    return f;
}

void diag_files_free(struct diag_files *fs)
{
    for (struct diag_file *f = fs->head, *next; f; f = next) {
        next = f->next;
        buf_free(&f->text);
        free(f);
    }
    fs->head = NULL;
}

/* s up to its first line end, which may be CR LF. */
static struct str first_line(const char *s, size_t n)
{
    const char *nl = memchr(s, '\n', n);
    if (nl)
        n = (size_t)(nl - s);
    if (n && s[n - 1] == '\r')
        n--;
    return (struct str){s, n};
}

/* Line `line` of a file; p is NULL when there is none. */
static struct str file_line(struct diag_files *fs, struct str name,
                            uint32_t line)
{
    const struct diag_file *f = file_named(fs, name);
    if (!f || !f->text.p || line == 0)
        return (struct str){0};
    const char *p = f->text.p, *end = p + f->text.n;
    while (--line) {
        p = memchr(p, '\n', (size_t)(end - p));
        if (!p)
            return (struct str){0};
        p++;
    }
    return first_line(p, (size_t)(end - p));
}

/* ---- tokens of a line, read simply ------------------------------------ */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t quoted_len(struct str s)
{
    size_t i = 1;
    while (i < s.n && s.p[i] != s.p[0])
        i += s.p[i] == '\\' ? 2 : 1;
    return i < s.n ? i + 1 : s.n;
}

static size_t number_len(struct str s)
{
    size_t i = 1;
    for (; i < s.n && (is_word(s.p[i]) || s.p[i] == '.'); i++) {
        if (strchr("eEpP", s.p[i]) && i + 1 < s.n &&
            (s.p[i + 1] == '+' || s.p[i + 1] == '-'))
            i++;
    }
    return i;
}

/* An identifier, or a literal when it is the prefix of one. */
static size_t word_len(struct str s)
{
    static const char *const prefixes[] = {"u8", "u", "U", "L"};
    size_t n = 0;
    while (n < s.n && is_word(s.p[n]))
        n++;
    if (n == s.n || (s.p[n] != '"' && s.p[n] != '\''))
        return n;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (str_is((struct str){s.p, n}, prefixes[i]))
            return n + quoted_len((struct str){s.p + n, s.n - n});
    }
    return n;
}

static size_t punct_len(struct str s)
{
    static const char *const punct[] = {
#define TOKEN(name, text) text,
#include "grammar/token.def"
    };
    size_t best = 1;
    for (int i = TK_LBRACK; i <= TK_HASHHASH; i++) {
        struct str p = str_z(punct[i]);
        if (p.n > best && p.n <= s.n && memcmp(s.p, p.p, p.n) == 0)
            best = p.n;
    }
    return best;
}

static size_t token_len(struct str s)
{
    if (is_digit(s.p[0]) || (s.n > 1 && s.p[0] == '.' && is_digit(s.p[1])))
        return number_len(s);
    if (is_word(s.p[0]))
        return word_len(s);
    if (s.p[0] == '"' || s.p[0] == '\'')
        return quoted_len(s);
    return punct_len(s);
}

/* White space and comments at the start of s. */
static size_t blank_len(struct str s)
{
    size_t i = 0;
    for (;;) {
        if (i < s.n && s.p[i] && strchr(" \t\v\f\r", s.p[i])) {
            i++;
        } else if (i + 1 < s.n && s.p[i] == '/' && s.p[i + 1] == '/') {
            return s.n;
        } else if (i + 1 < s.n && s.p[i] == '/' && s.p[i + 1] == '*') {
            for (i += 2; i < s.n; i++) {
                if (s.p[i] == '/' && s.p[i - 1] == '*')
                    break;
            }
            i += i < s.n;
        } else {
            return i;
        }
    }
}

/* The length of the token at or after *i, where *i is moved; 0 at the end. */
static size_t next_token(struct str line, size_t *i)
{
    *i += blank_len((struct str){line.p + *i, line.n - *i});
    if (*i >= line.n)
        return 0;
    return token_len((struct str){line.p + *i, line.n - *i});
}

/* Where the token spelled `word` stands in `line` for the nth time (from 0);
 * -1 when it does not. */
static ptrdiff_t find_nth(struct str line, struct str word, uint32_t nth)
{
    size_t i = 0, n;
    for (; (n = next_token(line, &i)) > 0; i += n)
        if (str_eq((struct str){line.p + i, n}, word) && nth-- == 0)
            return (ptrdiff_t)i;
    return -1;
}

/* The same, or the first time when it is there less often. */
static ptrdiff_t find_token(struct str line, struct str word, uint32_t nth)
{
    ptrdiff_t at = find_nth(line, word, nth);
    return at < 0 && nth > 0 ? find_nth(line, word, 0) : at;
}

/* Where the nth token (from 1) at or after `from` that is spelled `word`
 * ends, or the last one when there are fewer; 0 when there is none. */
static size_t find_end(struct str line, size_t from, struct str word,
                       uint32_t nth)
{
    size_t end = 0, n;
    for (; nth > 0 && (n = next_token(line, &from)) > 0; from += n) {
        if (str_eq((struct str){line.p + from, n}, word)) {
            end = from + n;
            nth--;
        }
    }
    return end;
}

/* ---- the same token in both texts ------------------------------------- */

static bool same_line(struct loc a, struct loc b)
{
    return a.line == b.line && str_eq(a.file, b.file);
}

/* The clean spelling of a token. */
static struct str spelling(const struct unit *u, tokidx t)
{
    const struct atom *a = u->toks.v[t].atom;
    return a ? (struct str){a->s, a->n} : unit_tok(u, t);
}

/* The first byte of the text line that holds byte `off`. */
static uint32_t line_start(const struct unit *u, uint32_t off)
{
    while (off > 0 && u->src.text.p[off - 1] != '\n')
        off--;
    return off;
}

/* How many tokens spelled like t stand before it on its line of the user's
 * file. Line markers may split that into several lines of the text. */
static uint32_t occurrence(const struct unit *u, tokidx t)
{
    struct loc here = unit_loc(u, t);
    struct str word = spelling(u, t);
    uint32_t bol = line_start(u, u->toks.v[t].off), n = 0;
    int lines = 0;
    while (t-- > 0) {
        if (u->toks.v[t].off < bol) {
            if (++lines > MAX_LINES_BACK || !same_line(unit_loc(u, t), here))
                break;
            bol = line_start(u, u->toks.v[t].off);
        }
        n += str_eq(spelling(u, t), word);
    }
    return n;
}

/* How many tokens of the span are spelled like its last. */
static uint32_t repeats(const struct unit *u, struct span span)
{
    struct str word = spelling(u, span.to - 1);
    uint32_t n = 0;
    for (tokidx t = span.from; t < span.to; t++)
        n += str_eq(spelling(u, t), word);
    return n;
}

/* The line as the preprocessor left it. */
static struct diag_place text_place(const struct unit *u, struct loc at,
                                    struct span span)
{
    struct str text = u->src.text, all = unit_text(u, span);
    size_t off = (size_t)(all.p - text.p);
    size_t from = off < at.col - 1 ? 0 : off - (at.col - 1);
    struct diag_place p = {.file = at.file, .line = at.line};
    p.text = first_line(text.p + from, text.n - from);
    p.from = off - from < p.text.n ? off - from : p.text.n;
    p.to = p.from + all.n < p.text.n ? p.from + all.n : p.text.n;
    return p;
}

/* Where a token stands that a macro of the line has made: what is written
 * behind the nearest token before it that is there in both texts. */
static ptrdiff_t find_macro(const struct unit *u, struct str line,
                            struct loc at, tokidx t)
{
    size_t i = 0;
    while (t-- > 0 && same_line(unit_loc(u, t), at)) {
        struct str word = spelling(u, t);
        ptrdiff_t before = find_nth(line, word, occurrence(u, t));
        if (before < 0)
            continue;
        i = (size_t)before + word.n;
        break;
    }
    return next_token(line, &i) > 0 ? (ptrdiff_t)i : -1;
}

/* Fills p with the tokens' place in the line of the user's file; false when
 * it cannot be found there. */
static bool file_place(const struct unit *u, struct diag_files *fs,
                       struct loc at, struct span span, struct diag_place *p)
{
    struct str line = file_line(fs, at.file, at.line);
    if (!line.p)
        return false;
    struct str word = spelling(u, span.from);
    ptrdiff_t from = find_token(line, word, occurrence(u, span.from));
    bool made = from < 0;
    if (made)
        from = find_macro(u, line, at, span.from);
    if (from < 0)
        return false;
    *p = (struct diag_place){.file = at.file, .line = at.line, .text = line};
    p->from = (size_t)from;
    size_t i = p->from;
    p->to = p->from + (made ? next_token(line, &i) : word.n);
    tokidx last = span.to - 1;
    if (last <= span.from)
        return true;
    if (!same_line(unit_loc(u, last), at)) {
        p->to = line.n;
        return true;
    }
    size_t to = find_end(line, p->from, spelling(u, last), repeats(u, span));
    if (to > 0)
        p->to = to;
    return true;
}

struct diag_place diag_place(const struct unit *u, struct diag_files *fs,
                             struct span span)
{
    if (u->toks.n == 0)
        return (struct diag_place){.file = str_z(u->src.name), .line = 1};
    if (span.from >= u->toks.n)
        span.from = u->toks.n - 1;
    if (u->toks.v[span.from].kind == TK_EOF && span.from > 0)
        span.from--; /* the end of the file has no line to show */
    if (span.to <= span.from || span.to > u->toks.n)
        span.to = span.from + 1;
    struct loc at = unit_loc(u, span.from);
    struct diag_place p;
    if (!file_place(u, fs, at, span, &p))
        p = text_place(u, at, span);
    return p;
}

bool diag_repeats(const struct unit *u, struct diag_files *fs, uint32_t i)
{
    enum { MOST = 32 };
    const struct diag_item *d = u->diags.v[i];

    if (d->at.from >= u->toks.n)
        return false;
    struct diag_place at = {0};
    struct loc line = unit_loc(u, d->at.from);
    for (uint32_t k = 1; k <= i && k < MOST; k++) {
        const struct diag_item *e = u->diags.v[i - k];
        if (e->at.from >= u->toks.n ||
            !same_line(unit_loc(u, e->at.from), line))
            return false;
        if (e->id != d->id || strcmp(e->text, d->text) != 0)
            continue;
        if (!at.line)
            at = diag_place(u, fs, d->at);
        struct diag_place other = diag_place(u, fs, e->at);
        if (other.from == at.from && other.to == at.to)
            return true;
    }
    return false;
}
