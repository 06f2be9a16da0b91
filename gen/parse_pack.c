/* SPDX-License-Identifier: MIT
 * #pragma pack. Pragmas are no tokens: the ones that stand before a place
 * are read when somebody asks what holds there. */
#include "gen/parse_decl.h"

struct cursor {
    const char *p, *end;
};

static void skip_space(struct cursor *c)
{
    while (c->p < c->end && (*c->p == ' ' || *c->p == '\t'))
        c->p++;
}

static bool accept_char(struct cursor *c, char ch)
{
    skip_space(c);
    if (c->p >= c->end || *c->p != ch)
        return false;
    c->p++;
    return true;
}

static bool is_word_char(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
           (ch >= '0' && ch <= '9') || ch == '_';
}

static struct str read_word(struct cursor *c)
{
    skip_space(c);
    struct str s = {c->p, 0};
    while (c->p < c->end && is_word_char(*c->p))
        c->p++;
    s.n = (size_t)(c->p - s.p);
    return s;
}

static bool accept_word(struct cursor *c, const char *z)
{
    struct cursor before = *c;
    if (str_is(read_word(c), z))
        return true;
    *c = before;
    return false;
}

/* The value of a word that is a number; -1 for others. */
static int number(struct str s)
{
    if (s.n == 0 || s.n > 4)
        return -1;
    int v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return -1;
        v = v * 10 + (s.p[i] - '0');
    }
    return v;
}

static void pop(struct parser *p)
{
    p->pack = p->packs.n ? p->packs.v[--p->packs.n] : 0;
}

/* pack ( [ push | pop ] { , name } [ , number ] ) */
static void apply(struct parser *p, struct cursor *c)
{
    if (!accept_char(c, '('))
        return;
    int n = -1;
    bool words = false;
    while (c->p < c->end && !accept_char(c, ')')) {
        struct str w = read_word(c);
        if (str_is(w, "push"))
            VEC_PUSH(&p->u->arena, &p->packs, p->pack);
        else if (str_is(w, "pop"))
            pop(p);
        else if (number(w) >= 0)
            n = number(w);
        words = words || w.n > 0;
        if (!accept_char(c, ',') && w.n == 0)
            break;
    }
    if (n >= 0)
        p->pack = (uint32_t)n;
    else if (!words)
        p->pack = 0;
}

/* The packing that holds at token `at`, in bytes; 0 is none. Places asked
 * for ascend. */
uint32_t parse_pack_at(struct parser *p, tokidx at)
{
    const struct source *src = &p->u->src;
    uint32_t off = p->u->toks.v[at].off;
    for (; p->directive < src->directives.n; p->directive++) {
        struct directive d = src->directives.v[p->directive];
        if (d.off >= off)
            break;
        struct cursor c = {src->text.p + d.off, src->text.p + d.off + d.len};
        if (accept_char(&c, '#') && accept_word(&c, "pragma") &&
            accept_word(&c, "pack"))
            apply(p, &c);
    }
    return p->pack;
}
