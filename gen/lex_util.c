/* SPDX-License-Identifier: MIT
 * The loop around the rules of grammar/lex.re, and their longer actions. */
#include "gen/lex_impl.h"

/* ---- identifiers ------------------------------------------------------- */

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return (c | 0x20) - 'a' + 10;
}

static size_t put_utf8(char *to, uint32_t c)
{
    static const uint32_t first[] = {0, 0xc0, 0xe0, 0xf0};
    size_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    for (size_t i = more; i > 0; i--) {
        to[i] = (char)(unsigned char)(0x80 | (c & 0x3f));
        c >>= 6;
    }
    to[0] = (char)(unsigned char)(first[more] | c);
    return more + 1;
}

/* Replaces \u00e9 by the character in UTF-8, which C takes for the same
 * identifier. Those that C does not allow stay as they are. */
static size_t decode_ucns(char *s, size_t n)
{
    size_t len = 0;
    for (size_t i = 0; i < n;) {
        if (s[i] != '\\') {
            s[len++] = s[i++];
            continue;
        }
        size_t digits = s[i + 1] == 'u' ? 4 : 8;
        uint32_t c = 0;
        for (size_t k = 0; k < digits; k++)
            c = c << 4 | (uint32_t)hex(s[i + 2 + k]);
        if (c < 0xa0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
            memmove(s + len, s + i, digits + 2);
            len += digits + 2;
        } else {
            len += put_utf8(s + len, c);
        }
        i += digits + 2;
    }
    return len;
}

enum tok_kind lex_ident(struct lexer *x, bool plain)
{
    const char *s = (const char *)x->start;
    size_t n = (size_t)(x->cur - x->start);
    if (!plain) {
        char *clean = arena_alloc(&x->u->arena, n);
        n = decode_ucns(clean, lex_unsplice(clean, x->start, n));
        s = clean;
    }
    x->atom = atoms_get(&x->u->atoms, s, n);
    return x->atom->kw ? (enum tok_kind)x->atom->kw : TK_IDENT;
}

/* ---- raw strings ------------------------------------------------------- */

enum { MAX_DELIMITER = 16 };

/* Splices mean nothing inside R"delimiter( ... )delimiter". Without its end
 * the literal takes the rest of the text. */
enum tok_kind lex_raw_string(struct lexer *x)
{
    const unsigned char *p = x->cur, *delim = p - 1;
    while (delim[-1] != '"')
        delim--;
    size_t n = (size_t)(p - 1 - delim);
    while (n <= MAX_DELIMITER && (p = memchr(p, ')', (size_t)(x->end - p)))) {
        p++;
        if ((size_t)(x->end - p) > n && p[n] == '"' &&
            memcmp(p, delim, n) == 0) {
            x->cur = p + n + 1;
            return TK_STRING;
        }
    }
    x->cur = p ? lex_line_end(x->cur, x->end) : x->end;
    return TK_OTHER;
}

/* ---- the token array --------------------------------------------------- */

/* Room for as many tokens as a text of n bytes usually has at most. What is not
 * needed of it is never touched. */
static void reserve(struct unit *u, size_t n)
{
    uint32_t cap = (uint32_t)(n / 2) + 16;
    if (u->toks.cap >= cap)
        return;
    u->toks.v = ARENA_ARRAY(&u->arena, struct token, cap);
    u->toks.cap = cap;
}

static void add_token(struct lexer *x, enum tok_kind kind)
{
    const unsigned char *text = (const unsigned char *)x->u->src.text.p;
    struct token t = {
        .off = (uint32_t)(x->start - text),
        .kind = (uint8_t)kind,
        .atom = x->atom,
    };
    size_t n = (size_t)(x->cur - x->start);
    if (n > TOKEN_MAX) {
        t.kind = TK_OTHER;
        t.atom = NULL;
    }
    for (; n > TOKEN_MAX; n -= TOKEN_MAX, t.off += TOKEN_MAX) {
        t.len = TOKEN_MAX;
        VEC_PUSH(&x->u->arena, &x->u->toks, t);
    }
    t.len = n & TOKEN_MAX;
    VEC_PUSH(&x->u->arena, &x->u->toks, t);
}

void lex(struct unit *u)
{
    const unsigned char *text = (const unsigned char *)u->src.text.p;
    enum tok_kind kind;
    u->toks.n = 0;
    u->src.marks.n = 1;
    u->src.directives.n = 0;
    reserve(u, u->src.text.n);
    struct lexer x = {
        .u = u,
        .cur = text + u->src.marks.v[0].off,
        .end = text + u->src.text.n,
        .bol = true,
    };
    do {
        x.atom = NULL;
        kind = lex_scan(&x);
        x.bol = false;
        add_token(&x, kind);
    } while (kind != TK_EOF);
}
