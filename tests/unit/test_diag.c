/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "tests/unit/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gen/buf.h"
#include "tests/unit/util.h"

/* The index of the nth token (from 0) spelled `word`. */
static tokidx find(const struct unit *u, const char *word, int nth)
{
    for (tokidx t = 0; t < u->toks.n; t++) {
        const struct atom *a = u->toks.v[t].atom;
        struct str s = a ? (struct str){a->s, a->n} : unit_tok(u, t);
        if (str_is(s, word) && nth-- == 0)
            return t;
    }
    ck_abort_msg("no token %s", word);
}

static struct span one(const struct unit *u, const char *word, int nth)
{
    tokidx t = find(u, word, nth);
    return (struct span){t, t + 1};
}

/* Compares what diag_print writes, and frees the unit. */
static void check_print(struct unit *u, bool color, const char *expected)
{
    struct buf out = {0};
    diag_print(u, &out, color);
    buf_puts(&out, "");
    ck_assert_str_eq(out.p, expected);
    buf_free(&out);
    unit_free(u);
}

/* ---- collecting -------------------------------------------------------- */

START_TEST(messages_come_from_the_table)
{
    static const struct {
        enum diag_id id;
        enum diag_level level;
        const char *name;
    } rows[] = {
#define DIAG(id, level, name, text) {D_##id, DIAG_##level, name},
#include "gen/diag.def"
    };
    ck_assert_uint_eq(LEN(rows), DIAG_COUNT);
    for (size_t i = 0; i < LEN(rows); i++) {
        ck_assert_int_eq(diag_level_of(rows[i].id), rows[i].level);
        ck_assert_str_eq(diag_name(rows[i].id), rows[i].name);
    }
}
END_TEST

START_TEST(diagnostics_are_collected_in_order)
{
    struct unit u;
    lex_text(&u, "a b c");
    diag(&u, one(&u, "c", 0), D_expected, "';'", "'c'");
    diag_note(&u, one(&u, "a", 0), "since %s is %d", "a", 3);
    diag_note(&u, one(&u, "b", 0), "%u", 7u);
    diag(&u, one(&u, "a", 0), D_need_header, "this");
    ck_assert_uint_eq(u.errors, 2);
    ck_assert_uint_eq(u.diags.n, 2);
    const struct diag_item *d = u.diags.v[0];
    ck_assert_int_eq(d->id, D_expected);
    ck_assert_uint_eq(d->at.from, 2);
    ck_assert_str_eq(d->text, "expected ';' before 'c'");
    ck_assert_uint_eq(d->notes.n, 2);
    ck_assert_str_eq(d->notes.v[0].text, "since a is 3");
    ck_assert_str_eq(d->notes.v[1].text, "7");
    ck_assert_str_eq(u.diags.v[1]->text, "'this' needs #include <aw.h>");
    unit_free(&u);
}
END_TEST

START_TEST(the_same_message_is_reported_once)
{
    struct unit u;
    lex_text(&u, "a b c");
    for (int i = 0; i < 3; i++) {
        diag(&u, one(&u, "b", 0), D_stray, "'b'");
        diag_note(&u, one(&u, "a", 0), "note %d", i);
        diag(&u, (struct span){1, 3}, D_stray, "'b'");
        diag(&u, one(&u, "b", 0), D_need_header, "b");
    }
    ck_assert_uint_eq(u.errors, 3);
    ck_assert_uint_eq(u.diags.n, 3);
    ck_assert_uint_eq(u.diags.v[0]->notes.n, 1);
    ck_assert_uint_eq(u.diags.v[2]->notes.n, 0);
    unit_free(&u);
}
END_TEST

START_TEST(a_note_without_a_message_is_dropped)
{
    struct unit u;
    lex_text(&u, "a");
    diag_note(&u, one(&u, "a", 0), "lonely");
    ck_assert_uint_eq(u.diags.n, 0);
    unit_free(&u);
}
END_TEST

static const struct {
    uint32_t limit, errors, kept;
    const char *tail;
} limits[] = {
    {3, 2, 2, ""},
    {3, 3, 3, ""},
    {3, 4, 3, "1 more error not shown\n"},
    {3, 9, 3, "6 more errors not shown\n"},
    {0, 30, 30, ""},
};

