/* SPDX-License-Identifier: MIT
 * The scanner on chosen inputs; test_lex_text.c has random and real ones. */
#include "tests/unit/suite.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "gen/buf.h"
#include "gen/lex_impl.h"
#include "tests/unit/test_lex.h"
#include "tests/unit/util.h"

/* ---- every token kind --------------------------------------------------- */

/* Texts that are one token. Kinds with a fixed spelling come from token.def,
 * so that a new one is tested, or misses its case. */
static const struct lex_case {
    enum tok_kind kind;
    const char *text;
} cases[] = {
#define TOKEN(name, text)                                                      \
    {TK_##name <= TK_OTHER ? TK_EOF : TK_##name,                               \
     TK_##name <= TK_OTHER ? "" : text},
#define KEYWORD(name, text) {TK_##name, text},
#define ALIAS(name, text) {TK_##name, text},
#define WORD(name, text, reserved) {TK_IDENT, text}, {TK_IDENT, reserved},
#define FORM(name, text) {TK_IDENT, text},
#include "grammar/token.def"
    {TK_EOF, ""},
    /* digraphs */
    {TK_LBRACK, "<:"},
    {TK_RBRACK, ":>"},
    {TK_LBRACE, "<%"},
    {TK_RBRACE, "%>"},
    {TK_HASH, "%:"},
    {TK_HASHHASH, "%:%:"},
    /* identifiers */
    {TK_IDENT, "a"},
    {TK_IDENT, "_"},
    {TK_IDENT, "Zz_09"},
    {TK_IDENT, "$"},
    {TK_IDENT, "a$b"},
    {TK_IDENT, "u8"},
    {TK_IDENT, "L"},
    {TK_IDENT, "R"},
    {TK_IDENT, "ints"},
    {TK_IDENT, "\xc3\xa9t\xc3\xa9"},
    {TK_IDENT, "x\xe2\x82\xac"},
    {TK_IDENT, "\xf0\x9f\x98\x80"},
    {TK_IDENT, "\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80"},
    {TK_IDENT, "\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"},
    {TK_IDENT, "\\u00e9"},
    {TK_IDENT, "a\\u00E9b\\U0001F600"},
    /* numbers */
    {TK_NUM, "0"},
    {TK_NUM, "42"},
    {TK_NUM, "0x1Fu"},
    {TK_NUM, "0b101"},
    {TK_NUM, "017LL"},
    {TK_NUM, "1ull"},
    {TK_NUM, "1."},
    {TK_NUM, ".5"},
    {TK_NUM, "1.5e10"},
    {TK_NUM, "1e-7f"},
    {TK_NUM, "1E+7L"},
    {TK_NUM, "0x1.8p3"},
    {TK_NUM, "0x.8P-3"},
    {TK_NUM, "0x1p+3f"},
    {TK_NUM, "2.0i"},
    {TK_NUM, "3j"},
    {TK_NUM, "1.0fi"},
    {TK_NUM, "1.5df"},
    {TK_NUM, "1.0f128"},
    {TK_NUM, "1.0Q"},
    {TK_NUM, "0x1e+3"},
    {TK_NUM, "1..2"},
    {TK_NUM, "1.e+.p-x_$"},
    {TK_NUM, "1\xc3\xa9\\u00e9"},
    {TK_NUM, "08"},
    /* character constants */
    {TK_CHAR, "'a'"},
    {TK_CHAR, "'abcd'"},
    {TK_CHAR, "'\\n'"},
    {TK_CHAR, "'\\''"},
    {TK_CHAR, "'\\\\'"},
    {TK_CHAR, "'\\x1f\\777\\u00e9\\U0001F600\\e'"},
    {TK_CHAR, "'\"'"},
    {TK_CHAR, "''"},
    {TK_CHAR, "'\xc3\xa9'"},
    {TK_CHAR, "'\xff'"},
    {TK_CHAR, "L'a'"},
    {TK_CHAR, "u'a'"},
    {TK_CHAR, "U'\\''"},
    {TK_CHAR, "u8'a'"},
    {TK_CHAR, "'/*'"},
    /* strings */
    {TK_STRING, "\"\""},
    {TK_STRING, "\"abc\""},
    {TK_STRING, "\"a\\\"b\""},
    {TK_STRING, "\"\\\\\""},
    {TK_STRING, "\"\\\\\\\"\""},
    {TK_STRING, "\"it's // no /* comment */\""},
    {TK_STRING, "\"\\q\\0\\x\""},
    {TK_STRING, "\"\xff\xfe\x01\t\""},
    {TK_STRING, "L\"x\""},
    {TK_STRING, "u\"x\""},
    {TK_STRING, "U\"x\""},
    {TK_STRING, "u8\"x\""},
    {TK_STRING, "\"# 1 \\\"x\\\"\""},
    /* not tokens of C */
    {TK_OTHER, "@"},
    {TK_OTHER, "`"},
    {TK_OTHER, "\\"},
    {TK_OTHER, "\x01"},
    {TK_OTHER, "\x7f"},
    {TK_OTHER, "\x80"},
    {TK_OTHER, "\xff"},
    {TK_OTHER, "'"},
    {TK_OTHER, "\""},
    {TK_OTHER, "'abc; \"x\" /* */"},
    {TK_OTHER, "\"abc; 'x' // y"},
    {TK_OTHER, "\"abc\\\""},
    {TK_OTHER, "L'abc"},
    {TK_OTHER, "u8\"abc"},
    {TK_OTHER, "'\\'"},
};

/* Raw strings, where a splice is no splice. */
static const struct lex_case raw_cases[] = {
    {TK_STRING, "R\"()\""},
    {TK_STRING, "R\"(a\\\nb\n# 1 \"x\"\n)\""},
    {TK_STRING, "R\"x(a)\" \")y\" )x\""},
    {TK_STRING, "u8R\"(\")\""},
    {TK_STRING, "uR\"(a\\)\""},
    {TK_STRING, "UR\"*(a)**)*\""},
    {TK_STRING, "LR\"0123456789abcdef()0123456789abcdef\""},
    {TK_OTHER, "R\"(abc"},
    {TK_OTHER, "R\"x(abc)\"\n)y\"; more"},
    {TK_OTHER, "R\"0123456789abcdefg()0123456789abcdefg\""},
};

/* `text` is one token, and what follows it is the end. Scanned behind
 * something, so that # begins no directive. */
static void check_one(const struct lex_case *c, const char *text)
{
    struct unit u;
    struct buf b = {0};
    buf_printf(&b, "; %s", text);
    lex_text(&u, b.p);
    if (c->kind == TK_EOF) {
        ck_assert_uint_eq(u.toks.n, 2);
    } else {
        ck_assert_msg(u.toks.n == 3, "%u tokens: %s", u.toks.n, text);
        ck_assert_msg(u.toks.v[1].kind == c->kind, "kind %d not %d: %s",
                      u.toks.v[1].kind, c->kind, text);
        ck_assert_uint_eq(u.toks.v[1].off, 2);
        ck_assert_uint_eq(u.toks.v[1].len, strlen(text));
        const struct atom *a = u.toks.v[1].atom;
        if (a && !strchr(c->text, '\\'))
            ck_assert_str_eq(a->s, c->text);
    }
    ck_assert_uint_eq(VEC_LAST(&u.toks).kind, TK_EOF);
    unit_free(&u);
    buf_free(&b);
}

START_TEST(each_kind_is_found)
{
    bool seen[TK_COUNT] = {false};
    for (size_t i = 0; i < LEN(cases); i++) {
        check_one(&cases[i], cases[i].text);
        seen[cases[i].kind] = true;
    }
    for (size_t i = 0; i < LEN(raw_cases); i++)
        check_one(&raw_cases[i], raw_cases[i].text);
    for (int k = 0; k < TK_COUNT; k++)
        ck_assert_msg(seen[k], "no case for %s",
                      tok_kind_name((enum tok_kind)k));
}
END_TEST

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* With a splice at each place inside, a token stays what it is. */
START_TEST(splices_may_stand_anywhere_in_a_token)
{
    static const char *const splices[] = {"\\\n", "\\\r\n", "\\ \t\n",
                                          "\\\n\\\n\\\n"};
    for (size_t i = 0; i < LEN(cases); i++) {
        const char *text = cases[i].text;
        for (size_t at = 1; at < strlen(text); at++) {
            if (is_continuation(text[at]))
                continue;
            struct buf b = {0};
            buf_put(&b, text, at);
            buf_puts(&b, splices[(at + i) % LEN(splices)]);
            buf_puts(&b, text + at);
            check_one(&cases[i], b.p);
            buf_free(&b);
        }
    }
}
END_TEST

/* And with one at every place at once. */
START_TEST(splices_may_stand_everywhere_in_a_token)
{
    for (size_t i = 0; i < LEN(cases); i++) {
        struct buf b = {0};
        for (const char *p = cases[i].text; *p; p++) {
            if (p > cases[i].text && !is_continuation(*p))
                buf_puts(&b, "\\\n");
            buf_putc(&b, *p);
        }
        buf_puts(&b, "");
        check_one(&cases[i], b.p);
        buf_free(&b);
    }
}
END_TEST

/* ---- sequences ----------------------------------------------------------- */

/* Tokens joined by blanks; identifiers and keywords in their clean spelling,
 * stray ones in angle brackets. */
static char *joined(const struct unit *u)
{
    struct buf b = {0};
    for (tokidx i = 0; i + 1 < u->toks.n; i++) {
        struct token t = u->toks.v[i];
        struct str s = unit_tok(u, i);
        if (i > 0)
            buf_putc(&b, ' ');
        if (t.kind == TK_OTHER)
            buf_printf(&b, "<%.*s>", (int)s.n, s.p);
        else if (t.atom)
            buf_puts(&b, t.atom->s);
        else
            buf_put(&b, s.p, s.n);
    }
    buf_puts(&b, "");
    return b.p;
}

static const struct {
    const char *text, *tokens;
} sequences[] = {
    /* the longest token first */
    {"a+++++b", "a ++ ++ + b"},
    {"a---->b", "a -- -- > b"},
    {"a->b", "a -> b"},
    {">>>>=>=", ">> >>= >="},
    {"<<<=<=<", "<< <= <= <"},
    {"&&&=&", "&& &= &"},
    {"|||==", "|| |= ="},
    {"!===", "!= =="},
    {"*=*==", "*= *= ="},
    {"......", "... ..."},
    {"..", ". ."},
    {"....5", "... .5"},
    {"a.b.5", "a . b .5"},
    {"1.a", "1.a"},
    {":::", ":: :"},
    {"?:", "? :"},
    {"x %:%", "x %: %"},
    {"x %:%:%:", "x %:%: %:"},
    {"x ###", "x ## #"},
    {"<::>", "<: :>"},
    {"<%%>%=", "<% %> %="},
    {"a[i]{(~b)};", "a [ i ] { ( ~ b ) } ;"},
    {"1-1", "1 - 1"},
    {"0xe-1", "0xe-1"},
    {"0xf-1", "0xf - 1"},
    /* literals and what touches them */
    {"L\"a\"\"b\"L'c'", "L\"a\" \"b\" L'c'"},
    {"u9\"a\"", "u9 \"a\""},
    {"LL'a'", "LL 'a'"},
    {"R\"a\"", "R \"a\""},
    {"R \"(a)\"", "R \"(a)\""},
    {"xR\"(a)\"", "xR \"(a)\""},
    {"R\"a b(c)a b\"", "R \"a b(c)a b\""},
    {"'a'x", "'a' x"},
    {"1'a'", "1 'a'"},
    {"\"a\nb\"c\"", "<\"a> b \"c\""},
    {"'a\nb", "<'a> b"},
    {"\"a\\\"\n\"", "<\"a\\\"> <\">"},
    {"\"\\\\\n\" + \"b\"", "\"\\\\\n\" + \" b <\">"},
    /* bytes that are no tokens */
    {"a @ b ` c", "a <@> b <`> c"},
    {"\\x", "<\\> x"},
    {"\\u12 \\U0012345 \\u\\", "<\\> u12 <\\> U0012345 <\\> u <\\>"},
    {"a\\u00g", "a <\\> u00g"},
    {"\xc3(\xa9", "<\xc3> ( <\xa9>"},
    {"\xc0\x80", "<\xc0> <\x80>"},
    {"\xe0\x80\x80", "<\xe0> <\x80> <\x80>"},
    {"\xed\xa0\x80", "<\xed> <\xa0> <\x80>"},
    {"\xf5\x80", "<\xf5> <\x80>"},
    {"\xe2\x82", "<\xe2> <\x82>"},
    {"a\xff"
     "b",
     "a <\xff> b"},
    /* identifiers are kept in their clean spelling */
    {"i\\\nn\\ \nt x\\\r\ny", "int xy"},
    {"\\u00e9 \xc3\xa9 \\U000000E9 \\u\\\n00\\\ne9", "\xc3\xa9 \xc3\xa9 "
                                                     "\xc3\xa9 \xc3\xa9"},
    {"\\u20ac\\U0001F600", "\xe2\x82\xac\xf0\x9f\x98\x80"},
    {"\\ud800 \\u0041 \\U00110000", "\\ud800 \\u0041 \\U00110000"},
    /* between tokens */
    {" \t\v\f\r\na\n\n b ", "a b"},
    {"\xef\xbb\xbf"
     "a",
     "a"},
    {"a\\\n\\\n b\\\n", "a b"},
    {"a \\\nb\\\n c", "a b c"},
    {"a/* b */c/**/d/***/e/*/*/f", "a c d e f"},
    {"a/* // */b", "a b"},
    {"a/* \" ' \n */b", "a b"},
    {"a/\\\n*\\\n b *\\\n\\\r\n/ c", "a c"},
    {"a/* *\\ / */ b", "a b"},
    {"a/* **\\\n */ b", "a b"},
    {"a/*\\\n/ */ b", "a b"},
    {"a/* b", "a"},
    {"a/*", "a"},
    {"a/*/", "a"},
    {"a//b\nc", "a c"},
    {"a//b\\\nc\nd", "a d"},
    {"a//b\\ \nc\\\\\nd\ne", "a e"},
    {"a/\\\n/b /* \nc", "a c"},
    {"a//", "a"},
    {"a//b\\", "a"},
    {"a / / b /\\\n= c", "a / / b /\\\n= c"},
    {"a\n//# 1 \"x\"\nb", "a b"},
    /* # where it starts no directive */
    {"a # b", "a # b"},
    {"a /* \n */ # b", "a # b"},
    {"a \\\n# b", "a # b"},
    {"a\n \\\n/* */ # b\nc", "a c"},
};

START_TEST(texts_split_into_tokens)
{
    struct unit u;
    lex_text(&u, sequences[_i].text);
    char *tokens = joined(&u);
    ck_assert_str_eq(tokens, sequences[_i].tokens);
    free(tokens);
    unit_free(&u);
}
END_TEST

START_TEST(nul_bytes_are_bytes)
{
    static const char text[] = "a\0b \"x\0y\" 'z\0' /* \0 */ // \0\nc\0";
    struct unit u;
    lex_bytes(&u, text, sizeof text - 1);
    static const enum tok_kind kinds[] = {
        TK_IDENT, TK_OTHER, TK_IDENT, TK_STRING,
        TK_CHAR,  TK_IDENT, TK_OTHER, TK_EOF,
    };
    ck_assert_uint_eq(u.toks.n, LEN(kinds));
    for (tokidx i = 0; i < u.toks.n; i++)
        ck_assert_int_eq(u.toks.v[i].kind, kinds[i]);
    ck_assert_uint_eq(u.toks.v[1].len, 1);
    ck_assert_uint_eq(u.toks.v[3].len, 5);
    unit_free(&u);
}
END_TEST

/* A token has 24 bits of length. */
START_TEST(what_is_too_long_is_several_tokens)
{
    struct unit u;
    struct buf b = {0};
    buf_putc(&b, '"');
    for (int i = 0; i < TOKEN_MAX; i += 5)
        buf_puts(&b, "01234");
    buf_puts(&b, "\" x");
    lex_text(&u, b.p);
    lex_verify(&u);
    ck_assert_uint_eq(u.toks.n, 4);
    ck_assert_int_eq(u.toks.v[0].kind, TK_OTHER);
    ck_assert_uint_eq(u.toks.v[0].len, TOKEN_MAX);
    ck_assert_int_eq(u.toks.v[1].kind, TK_OTHER);
    ck_assert_uint_eq(u.toks.v[0].len + u.toks.v[1].len, b.n - 2);
    ck_assert_int_eq(u.toks.v[2].kind, TK_IDENT);
    unit_free(&u);
    buf_free(&b);
}
END_TEST

START_TEST(equal_identifiers_share_an_atom)
{
    struct unit u;
    lex_text(&u, "await foo f\\\noo await _Await int");
    const struct token *t = u.toks.v;
    ck_assert_ptr_eq(t[1].atom, t[2].atom);
    ck_assert_ptr_eq(t[0].atom, t[3].atom);
    ck_assert_int_eq(t[0].atom->word, WORD_AWAIT);
    ck_assert_int_eq(t[4].atom->word, WORD_AWAIT_ALWAYS);
    ck_assert_int_eq(t[5].atom->kw, TK_INT);
    ck_assert_ptr_null(t[6].atom);
    unit_free(&u);
}
END_TEST

/* ---- directives and line markers ---------------------------------------- */

/* All directives, one in angle brackets each, then all marks but the first:
 * [line file], + for a system header. */
static char *between(const struct unit *u)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < u->src.directives.n; i++) {
        struct directive d = u->src.directives.v[i];
        buf_printf(&b, "<%.*s>", (int)d.len, u->src.text.p + d.off);
    }
    for (uint32_t i = 1; i < u->src.marks.n; i++) {
        const struct line_mark *m = &u->src.marks.v[i];
        buf_printf(&b, "[%u %.*s%s]", m->line, (int)m->file.n, m->file.p,
                   m->system ? "+" : "");
    }
    buf_puts(&b, "");
    return b.p;
}

