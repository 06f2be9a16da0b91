/* SPDX-License-Identifier: MIT
 * The scanner on random, very long, and real texts. */
#define _GNU_SOURCE
#include "tests/unit/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "gen/buf.h"
#include "gen/lex.h"
#include "tests/unit/test_lex.h"
#include "tests/unit/util.h"

/* ---- random texts -------------------------------------------------------- */

enum { ROUNDS = 10000 };

/* Pieces that make interesting neighbours. */
static const char *const parts[] = {
    "\\",   "\n",     "\\\n",  "\\ \r\n", "\"",  "'",     "/*",    "*/",
    "//",   "*",      "/",     "#",       "%:",  "# 3",   "\"f\"", "line",
    "R\"(", ")\"",    "u8",    "L",       "\\u", "00e9",  "\xc3",  "\xa9",
    "\xff", "int",    "async", "x",       "0x",  "1e",    "+",     "-",
    "<",    ">",      ":",     ".",       "=",   "&",     "|",     " ",
    "\t",   "\r",     "(",     ")",       "{",   "}",     ";",     "@",
    "$",    "pragma", "\f",    "\\\"",    "e+",  "\\x41", "%",     ",",
};

/* Some random bytes, or pieces from above. The text is b's. */
static void random_text(struct buf *b, uint64_t *seed)
{
    uint32_t n = next_random(seed) % 60;
    bool bytes = next_random(seed) % 4 == 0;
    b->n = 0;
    buf_puts(b, "");
    for (uint32_t i = 0; i < n; i++) {
        if (bytes)
            buf_putc(b, (char)(next_random(seed) & 0xff));
        else if (next_random(seed) % 200 == 0)
            buf_putc(b, '\0');
        else
            buf_puts(b, parts[next_random(seed) % LEN(parts)]);
    }
}

/* Scans another text with the same unit, which is much faster than making a
 * new one. */
static void relex(struct unit *u, const char *s, size_t n)
{
    u->src.text = (struct str){s, n};
    lex(u);
    lex_verify(u);
}

/* Spans and what lies between them, put together, are the text. */
static bool rejoins(const struct unit *u)
{
    struct buf b = {0};
    uint32_t off = 0;
    for (tokidx i = 0; i < u->toks.n; i++) {
        struct str s = unit_tok(u, i);
        buf_put(&b, u->src.text.p + off, u->toks.v[i].off - off);
        buf_put(&b, s.p, s.n);
        off = u->toks.v[i].off + u->toks.v[i].len;
    }
    bool same = str_eq((struct str){b.p, b.n}, u->src.text);
    buf_free(&b);
    return same;
}

START_TEST(any_bytes_are_scanned)
{
    uint64_t seed = 4;
    struct buf text = {0};
    struct unit u;
    lex_text(&u, "");
    for (int round = 0; round < ROUNDS; round++) {
        random_text(&text, &seed);
        /* a copy of the exact size lets sanitizers see reads beyond it */
        char *copy = malloc(text.n + 1);
        memcpy(copy, text.p, text.n + 1);
        relex(&u, copy, text.n);
        ck_assert_msg(rejoins(&u), "round %d", round);
        free(copy);
    }
    unit_free(&u);
    buf_free(&text);
}
END_TEST

/* Text without splices and raw strings, whatever is joined: each backslash is
 * followed by more than white space. */
static const char *const plain_parts[] = {
    "\n",  "\"",  "'",   "/*",    "*/",    "//", "*",       "/",   "#",
    "%:",  "# 3", "int", "async", "x",     "0x", "1e",      "+",   "-",
    "<",   ">",   ":",   ".",     "=",     "&",  "|",       " ",   "\t",
    "u8",  "L",   "U",   "(",     "\\n",   "%",  "\\u00e9", "\\'", "\\\"",
    "\\x", ";",   "!",   "^",     "\\\\0", "e+", "1",       "_",   "pragma",
};

/* `spliced` is `plain` with splices strewn in. */
static void random_pair(struct buf *plain, struct buf *spliced, uint64_t *seed)
{
    uint32_t n = next_random(seed) % 40;
    plain->n = spliced->n = 0;
    for (uint32_t i = 0; i < n; i++)
        buf_puts(plain, plain_parts[next_random(seed) % LEN(plain_parts)]);
    buf_puts(plain, "");
    for (size_t i = 0; i < plain->n; i++) {
        if (next_random(seed) % 3 == 0)
            buf_puts(spliced, next_random(seed) % 2 ? "\\\n" : "\\\r\n");
        buf_putc(spliced, plain->p[i]);
    }
    buf_puts(spliced, "");
}