START_TEST(beyond_the_limit_errors_are_counted)
{
    struct unit u;
    struct buf out = {0};
    lex_text(&u, "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a");
    u.error_limit = limits[_i].limit;
    for (tokidx i = 0; i < limits[_i].errors; i++) {
        diag(&u, (struct span){i, i + 1}, D_stray, "a");
        diag_note(&u, (struct span){0, 1}, "here");
    }
    ck_assert_uint_eq(u.errors, limits[_i].errors);
    ck_assert_uint_eq(u.diags.n, limits[_i].kept);
    for (uint32_t i = 0; i < u.diags.n; i++)
        ck_assert_uint_eq(u.diags.v[i]->notes.n, 1);
    diag_print(&u, &out, false);
    size_t n = strlen(limits[_i].tail);
    ck_assert_str_eq(out.p + out.n - n, limits[_i].tail);
    ck_assert_int_eq(strstr(out.p, "not shown") != NULL, n > 0);
    buf_free(&out);
    unit_free(&u);
}
END_TEST

/* ---- printing: the line as the preprocessor left it -------------------- */

START_TEST(a_message_shows_line_caret_and_range)
{
    struct unit u;
    lex_text(&u, "# 7 \"no/such.c\"\nint x;\n  foo (a, b) y;\n");
    tokidx foo = find(&u, "foo", 0);
    diag(&u, (struct span){foo, foo + 6}, D_expected, "';'", "'y'");
    diag_note(&u, one(&u, "x", 0), "x is here");
    check_print(&u, false,
                "no/such.c:8:3: error: expected ';' before 'y' [syntax]\n"
                "    8 |   foo (a, b) y;\n"
                "      |   ^~~~~~~~~~\n"
                "no/such.c:7:5: note: x is here\n"
                "    7 | int x;\n"
                "      |     ^\n");
}
END_TEST

START_TEST(colours_are_added_when_asked)
{
    struct unit u;
    lex_text(&u, "ab @");
    diag(&u, one(&u, "@", 0), D_stray, "'@'");
    diag_note(&u, one(&u, "ab", 0), "n");
    check_print(&u, true,
                "\033[1min.c:1:4:\033[0m \033[1;31merror:\033[0m stray '@' in "
                "program [stray]\n"
                "    1 | ab @\n"
                "      |    \033[1;32m^\033[0m\n"
                "\033[1min.c:1:1:\033[0m \033[1;36mnote:\033[0m n\n"
                "    1 | ab @\n"
                "      | \033[1;32m^~\033[0m\n");
}
END_TEST

/* One token in odd lines: its column, the line and the caret shown. */
static const struct {
    const char *text, *word;
    int col;
    const char *line, *caret;
} lines[] = {
    {"\tx\ty", "y", 4, "\tx\ty", "\t \t^"},
    {"\"\xc3\xa9\xe2\x82\xac\" y", "y", 9, "\"\xc3\xa9\xe2\x82\xac\" y",
     "     ^"},
    {"\xc3\xa9\xc3\xa9 y", "\xc3\xa9\xc3\xa9", 1, "\xc3\xa9\xc3\xa9 y", "^~"},
    {"x \x01\x7f y\r\nz", "y", 6, "x    y", "     ^"},
    {"ab\\\ncd", "abcd", 1, "ab\\", "^~~"},
    {"x;", "x", 1, "x;", "^"},
};

START_TEST(odd_lines_keep_the_caret_in_place)
{
    struct unit u;
    char expected[300];
    lex_text(&u, lines[_i].text);
    diag(&u, one(&u, lines[_i].word, 0), D_stray, "q");
    snprintf(expected, sizeof expected,
             "in.c:1:%d: error: stray q in program [stray]\n"
             "    1 | %s\n      | %s\n",
             lines[_i].col, lines[_i].line, lines[_i].caret);
    check_print(&u, false, expected);
}
END_TEST

START_TEST(a_range_over_lines_ends_with_the_first)
{
    struct unit u;
    lex_text(&u, "x foo(a,\n b);");
    diag(&u, (struct span){1, 8}, D_stray, "q");
    check_print(&u, false,
                "in.c:1:3: error: stray q in program [stray]\n"
                "    1 | x foo(a,\n"
                "      |   ^~~~~~\n");
}
END_TEST

START_TEST(the_end_of_file_shows_the_last_token)
{
    struct unit u;
    lex_text(&u, "int main(void) {\n  x;\n\n\n");
    diag(&u, (struct span){u.toks.n - 1, u.toks.n}, D_unclosed, "}", 1, "{",
         " at line 1");
    check_print(&u, false,
                "in.c:2:4: error: expected '}' to close '{' at line 1 "
                "[unclosed]\n"
                "    2 |   x;\n"
                "      |    ^\n");
}
END_TEST

/* Spans that no token has; a unit before it is scanned. */
START_TEST(a_place_out_of_range_is_no_crash)
{
    struct unit u;
    unit_init(&u, str_z(""), "in.c", NULL, NULL);
    diag(&u, (struct span){5, 9}, D_stray, "q");
    check_print(&u, false, "in.c:1:1: error: stray q in program [stray]\n");
    lex_text(&u, "");
    diag(&u, (struct span){0, 0}, D_stray, "q");
    diag(&u, (struct span){7, 3}, D_stray, "q");
    check_print(&u, false,
                "in.c:1:1: error: stray q in program [stray]\n"
                "in.c:1:1: error: stray q in program [stray]\n");
}
END_TEST

