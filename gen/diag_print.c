/* SPDX-License-Identifier: MIT
 * Printing of what diag.c collected, in the manner of gcc. */
#include "gen/buf.h"
#include "gen/diag_place.h"

enum {
    MAX_WIDTH = 240, /* longer lines are cut around the caret */
    BEFORE = 80,     /* bytes kept before the caret then */
};

struct printer {
    const struct unit *u;
    struct buf *out;
    bool color;
    struct diag_files files;
};

/* How each kind of line begins. */
struct style {
    const char *label, *sgr;
};

static const struct style styles[] = {
    [DIAG_ERROR] = {"error", "1;31"},
    [DIAG_WARNING] = {"warning", "1;35"},
};
static const struct style note_style = {"note", "1;36"};

static void color_on(struct printer *p, const char *sgr)
{
    if (p->color)
        buf_printf(p->out, "\033[%sm", sgr);
}

static void color_off(struct printer *p)
{
    if (p->color)
        buf_puts(p->out, "\033[0m");
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Cuts a very long line to what fits around the caret. */
static void clip(struct diag_place *at)
{
    if (at->text.n <= MAX_WIDTH)
        return;
    size_t from = at->from > BEFORE ? at->from - BEFORE : 0;
    while (from > 0 && is_continuation(at->text.p[from]))
        from--;
    size_t to = at->text.n - from > MAX_WIDTH ? from + MAX_WIDTH : at->text.n;
    while (to < at->text.n && is_continuation(at->text.p[to]))
        to++;
    at->text.p += from;
    at->text.n = to - from;
    at->from -= from;
    at->to = at->to > to ? to - from : at->to - from;
}

/* The line itself; control characters would disturb the terminal. */
static void print_text(struct buf *out, struct str line)
{
    for (size_t i = 0; i < line.n; i++) {
        unsigned char c = (unsigned char)line.p[i];
        bool control = (c < ' ' && c != '\t') || c == 0x7f;
        buf_putc(out, control ? ' ' : line.p[i]);
    }
}

/* `^~~~` under the bytes [from, to): as wide as the line above prints, with
 * its tabs, one column for each character. */
static void print_caret(struct printer *p, const struct diag_place *at)
{
    for (size_t i = 0; i < at->from; i++) {
        if (at->text.p[i] == '\t')
            buf_putc(p->out, '\t');
        else if (!is_continuation(at->text.p[i]))
            buf_putc(p->out, ' ');
    }
    color_on(p, "1;32");
    buf_putc(p->out, '^');
    for (size_t i = at->from + 1; i < at->to; i++) {
        if (!is_continuation(at->text.p[i]))
            buf_putc(p->out, '~');
    }
    color_off(p);
}

static void print_at(struct printer *p, struct span span, struct style style,
                     const char *text, const char *name)
{
    struct diag_place at = {.file = {"awaitc", 6}};
    bool nowhere = span.from == DIAG_NOWHERE.from;
    if (!nowhere)
        at = diag_place(p->u, &p->files, span);
    color_on(p, "1");
    buf_put(p->out, at.file.p, at.file.n);
    if (!nowhere)
        buf_printf(p->out, ":%u:%u", (unsigned)at.line, (unsigned)at.from + 1);
    buf_putc(p->out, ':');
    color_off(p);
    buf_putc(p->out, ' ');
    color_on(p, style.sgr);
    buf_printf(p->out, "%s:", style.label);
    color_off(p);
    buf_printf(p->out, " %s", text);
    if (name)
        buf_printf(p->out, " [%s]", name);
    buf_putc(p->out, '\n');
    if (at.text.n == 0)
        return;
    clip(&at);
    size_t margin = p->out->n;
    buf_printf(p->out, "%5u", (unsigned)at.line);
    margin = p->out->n - margin;
    buf_puts(p->out, " | ");
    print_text(p->out, at.text);
    buf_printf(p->out, "\n%*s | ", (int)margin, "");
    print_caret(p, &at);
    buf_putc(p->out, '\n');
}

void diag_print(const struct unit *u, struct buf *out, bool color)
{
    struct printer p = {.u = u, .out = out, .color = color};
    for (uint32_t i = 0; i < u->diags.n; i++) {
        const struct diag_item *d = u->diags.v[i];
        if (diag_repeats(u, &p.files, i))
            continue;
        print_at(&p, d->at, styles[d->level], d->text, diag_name(d->id));
        for (uint32_t k = 0; k < d->notes.n; k++) {
            const struct diag_note *n = &d->notes.v[k];
            print_at(&p, n->at, note_style, n->text, NULL);
        }
    }
    if (u->error_limit && u->errors > u->error_limit) {
        uint32_t more = u->errors - u->error_limit;
        buf_printf(out, "%u more error%s not shown\n", (unsigned)more,
                   more == 1 ? "" : "s");
    }
    diag_files_free(&p.files);
}