static const struct {
    const char *text, *found, *tokens;
} directives[] = {
    {"#pragma once\nx", "<#pragma once>", "x"},
    {"x\n  # /* */ ident \"a\"  \ny", "<# /* */ ident \"a\"  >", "x y"},
    {"/* \n */ #sccs \"a\"", "<#sccs \"a\">", ""},
    {"%:pragma x\ny", "<%:pragma x>", "y"},
    {"#\nx", "<#>", "x"},
    {"#pragma a \\\n b\\\r\nc\\ \nd\nx", "<#pragma a \\\n b\\\r\nc\\ \nd>",
     "x"},
    {"#\\\nline 3\nx", "[3 in.c]", "x"},
    {"#warning don't \" worry\nx", "<#warning don't \" worry>", "x"},
    {"#pragma a /* \n */ b\nx", "<#pragma a /* \n */ b>", "x"},
    {"#pragma a // b \\\n c\nx", "<#pragma a // b \\\n c>", "x"},
    {"#pragma m(\"/*\")\nx", "<#pragma m(\"/*\")>", "x"},
    {"#pragma m(\"\\\"/*\", '/*')\nx", "<#pragma m(\"\\\"/*\", '/*')>", "x"},
    {"#pragma m(\"\\\\\n\"/*\")\nx", "<#pragma m(\"\\\\\n\"/*\")>", "x"},
    {"#pragma a /\\\n* \n */ b\nx", "<#pragma a /\\\n* \n */ b>", "x"},
    {"#pragma m(\"a\\\n/*\")\nx", "<#pragma m(\"a\\\n/*\")>", "x"},
    {"#pragma /* never closed\nx", "<#pragma /* never closed\nx>", ""},
    {"#pragma \\", "<#pragma \\>", ""},
    {"#define X {\n#undef X", "<#define X {><#undef X>", ""},
    {"x\n#pragma a\n#pragma b\ny", "<#pragma a><#pragma b>", "x y"},
    /* line markers */
    {"# 12 \"f.h\" 1 3 4\nx", "[12 f.h+]", "x"},
    {"# 12 \"f.h\"\nx", "[12 f.h]", "x"},
    {"# 12 \"f.h\" 2\r\nx", "[12 f.h]", "x"},
    {"# 12\nx", "[12 in.c]", "x"},
    {"#line 12 \"f.h\"\nx", "[12 f.h]", "x"},
    {"#line 12\nx", "[12 in.c]", "x"},
    {" #  line  012  \"f.h\"  \nx", "[12 f.h]", "x"},
    {"# 12 \"f.h\" 3\n# 4\n# 5 \"g.h\"", "[12 f.h+][4 f.h+][5 g.h]", ""},
    {"# 2147483647 \"f.h\"\nx", "[2147483647 f.h]", "x"},
    {"# 0 \"f.h\"\nx", "[0 f.h]", "x"},
    {"# 1 \"f.h\"", "[1 f.h]", ""},
    {"# 1 \"\"", "[1 ]", ""},
    {"#line \\\n 12 \"f\\\n.h\"\nx", "[12 f.h]", "x"},
    /* escapes in names */
    {"# 1 \"a\\\\b\\\"c\"", "[1 a\\b\"c]", ""},
    {"# 1 \"\\303\\251\\1\\0111\"", "[1 \xc3\xa9\x01\t1]", ""},
    {"# 1 \"\\a\\b\\f\\n\\r\\t\\v\\q\"", "[1 \a\b\f\n\r\t\vq]", ""},
    {"# 1 \"\xc3\xa9 %s\"", "[1 \xc3\xa9 %s]", ""},
    {"# 1 \"/*\"\nx", "[1 /*]", "x"},
    /* nearly line markers */
    {"# 12 f.h\n", "<# 12 f.h>", ""},
    {"# 12 \"f.h\n", "<# 12 \"f.h>", ""},
    {"# 12 \"f.h\\\"\n", "<# 12 \"f.h\\\">", ""},
    {"# 12 \"f.h\"3\n", "<# 12 \"f.h\"3>", ""},
    {"# 12 \"f.h\" x\n", "<# 12 \"f.h\" x>", ""},
    {"# 12x\n", "<# 12x>", ""},
    {"# 4294967296 \"f.h\"\n", "<# 4294967296 \"f.h\">", ""},
    {"#line12\n", "<#line12>", ""},
    {"#line\n", "<#line>", ""},
    {"#lines 12\n", "<#lines 12>", ""},
};