START_TEST(a_very_long_line_is_cut)
{
    enum { LONG = 100000 };
    struct unit u;
    struct buf out = {0};
    char *text = malloc(LONG + 1);
    for (int i = 0; i < LONG; i++)
        text[i] = "ab,\xc3\xa9;"[i % 6];
    memcpy(text + LONG / 2 / 6 * 6, "here;;", 6);
    text[LONG] = '\0';
    lex_text(&u, text);
    tokidx from[] = {0, find(&u, "here", 0), u.toks.n - 2};
    for (size_t i = 0; i < LEN(from); i++)
        diag(&u, (struct span){from[i], u.toks.n - 1}, D_stray, "q");
    diag_print(&u, &out, false);
    ck_assert_uint_eq(u.errors, 3);
    ck_assert_uint_lt(out.n, 4 * 700);
    ck_assert_ptr_nonnull(strstr(out.p, "ab,\xc3\xa9;here"));
    buf_free(&out);
    unit_free(&u);
    free(text);
}
END_TEST

START_TEST(line_numbers_widen_the_margin)
{
    struct unit u;
    lex_text(&u, "# 1234567 \"no/such.c\"\n y");
    diag(&u, one(&u, "y", 0), D_stray, "q");
    check_print(&u, false,
                "no/such.c:1234567:2: error: stray q in program [stray]\n"
                "1234567 |  y\n"
                "        |  ^\n");
}
END_TEST

/* ---- printing: the user's own line -------------------------------------- */

/* What the user wrote, line 2 of a file; what the preprocessor made of it;
 * the nth token `word` to `last` of that; what is shown. */
static const struct {
    const char *wrote, *text, *word;
    int nth;
    const char *last;
    int last_nth;
    const char *line, *caret;
} originals[] = {
    /* white space and comments that the preprocessor collapses */
    {"\tint   x /* y */ = y;", " int x = y;", "y", 0, NULL, 0, NULL,
     "\t                  ^"},
    {"f(a,   b)  ;", "f(a, b) ;", "f", 0, ")", 0, NULL, "^~~~~~~~~"},
    /* the same spelling several times */
    {"x  =  x  +  x;", "x = x + x;", "x", 1, NULL, 0, NULL, "      ^"},
    {"x  =  x  +  x;", "x = x + x;", "x", 2, NULL, 0, NULL, "            ^"},
    {"x  =  x  +  x;", "x = x + x;", "x", 0, "x", 2, NULL, "^~~~~~~~~~~~~"},
    /* spelled alike inside other tokens */
    {"int  i, in, \"i\"  + i;", "int i, in, \"i\" + i;", "i", 1, NULL, 0, NULL,
     "                   ^"},
    {"a  +++ b + c;", "a +++ b + c;", "+", 1, NULL, 0, NULL, "         ^"},
    {"1e+5  + 5;", "1e+5 + 5;", "5", 0, NULL, 0, NULL, "        ^"},
    {"L'a'   'a'  L;", "L'a' 'a' L;", "'a'", 0, NULL, 0, NULL, "       ^~~"},
    {"L'a'   \"\\\"L\"  L;", "L'a' \"\\\"L\" L;", "L", 0, NULL, 0, NULL,
     "              ^"},
    {"/* x */  // x", "x", "x", 0, NULL, 0, "x", "^"},
    /* macros: the token may come more often, or not be there at all */
    {"MAX(x,  y)", "((x)>(y)?(x):(y))", "x", 1, NULL, 0, NULL, "    ^"},
    {"NOTHING  ;", "((void *)0) ;", "void", 0, NULL, 0, NULL, "^~~~~~~"},
    {"f(x, NOTHING);", "f(x, ((void *)0));", "void", 0, NULL, 0, NULL,
     "     ^~~~~~~"},
    {"f(x,  NULL)", "f(x, ((void *)0))", "f", 0, ")", 1, NULL, "^~~~~~~~~~~"},
    {"MAX(1,  2)  + f(  NULL );", "((1)>(2)?(1):(2)) + f( ((void *)0) );", "f",
     0, ")", 7, NULL, "              ^~~~~~~~~~"},
    {"f(x,  END;  y", "f(x, 2);  y", "f", 0, ")", 0, NULL, "^"},
    /* a system header's macro: line markers within the line */
    {"x = NULL;  x = 1;",
     "x = \n# 2 \"FILE\" 3 4\n((void *)0)\n# 2 \"FILE\"\n; x = 1;", "x", 1,
     NULL, 0, NULL, "           ^"},
    /* identifiers with splices and universal characters */
    {"a  \xc3\xa9;", "a \\u00e9;", "\xc3\xa9", 0, NULL, 0, NULL, "   ^"},
    {"ab  ;", "a\\\nb ;", "ab", 0, NULL, 0, NULL, "^~"},
    /* CR LF */
    {"x  y\r", "x y", "y", 0, NULL, 0, "x  y", "   ^"},
    /* a line of the file that is empty, or is not there */
    {"", "x y", "y", 0, NULL, 0, "x y", "  ^"},
    {NULL, "x y", "y", 0, NULL, 0, "x y", "  ^"},
};

