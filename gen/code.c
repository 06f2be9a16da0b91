/* SPDX-License-Identifier: MIT */
#include "gen/out.h"

static void push(struct code *c, enum code_kind kind, const char *text)
{
    struct code_item it = {.kind = (uint8_t)kind, .text = text};

    VEC_PUSH(c->arena, &c->items, it);
}

void code_init(struct code *c, struct arena *a)
{
    memset(c, 0, sizeof *c);
    c->arena = a;
}

void code_text(struct code *c, const char *text)
{
    push(c, CODE_TEXT, text);
}

void code_printf(struct code *c, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    push(c, CODE_TEXT, arena_vprintf(c->arena, fmt, ap));
    va_end(ap);
}

void code_nl(struct code *c)
{
    push(c, CODE_NL, NULL);
}

void code_at(struct code *c, tokidx t)
{
    push(c, CODE_AT, NULL);
    VEC_LAST(&c->items).at = (struct span){t, t + 1};
}

void code_append(struct code *c, const struct code *from)
{
    push(c, CODE_LIST, NULL);
    VEC_LAST(&c->items).list = from->items.v;
    VEC_LAST(&c->items).n = from->items.n;
}

void code_gap(struct code *c, tokidx t)
{
    push(c, CODE_GAP, NULL);
    VEC_LAST(&c->items).at = (struct span){t, t + 1};
}

void code_in(struct code *c)
{
    push(c, CODE_IN, NULL);
}

void code_out(struct code *c)
{
    push(c, CODE_OUT, NULL);
}

void code_label(struct code *c)
{
    push(c, CODE_LABEL, NULL);
}

static void push_span(struct code *c, enum code_kind kind, struct span at,
                      const struct edit *edits, uint32_t n)
{
    push(c, kind, NULL);
    VEC_LAST(&c->items).at = at;
    VEC_LAST(&c->items).edits = edits;
    VEC_LAST(&c->items).n = n;
}

void code_span(struct code *c, struct span at, const struct edit *edits,
               uint32_t n)
{
    push_span(c, CODE_SPAN, at, edits, n);
}

void code_pass(struct code *c, struct span at, const struct edit *edits,
               uint32_t n)
{
    push_span(c, CODE_PASS, at, edits, n);
}

static bool is_word_char(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
           (ch >= '0' && ch <= '9') || ch == '_' || ch == '$' ||
           (unsigned char)ch >= 0x80;
}

/* A blank where the input had space, or where two words would become one. */
static void put_joined(struct buf *b, struct str s, bool gap)
{
    bool glue =
        b->n && s.n && is_word_char(b->p[b->n - 1]) && is_word_char(s.p[0]);

    if (b->n && (gap || glue))
        buf_putc(b, ' ');
    buf_put(b, s.p, s.n);
}

static bool has_gap(const struct unit *u, tokidx t)
{
    return t > 0 &&
           u->toks.v[t].off > u->toks.v[t - 1].off + u->toks.v[t - 1].len;
}

const char *code_render(struct unit *u, struct span at,
                        const struct edit *edits, uint32_t n)
{
    struct buf b = {0};
    const char *text;
    uint32_t e = 0;

    for (tokidx t = at.from; t < at.to;) {
        bool gap = t > at.from && has_gap(u, t);

        if (e < n && edits[e].at.from == t) {
            put_joined(&b, str_z(edits[e].text), gap);
            t = edits[e++].at.to;
        } else {
            put_joined(&b, unit_tok(u, t++), gap);
        }
    }
    text = arena_strndup(u->tree, b.p ? b.p : "", b.n);
    buf_free(&b);
    return text;
}

void code_lines(struct code *c, const char *text)
{
    while (*text) {
        size_t n = strcspn(text, "\n");

        if (text[0] == '}')
            code_out(c);
        code_nl(c);
        code_text(c, arena_strndup(c->arena, text, n));
        if (n && text[n - 1] == '{')
            code_in(c);
        text += n + (text[n] == '\n');
    }
}