START_TEST(directives_are_recorded)
{
    struct unit u;
    lex_text(&u, directives[_i].text);
    char *found = between(&u), *tokens = joined(&u);
    ck_assert_str_eq(found, directives[_i].found);
    ck_assert_str_eq(tokens, directives[_i].tokens);
    free(found);
    free(tokens);
    unit_free(&u);
}
END_TEST

START_TEST(a_mark_knows_its_own_line)
{
    static const char text[] = "x\n  # 5 \"f.h\"\ny\n#line 7";
    struct unit u;
    lex_text(&u, text);
    const struct line_mark *m = u.src.marks.v;
    ck_assert_uint_eq(u.src.marks.n, 3);
    ck_assert_uint_eq(m[1].marker, 4);
    ck_assert_int_eq(text[m[1].off], 'y');
    ck_assert_uint_eq(m[2].off, sizeof text - 1);
    unit_free(&u);
}
END_TEST

/* ---- lex_verify and lex_dump --------------------------------------------- */

static void shift_back(struct unit *u)
{
    u->toks.v[1].off -= 2;
}

static void shrink(struct unit *u)
{
    u->toks.v[1].len--;
}

static void stretch(struct unit *u)
{
    u->toks.v[4].len = 100;
}

static void empty_token(struct unit *u)
{
    u->toks.v[1].len = 0;
}

