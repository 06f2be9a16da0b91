/* SPDX-License-Identifier: MIT */
#include "gen/source.h"

/* Where every line but the first begins, into `to` unless that is NULL; how
 * many there are. */
static uint32_t line_starts(struct str text, uint32_t *to)
{
    uint32_t n = 0;
    const char *end = text.p + text.n, *nl = text.p;
    while (nl < end && (nl = memchr(nl, '\n', (size_t)(end - nl)))) {
        nl++;
        if (to)
            to[n] = (uint32_t)(nl - text.p);
        n++;
    }
    return n;
}

void source_init(struct source *s, struct arena *a, struct str text,
                 const char *name)
{
    *s = (struct source){.text = text, .name = name};
    s->nlines = line_starts(text, NULL);
    s->lines = ARENA_ARRAY(a, uint32_t, s->nlines);
    line_starts(text, s->lines);
    bool bom = text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0;
    struct line_mark first = {
        .off = bom ? 3 : 0,
        .line = 1,
        .file = str_z(name),
    };
    VEC_PUSH(a, &s->marks, first);
}

uint32_t source_mark(const struct source *s, uint32_t off)
{
    uint32_t lo = 0, hi = s->marks.n;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (s->marks.v[mid].off <= off)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

static void cursor_to_mark(const struct source *s, struct source_cursor *c,
                           uint32_t mark)
{
    c->mark = mark;
    c->off = c->bol = s->marks.v[mark].off;
    c->line = s->marks.v[mark].line;
}

struct loc source_cursor_loc(const struct source *s, struct source_cursor *c,
                             uint32_t off)
{
    if (c->line == 0 && c->off == 0)
        cursor_to_mark(s, c, 0);
    uint32_t mark = c->mark;
    while (mark + 1 < s->marks.n && s->marks.v[mark + 1].off <= off)
        mark++;
    if (mark != c->mark)
        cursor_to_mark(s, c, mark);
    const char *nl;
    while (c->off < off &&
           (nl = memchr(s->text.p + c->off, '\n', off - c->off))) {
        c->line++;
        c->off = c->bol = (uint32_t)(nl + 1 - s->text.p);
    }
    if (c->off < off)
        c->off = off;
    return (struct loc){
        .file = s->marks.v[mark].file,
        .line = c->line,
        .col = off < c->bol ? 1 : off - c->bol + 1,
        .system = s->marks.v[mark].system,
    };
}

/* How many lines begin at or before `off`, not counting the first. */
static uint32_t lines_to(const struct source *s, uint32_t off)
{
    uint32_t lo = 0, hi = s->nlines;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (s->lines[mid] <= off)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

struct loc source_loc(const struct source *s, uint32_t off)
{
    const struct line_mark *m = &s->marks.v[source_mark(s, off)];
    uint32_t from = m->off, before = lines_to(s, from);
    uint32_t at = off < from ? before : lines_to(s, off);
    uint32_t bol = at > before ? s->lines[at - 1] : from;
    return (struct loc){
        .file = m->file,
        .line = m->line + (at - before),
        .col = off < bol ? 1 : off - bol + 1,
        .system = m->system,
    };
}
