/* SPDX-License-Identifier: MIT
 * The types and values of literals: C11 6.4.4, 6.4.5, the suffixes of GNU C
 * and C23. Values that do not fit are cut off, as gcc does with a warning. */
#include <ctype.h>
#include <limits.h>

#include "gen/const.h"
#include "gen/sema_expr.h"

/* ---- spelling ---------------------------------------------------------- */

/* The text of a token without line splices. */
static struct str spelling(struct parser *p, tokidx tok)
{
    struct str s = unit_tok(p->u, tok);
    if (!memchr(s.p, '\\', s.n) || !memchr(s.p, '\n', s.n))
        return s;
    char *out = arena_strndup(p->u->tree, s.p, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '\n')
            i++;
        else
            out[n++] = s.p[i];
    }
    out[n] = '\0';
    return (struct str){out, n};
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return 99;
}

/* ---- numbers ----------------------------------------------------------- */

struct number {
    uint64_t value;
    bool floating, decimal, imaginary;
    bool overflow; /* the value is cut off */
    struct str suffix;
};

static bool is_exponent(struct str s, size_t i, bool hex)
{
    int c = tolower((unsigned char)s.p[i]);
    if (c != (hex ? 'p' : 'e'))
        return false;
    if (i + 1 < s.n && (s.p[i + 1] == '+' || s.p[i + 1] == '-'))
        i++;
    return i + 1 < s.n && isdigit((unsigned char)s.p[i + 1]);
}

/* Digits, point and exponent from s[i]; the suffix is the rest. */
static void scan_digits(struct number *n, struct str s, size_t i, int base)
{
    bool hex = base == 16;
    for (; i < s.n; i++) {
        int d = digit_value(s.p[i]);
        if (s.p[i] == '.') {
            n->floating = true;
        } else if (is_exponent(s, i, hex)) {
            n->floating = true;
            i += s.p[i + 1] == '+' || s.p[i + 1] == '-' ? 2 : 1;
            while (i < s.n && isdigit((unsigned char)s.p[i]))
                i++;
            break;
        } else if (d < base || (d < 10 && base == 8)) {
            uint64_t ubase = (uint64_t)base;
            if (n->value > (UINT64_MAX - (uint64_t)d) / ubase)
                n->overflow = true;
            n->value = n->value * ubase + (uint64_t)d;
        } else if (s.p[i] != '\'') {
            break;
        }
    }
    n->suffix = (struct str){s.p + i, s.n - i};
}

static struct number scan_number(struct str s)
{
    struct number n = {0};
    int c = s.n > 1 && s.p[0] == '0' ? tolower((unsigned char)s.p[1]) : 0;

    if (c == 'x')
        scan_digits(&n, s, 2, 16);
    else if (c == 'b')
        scan_digits(&n, s, 2, 2);
    else if (isdigit(c))
        scan_digits(&n, s, 1, 8);
    else
        scan_digits(&n, s, 0, 10);
    n.decimal = c == 0;
    return n;
}

/* One letter of a suffix, in either case, taken out; how often it stood. */
static int take_letter(char *suffix, char letter)
{
    int n = 0;
    char *to = suffix;
    for (char *c = suffix; *c; c++) {
        if (tolower((unsigned char)*c) == letter)
            n++;
        else
            *to++ = *c;
    }
    *to = '\0';
    return n;
}

static const struct type *float_type(struct parser *p, const char *suffix)
{
    static const struct {
        const char *suffix;
        enum type_kind kind;
    } table[] = {
        {"", TY_DOUBLE},       {"f", TY_FLOAT},       {"l", TY_LDOUBLE},
        {"f16", TY_FLOAT16},   {"f32", TY_FLOAT32},   {"f64", TY_FLOAT64},
        {"f128", TY_FLOAT128}, {"f32x", TY_FLOAT32X}, {"f64x", TY_FLOAT64X},
        {"q", TY_FLOAT128},    {"w", TY_LDOUBLE},     {"df", TY_DEC32},
        {"dd", TY_DEC64},      {"dl", TY_DEC128},     {"d", TY_DOUBLE},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *a = table[i].suffix, *b = suffix;
        while (*a && *a == tolower((unsigned char)*b))
            a++, b++;
        if (!*a && !*b)
            return type_basic(&p->u->types, table[i].kind);
    }
    return NULL;
}