static void drop_token(struct unit *u)
{
    memmove(u->toks.v + 1, u->toks.v + 2, 4 * sizeof *u->toks.v);
    u->toks.n--;
}

static void drop_end(struct unit *u)
{
    u->toks.n--;
}

static void drop_all(struct unit *u)
{
    u->toks.n = 0;
}

static void early_end(struct unit *u)
{
    u->toks.v[5].off--;
}

static void double_end(struct unit *u)
{
    struct token last = VEC_LAST(&u->toks);
    VEC_PUSH(&u->arena, &u->toks, last);
}

static void change_kind(struct unit *u)
{
    u->toks.v[0].kind = TK_IDENT;
}

static void keyword_kind(struct unit *u)
{
    u->toks.v[0].kind = TK_WHILE;
}

static void lose_atom(struct unit *u)
{
    u->toks.v[1].atom = NULL;
}

static void false_atom(struct unit *u)
{
    u->toks.v[4].atom = u->toks.v[1].atom;
}

static void forget_directive(struct unit *u)
{
    u->src.directives.n = 0;
}

static void forget_mark(struct unit *u)
{
    u->src.marks.n = 1;
}

static void extra_mark(struct unit *u)
{
    struct line_mark last = VEC_LAST(&u->src.marks);
    VEC_PUSH(&u->arena, &u->src.marks, last);
}