static char *replace_file(const char *text, const char *path)
{
    struct buf b = {0};
    buf_printf(&b, "# 2 \"%s\"\n", path);
    for (const char *hit; (hit = strstr(text, "FILE")); text = hit + 4) {
        buf_put(&b, text, (size_t)(hit - text));
        buf_puts(&b, path);
    }
    buf_puts(&b, text);
    return b.p;
}

static void write_file(const char *path, const char *second_line)
{
    FILE *f = fopen(path, "wb");
    ck_assert_ptr_nonnull(f);
    fputs("first x y", f);
    if (second_line)
        fprintf(f, "\n%s\nthird x y\n", second_line);
    fclose(f);
}

START_TEST(the_users_line_is_shown)
{
    struct unit u;
    struct temp_name temp = temp_name();
    const char *path = temp.path;
    close(mkstemp(temp.path));
    write_file(path, originals[_i].wrote);
    char *text = replace_file(originals[_i].text, path);
    lex_text(&u, text);
    struct span at = one(&u, originals[_i].word, originals[_i].nth);
    if (originals[_i].last)
        at.to = find(&u, originals[_i].last, originals[_i].last_nth) + 1;
    diag(&u, at, D_stray, "q");
    const char *line = originals[_i].line, *caret = originals[_i].caret;
    char *expected;
    int n = asprintf(&expected,
                     "%s:2:%u: error: stray q in program [stray]\n"
                     "    2 | %s\n      | %s\n",
                     path, (unsigned)strcspn(caret, "^") + 1,
                     line ? line : originals[_i].wrote, caret);
    ck_assert_int_gt(n, 0);
    check_print(&u, false, expected);
    free(expected);
    free(text);
    unlink(path);
}
END_TEST

/* Opening these would block, or fail halfway. */
START_TEST(what_is_no_file_is_not_read)
{
    struct temp_name temp = temp_name();
    char path[300], text[400];
    const char *dir = mkdtemp(temp.path);
    ck_assert_ptr_nonnull(dir);
    snprintf(path, sizeof path, "%s/fifo", dir);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    const char *names[] = {dir, path, "/dev/zero", "<stdin>", ""};
    for (size_t i = 0; i < LEN(names); i++) {
        struct unit u;
        struct buf out = {0};
        snprintf(text, sizeof text, "# 1 \"%s\"\nx y", names[i]);
        lex_text(&u, text);
        diag(&u, one(&u, "y", 0), D_stray, "q");
        diag_print(&u, &out, false);
        ck_assert_ptr_nonnull(strstr(out.p, "    1 | x y\n      |   ^\n"));
        buf_free(&out);
        unit_free(&u);
    }
    unlink(path);
    rmdir(dir);
}
END_TEST

Suite *suite_diag(void)
{
    Suite *s = suite_create("diag");
    TCase *t = tcase_create("collect");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, messages_come_from_the_table);
    tcase_add_test(t, diagnostics_are_collected_in_order);
    tcase_add_test(t, the_same_message_is_reported_once);
    tcase_add_test(t, a_note_without_a_message_is_dropped);
    tcase_add_loop_test(t, beyond_the_limit_errors_are_counted, 0, LEN(limits));
    suite_add_tcase(s, t);
    t = tcase_create("print");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_message_shows_line_caret_and_range);
    tcase_add_test(t, colours_are_added_when_asked);
    tcase_add_loop_test(t, odd_lines_keep_the_caret_in_place, 0, LEN(lines));
    tcase_add_test(t, a_range_over_lines_ends_with_the_first);
    tcase_add_test(t, the_end_of_file_shows_the_last_token);
    tcase_add_test(t, a_place_out_of_range_is_no_crash);
    tcase_add_test(t, a_very_long_line_is_cut);
    tcase_add_test(t, line_numbers_widen_the_margin);
    suite_add_tcase(s, t);
    t = tcase_create("original");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, the_users_line_is_shown, 0, LEN(originals));
    tcase_add_test(t, what_is_no_file_is_not_read);
    suite_add_tcase(s, t);
    return s;
}