/* Whether s is `clean` once its splices are removed. */
static bool is_unspliced(struct str s, struct str clean)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '\n')
            i++;
        else if (s.n - i > 2 && memcmp(s.p + i, "\\\r\n", 3) == 0)
            i += 2;
        else if (n == clean.n || s.p[i] != clean.p[n++])
            return false;
    }
    return n == clean.n;
}

static bool same_tokens(const struct unit *plain, const struct unit *spliced)
{
    for (tokidx i = 0; i < plain->toks.n && i < spliced->toks.n; i++) {
        if (plain->toks.v[i].kind != spliced->toks.v[i].kind ||
            !is_unspliced(unit_tok(spliced, i), unit_tok(plain, i)))
            return false;
    }
    return plain->toks.n == spliced->toks.n;
}

/* Scanning what C's second phase of translation leaves gives the same tokens
 * as scanning the text with its splices. */
START_TEST(splices_change_nothing)
{
    uint64_t seed = 5;
    struct buf plain = {0}, spliced = {0};
    struct unit a, b;
    lex_text(&a, "");
    lex_text(&b, "");
    for (int round = 0; round < ROUNDS; round++) {
        random_pair(&plain, &spliced, &seed);
        relex(&a, plain.p, plain.n);
        relex(&b, spliced.p, spliced.n);
        ck_assert_msg(same_tokens(&a, &b), "round %d:\n%s\n%s", round, plain.p,
                      spliced.p);
        ck_assert_uint_eq(a.src.marks.n, b.src.marks.n);
        ck_assert_uint_eq(a.src.directives.n, b.src.directives.n);
    }
    unit_free(&a);
    unit_free(&b);
    buf_free(&plain);
    buf_free(&spliced);
}
END_TEST

/* ---- very long texts ------------------------------------------------------
 */

/* `unit` repeated to about `size` bytes between `before` and `after`: so many
 * tokens, the first of this kind. */
static const struct {
    const char *before, *unit, *after;
    size_t size;
    tokidx tokens;
    enum tok_kind first;
} longs[] = {
    {"", "x", ";", 64 << 10, 2, TK_IDENT},
    {"", "x", ";", 1 << 20, 2, TK_IDENT},
    {"", "x\\\n", "y;", 1 << 20, 2, TK_IDENT},
    {"", "9", ";", 1 << 20, 2, TK_NUM},
    {"\"", "abc\\\\", "\";", 1 << 20, 2, TK_STRING},
    {"\"", "abc", "", 1 << 20, 1, TK_OTHER},
    {"R\"x(", "\n)\"", ")x\";", 1 << 20, 2, TK_STRING},
    {"", "R\"(\n", "", 1 << 20, 1, TK_OTHER},
    {"", "'\n", "", 1 << 20, 1 << 19, TK_OTHER},
    {"a /*", "*\\\n", "/ b", 1 << 20, 2, TK_IDENT},
    {"a /*", "//", "*/ b", 1 << 20, 2, TK_IDENT},
    {"a //", "\\\n", "b", 1 << 20, 1, TK_IDENT},
    {"a", "\\\n", " b", 1 << 20, 2, TK_IDENT},
    {"a", "\n", " b", 1 << 20, 2, TK_IDENT},
    {"a", " ", " b", 1 << 20, 2, TK_IDENT},
    {"\n# 1 \"", "f", "\"\nx y", 1 << 20, 2, TK_IDENT},
    {"", "\n#pragma x \\\n y", "\nx y", 1 << 20, 2, TK_IDENT},
    {"", "\n# 7 \"f.h\" 3", "\nx y", 1 << 20, 2, TK_IDENT},
    {"", ";", "", 1 << 20, 1 << 20, TK_SEMI},
    {"", "a+", "", 1 << 20, 1 << 20, TK_IDENT},
    {"", "\xff", "", 1 << 20, 1 << 20, TK_OTHER},
};

START_TEST(very_long_texts_are_scanned)
{
    struct unit u;
    struct buf b = {0};
    buf_puts(&b, longs[_i].before);
    size_t n = longs[_i].size / strlen(longs[_i].unit);
    while (n-- > 0)
        buf_puts(&b, longs[_i].unit);
    buf_puts(&b, longs[_i].after);
    lex_bytes(&u, b.p, b.n);
    ck_assert_uint_eq(u.toks.n, longs[_i].tokens + 1);
    ck_assert_int_eq(u.toks.v[0].kind, longs[_i].first);
    unit_free(&u);
    buf_free(&b);
}
END_TEST