/* C11 6.4.4.1p5: the first type of the list that holds the value. */
static enum type_kind integer_kind(const struct number *n, bool uns, int longs)
{
    uint64_t v = n->value;
    if (n->overflow)
        return uns || !n->decimal ? TY_ULLONG : TY_INT;
    if (longs == 0 && !uns && v <= INT_MAX)
        return TY_INT;
    if (longs == 0 && (uns || !n->decimal) && v <= UINT_MAX)
        return TY_UINT;
    if (longs <= 1 && !uns && v <= INT64_MAX)
        return TY_LONG;
    if (longs <= 1 && (uns || !n->decimal))
        return TY_ULONG;
    if (longs == 2 && !uns && v <= INT64_MAX)
        return TY_LLONG;
    return uns || !n->decimal ? TY_ULLONG : TY_INT128;
}

static const struct type *number_type(struct parser *p, struct number *n)
{
    char *suffix = arena_strndup(p->u->tree, n->suffix.p, n->suffix.n);
    struct types *t = &p->u->types;

    n->imaginary = take_letter(suffix, 'i') + take_letter(suffix, 'j') > 0;
    if (n->floating)
        return float_type(p, suffix);
    bool uns = take_letter(suffix, 'u') > 0;
    int longs = take_letter(suffix, 'l');
    if (*suffix || longs > 2)
        return NULL;
    return type_basic(t, integer_kind(n, uns, longs));
}

struct expr *expr_number(struct parser *p, tokidx tok)
{
    struct expr *e = expr_new(p, EX_NUM, tok);
    struct number n = scan_number(spelling(p, tok));
    const struct type *ty = number_type(p, &n);

    if (!ty) {
        e->type = expr_untyped(p, e->at, "suffix '%.*s' on a number",
                               (int)n.suffix.n, n.suffix.p);
        return e;
    }
    e->type = ty;
    if (n.imaginary)
        e->type = type_derived(&p->u->types, TY_COMPLEX, ty);
    else if (!n.floating && ty->kind != TY_INT128) {
        e->constant = true;
        e->value = const_wrap(ty, (int64_t)n.value);
    }
    return e;
}

/* ---- characters and strings -------------------------------------------- */

enum encoding { ENC_CHAR, ENC_UTF8, ENC_UTF16, ENC_UTF32, ENC_WIDE };

/* What stands between the quotes, and how it is encoded. */
struct literal {
    struct str body;
    enum encoding enc;
    bool raw;
};

static void strip_raw(struct literal *l)
{
    size_t open = 0;
    while (open < l->body.n && l->body.p[open] != '(')
        open++;
    if (l->body.n < 2 * open + 2)
        return;
    l->body.p += open + 1;
    l->body.n -= 2 * open + 2;
}

static struct literal scan_literal(struct parser *p, tokidx tok)
{
    struct str s = unit_tok(p->u, tok);
    struct literal l = {.enc = ENC_CHAR};
    size_t i = 0;

    for (; i < s.n && s.p[i] != '"' && s.p[i] != '\''; i++)
        l.raw |= s.p[i] == 'R';
    if (!l.raw)
        s = spelling(p, tok);
    if (s.n > 2 && s.p[0] == 'u')
        l.enc = s.p[1] == '8' ? ENC_UTF8 : ENC_UTF16;
    else if (s.p[0] == 'U')
        l.enc = ENC_UTF32;
    else if (s.p[0] == 'L')
        l.enc = ENC_WIDE;
    l.body = (struct str){s.p + i + 1, s.n >= i + 2 ? s.n - i - 2 : 0};
    if (l.raw)
        strip_raw(&l);
    return l;
}

/* One code point of UTF-8 at *i; a stray byte stands for itself. */
static uint32_t utf8_next(struct str s, size_t *i)
{
    unsigned char c = (unsigned char)s.p[(*i)++];
    size_t more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    uint32_t v = more == 3   ? c & 7u
                 : more == 2 ? c & 15u
                 : more == 1 ? c & 31u
                             : c;
    while (more-- && *i < s.n && ((unsigned char)s.p[*i] & 0xc0) == 0x80)
        v = v << 6 | ((unsigned char)s.p[(*i)++] & 0x3fu);
    return v;
}

static uint32_t digits_next(struct str s, size_t *i, uint32_t base, size_t max)
{
    uint32_t v = 0;
    while (max-- && *i < s.n && (uint32_t)digit_value(s.p[*i]) < base)
        v = v * base + (uint32_t)digit_value(s.p[(*i)++]);
    return v;
}

/* An element of a literal: a code (point says: of Unicode, not a byte). */
struct element {
    uint32_t code;
    bool point;
};