static void (*const damages[])(struct unit *u) = {
    shift_back, shrink,           stretch,      empty_token,
    drop_token, drop_end,         drop_all,     early_end,
    double_end, change_kind,      keyword_kind, lose_atom,
    false_atom, forget_directive, forget_mark,  extra_mark,
};

static const char sound[] = "int foo = /* c */ 1\n#pragma x\n# 3 \"f\"\n;";

START_TEST(verify_finds_damage)
{
    struct unit u;
    uint32_t off;
    lex_text(&u, sound);
    ck_assert_uint_eq(u.toks.n, 6);
    ck_assert_ptr_null(lex_check(&u, &off));
    damages[_i](&u);
    ck_assert_ptr_nonnull(lex_check(&u, &off));
    unit_free(&u);
}
END_TEST

START_TEST(verify_aborts)
{
    struct unit u;
    lex_text(&u, sound);
    drop_end(&u);
    freopen("/dev/null", "w", stderr);
    lex_verify(&u);
}
END_TEST

START_TEST(scanning_again_starts_over)
{
    struct unit u;
    lex_text(&u, sound);
    lex(&u);
    lex_verify(&u);
    ck_assert_uint_eq(u.toks.n, 6);
    ck_assert_uint_eq(u.src.marks.n, 2);
    ck_assert_uint_eq(u.src.directives.n, 1);
    unit_free(&u);
}
END_TEST