/* ---- real texts -----------------------------------------------------------
 */

static const char *const headers[] = {
    "stdio.h",      "stdlib.h",     "string.h",    "math.h",      "complex.h",
    "tgmath.h",     "pthread.h",    "signal.h",    "unistd.h",    "fcntl.h",
    "sys/socket.h", "netinet/in.h", "sys/stat.h",  "sys/epoll.h", "wchar.h",
    "locale.h",     "setjmp.h",     "stdatomic.h", "threads.h",   "netdb.h",
    "sys/ptrace.h", "linux/fs.h",   "regex.h",     "dirent.h",
};

/* What the C compiler makes of a file that includes them all. */
static void preprocess(struct buf *out, const char *flags)
{
    struct temp_name temp = temp_name();
    char command[400], block[4096];
    int fd = mkstemp(temp.path);
    ck_assert_int_ge(fd, 0);
    FILE *f = fdopen(fd, "w");
    for (size_t i = 0; i < LEN(headers); i++)
        fprintf(f, "#include <%s>\n", headers[i]);
    fputs("#define F(x) x #x\n#pragma foo\nint last = F(1);\n", f);
    fclose(f);
    const char *cc = getenv("CC");
    snprintf(command, sizeof command, "%s -D_GNU_SOURCE %s -E -x c %s",
             cc && *cc ? cc : "cc", flags, temp.path);
    FILE *in = popen(command, "r");
    ck_assert_ptr_nonnull(in);
    size_t n;
    while ((n = fread(block, 1, sizeof block, in)) > 0)
        buf_put(out, block, n);
    ck_assert_int_eq(pclose(in), 0);
    unlink(temp.path);
}

static const char *const flags[] = {"", "-std=c99", "-g3 -O2", "-C", "-CC"};

/* Lines that begin with #, told apart roughly: comments have none. */
static void count_lines(const struct buf *text, uint32_t *marks,
                        uint32_t *others)
{
    *marks = *others = 0;
    for (const char *p = text->p; p; p = strchr(p, '\n')) {
        p += *p == '\n';
        if (strncmp(p, "# ", 2) == 0 && p[2] >= '0' && p[2] <= '9')
            ++*marks;
        else if (*p == '#')
            ++*others;
    }
}

START_TEST(real_headers_are_scanned)
{
    struct unit u;
    struct buf text = {0};
    preprocess(&text, flags[_i]);
    ck_assert_uint_gt(text.n, 100000);
    lex_bytes(&u, text.p, text.n);
    ck_assert(rejoins(&u));
    int depth = 0;
    uint32_t strays = 0, marks, others;
    for (tokidx i = 0; i < u.toks.n; i++) {
        uint8_t k = u.toks.v[i].kind;
        depth += k == TK_LBRACE || k == TK_LPAREN || k == TK_LBRACK;
        depth -= k == TK_RBRACE || k == TK_RPAREN || k == TK_RBRACK;
        strays += k == TK_OTHER || k == TK_HASH || k == TK_HASHHASH;
    }
    ck_assert_int_eq(depth, 0);
    ck_assert_uint_eq(strays, 0);
    if (!strstr(flags[_i], "-C")) {
        count_lines(&text, &marks, &others);
        ck_assert_uint_eq(u.src.marks.n, marks + 1);
        ck_assert_uint_eq(u.src.directives.n, others);
    }
    tokidx last = u.toks.n - 6; /* int last = 1 "1" ; */
    ck_assert(str_is(unit_tok(&u, last), "last"));
    ck_assert_uint_eq(unit_loc(&u, last).line, LEN(headers) + 3);
    ck_assert_uint_eq(unit_loc(&u, last).col, 5);
    ck_assert(!unit_loc(&u, last).system);
    ck_assert(unit_loc(&u, 0).system);
    unit_free(&u);
    buf_free(&text);
}
END_TEST

TCase *lex_text_tests(void)
{
    TCase *t = tcase_create("texts");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, any_bytes_are_scanned);
    tcase_add_test(t, splices_change_nothing);
    tcase_add_loop_test(t, very_long_texts_are_scanned, 0, LEN(longs));
    tcase_add_loop_test(t, real_headers_are_scanned, 0, LEN(flags));
    return t;
}