/* The escape sequence whose backslash *i is past. */
static struct element escape_next(struct str s, size_t *i)
{
    static const char from[] = "abfnrtveE";
    static const char to[] = "\a\b\f\n\r\t\v\033\033";
    char c = *i < s.n ? s.p[*i] : '\\';
    const char *at = c ? strchr(from, c) : NULL;

    if (c >= '0' && c <= '7')
        return (struct element){digits_next(s, i, 8, 3), false};
    (*i)++;
    if (c == 'x')
        return (struct element){digits_next(s, i, 16, SIZE_MAX), false};
    if (c == 'u' || c == 'U')
        return (struct element){digits_next(s, i, 16, c == 'u' ? 4 : 8), true};
    return (struct element){at ? (uint32_t)to[at - from] : (uint32_t)c, false};
}

static struct element element_next(const struct literal *l, bool wide,
                                   size_t *i)
{
    if (!l->raw && l->body.p[*i] == '\\') {
        (*i)++;
        return escape_next(l->body, i);
    }
    if (wide)
        return (struct element){utf8_next(l->body, i), true};
    return (struct element){(unsigned char)l->body.p[(*i)++], false};
}

/* How many array elements it takes. */
static int64_t element_units(struct element x, enum encoding enc)
{
    if (!x.point)
        return 1;
    if (enc == ENC_UTF16)
        return x.code > 0xffff ? 2 : 1;
    if (enc == ENC_UTF32 || enc == ENC_WIDE)
        return 1;
    return x.code < 0x80 ? 1 : x.code < 0x800 ? 2 : x.code < 0x10000 ? 3 : 4;
}

static const struct type *encoding_type(struct parser *p, enum encoding enc,
                                        bool one)
{
    switch (enc) {
    case ENC_UTF8: return type_basic(&p->u->types, one ? TY_UCHAR : TY_CHAR);
    case ENC_UTF16: return type_basic(&p->u->types, TY_USHORT);
    case ENC_UTF32: return type_basic(&p->u->types, TY_UINT);
    case ENC_WIDE: return type_basic(&p->u->types, TY_INT);
    default: return type_basic(&p->u->types, one ? TY_INT : TY_CHAR);
    }
}

/* What a narrow literal holds for x: one byte, or the UTF-8 of a code point,
 * appended below v. */
static uint32_t append_bytes(uint32_t v, struct element x)
{
    int64_t n = element_units(x, ENC_CHAR);

    if (n == 1)
        return v << 8 | (x.code & 0xff);
    static const uint32_t lead[] = {[2] = 0xc0, [3] = 0xe0, [4] = 0xf0};
    v = v << 8 | lead[n] | x.code >> 6 * (n - 1);
    while (--n > 0)
        v = v << 8 | 0x80 | (x.code >> 6 * (n - 1) & 0x3f);
    return v;
}

struct expr *expr_char(struct parser *p, tokidx tok)
{
    struct expr *e = expr_new(p, EX_CHAR, tok);
    struct literal l = scan_literal(p, tok);
    bool wide = l.enc == ENC_UTF16 || l.enc == ENC_UTF32 || l.enc == ENC_WIDE;
    uint32_t v = 0;
    int64_t units = 0;

    for (size_t i = 0; i < l.body.n;) {
        struct element x = element_next(&l, wide, &i);
        v = wide ? x.code : append_bytes(v, x);
        units += element_units(x, l.enc);
    }
    e->type = encoding_type(p, l.enc, true);
    e->constant = true;
    e->value = (int32_t)v;
    if (l.enc == ENC_CHAR && units == 1)
        e->value = const_wrap(type_basic(&p->u->types, TY_CHAR), (int64_t)v);
    e->value = const_wrap(e->type, e->value);
    return e;
}

struct expr *expr_string(struct parser *p, tokidx from)
{
    struct expr *e = expr_new(p, EX_STRING, from);
    enum encoding enc = ENC_CHAR;
    int64_t n = 1;

    for (tokidx t = from; t < p->pos; t++) {
        struct literal l = scan_literal(p, t);
        if (l.enc != ENC_CHAR)
            enc = l.enc;
    }
    bool wide = enc == ENC_UTF16 || enc == ENC_UTF32 || enc == ENC_WIDE;
    for (tokidx t = from; t < p->pos; t++) {
        struct literal l = scan_literal(p, t);
        for (size_t i = 0; i < l.body.n;)
            n += element_units(element_next(&l, wide, &i), enc);
    }
    e->type = type_array(&p->u->types, encoding_type(p, enc, false), NULL, n);
    e->lvalue = true;
    return e;
}
