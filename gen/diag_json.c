/* SPDX-License-Identifier: MIT
 * Printing of what diag.c collected in the shape of gcc's
 * -fdiagnostics-format=json, one line, with a `name` in each message. */
#include "gen/buf.h"
#include "gen/diag_place.h"

enum { TAB = 8 };

/* Length of the UTF-8 character that s[0..n) begins with; 0 if none. */
static size_t utf8(const char *s, size_t n)
{
    unsigned char c = (unsigned char)s[0];
    size_t len = c < 0x80   ? 1
                 : c < 0xc2 ? 0
                 : c < 0xe0 ? 2
                 : c < 0xf0 ? 3
                 : c < 0xf5 ? 4
                            : 0;

    if (len == 0 || len > n)
        return 0;
    for (size_t i = 1; i < len; i++)
        if (((unsigned char)s[i] & 0xc0) != 0x80)
            return 0;
    unsigned char next = len > 2 ? (unsigned char)s[1] : 0x90;
    bool bad = (c == 0xe0 && next < 0xa0) || (c == 0xed && next > 0x9f) ||
               (c == 0xf0 && next < 0x90) || (c == 0xf4 && next > 0x8f);
    return bad ? 0 : len;
}

/* s as a JSON string; bytes that are no UTF-8 become U+FFFD. */
static void put_string(struct buf *out, struct str s)
{
    buf_putc(out, '"');
    for (size_t i = 0; i < s.n;) {
        char c = s.p[i];
        size_t len = utf8(s.p + i, s.n - i);
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if ((unsigned char)c < ' ')
            buf_printf(out, "\\u%04x", (unsigned char)c);
        else if (len)
            buf_put(out, s.p + i, len);
        else
            buf_puts(out, "\\ufffd");
        i += len ? len : 1;
    }
    buf_putc(out, '"');
}

/* The column at which byte `n` of the line is displayed, from 1. */
static unsigned display_column(struct str line, size_t n)
{
    unsigned col = 0;

    for (size_t i = 0; i < n; i++) {
        unsigned char c = i < line.n ? (unsigned char)line.p[i] : ' ';
        if (c == '\t')
            col += TAB - col % TAB;
        else if ((c & 0xc0) != 0x80)
            col++;
    }
    return col + 1;
}

static void put_point(struct buf *out, const char *what,
                      const struct diag_place *at, size_t byte)
{
    unsigned col = display_column(at->text, byte);

    buf_printf(out, "\"%s\": {\"file\": ", what);
    put_string(out, at->file);
    buf_printf(out,
               ", \"line\": %u, \"display-column\": %u, \"byte-column\": %u, "
               "\"column\": %u}",
               (unsigned)at->line, col, (unsigned)byte + 1, col);
}

static void put_location(struct buf *out, const struct unit *u,
                         struct diag_files *files, struct span span)
{
    buf_puts(out, ", \"column-origin\": 1, \"locations\": [");
    if (span.from != DIAG_NOWHERE.from) {
        struct diag_place at = diag_place(u, files, span);
        buf_putc(out, '{');
        put_point(out, "caret", &at, at.from);
        if (at.to > at.from + 1) {
            buf_puts(out, ", ");
            put_point(out, "finish", &at, at.to - 1);
        }
        buf_putc(out, '}');
    }
    buf_puts(out, "], \"escape-source\": false");
}

static void put_head(struct buf *out, const char *kind, const char *text)
{
    buf_printf(out, "{\"kind\": \"%s\", \"message\": ", kind);
    put_string(out, str_z(text));
}

static void put_item(struct buf *out, const struct unit *u,
                     struct diag_files *files, const struct diag_item *d)
{
    bool error = d->level == DIAG_ERROR;

    put_head(out, error ? "error" : "warning", d->text);
    buf_printf(out, ", \"name\": \"%s\"", diag_name(d->id));
    if (diag_level_of(d->id) == DIAG_WARNING)
        buf_printf(out, ", \"option\": \"-W%s%s\"", error ? "error=" : "",
                   diag_name(d->id));
    buf_puts(out, ", \"children\": [");
    for (uint32_t i = 0; i < d->notes.n; i++) {
        if (i)
            buf_puts(out, ", ");
        put_head(out, "note", d->notes.v[i].text);
        put_location(out, u, files, d->notes.v[i].at);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
    put_location(out, u, files, d->at);
    buf_putc(out, '}');
}

void diag_print_json(const struct unit *u, struct buf *out)
{
    struct diag_files files = {0};

    buf_putc(out, '[');
    for (uint32_t i = 0; i < u->diags.n; i++) {
        if (diag_repeats(u, &files, i))
            continue;
        if (i)
            buf_puts(out, ", ");
        put_item(out, u, &files, u->diags.v[i]);
    }
    buf_puts(out, "]\n");
    diag_files_free(&files);
}