START_TEST(the_dump_shows_all_tokens)
{
    struct unit u;
    struct buf out = {0};
    lex_text(&u, "int a\\\nb;\n# 7 \"f\\nh\" 3\n#pragma x\n\xc3\xa9 \"\t\\\"");
    lex_dump(&u, &out);
    ck_assert_str_eq(out.p, "file in.c\n"
                            "1:1\t'int'\tint\n"
                            "1:5\tidentifier\ta\\\\\\nb\n"
                            "2:2\t';'\t;\n"
                            "file f\\nh\n"
                            "7:1\tdirective\t#pragma x\n"
                            "8:1\tidentifier\t\\xc3\\xa9\n"
                            "8:4\tstray character\t\"\\x09\\\\\"\n"
                            "8:8\tend of file\t\n");
    buf_free(&out);
    unit_free(&u);
}
END_TEST

Suite *suite_lex(void)
{
    Suite *s = suite_create("lex");
    TCase *t = tcase_create("tokens");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, each_kind_is_found);
    tcase_add_test(t, splices_may_stand_anywhere_in_a_token);
    tcase_add_test(t, splices_may_stand_everywhere_in_a_token);
    tcase_add_loop_test(t, texts_split_into_tokens, 0, LEN(sequences));
    tcase_add_test(t, nul_bytes_are_bytes);
    tcase_add_test(t, what_is_too_long_is_several_tokens);
    tcase_add_test(t, equal_identifiers_share_an_atom);
    suite_add_tcase(s, t);
    t = tcase_create("directives");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, directives_are_recorded, 0, LEN(directives));
    tcase_add_test(t, a_mark_knows_its_own_line);
    suite_add_tcase(s, t);
    t = tcase_create("verify");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, verify_finds_damage, 0, LEN(damages));
    tcase_add_test_raise_signal(t, verify_aborts, SIGABRT);
    tcase_add_test(t, scanning_again_starts_over);
    tcase_add_test(t, the_dump_shows_all_tokens);
    suite_add_tcase(s, t);
    suite_add_tcase(s, lex_text_tests());
    return s;
}
