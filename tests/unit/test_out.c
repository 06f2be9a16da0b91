/* SPDX-License-Identifier: MIT
 * The printer, by table: an input, a script of code items, the output.
 *   nl in out label      as the functions code_xxx
 *   at:3 gap:3           token 3
 *   span:1-4 pass:0-5    tokens, with the edits `edit:2-3=text` before it
 *   'text'               text; a ~ in it is a blank
 * The output's own name is "o.c". */
#include "tests/unit/suite.h"

#include <stdio.h>
#include <stdlib.h>

#include "gen/out.h"
#include "tests/unit/util.h"

struct script {
    struct code code;
    struct edit edits[8];
    uint32_t nedits;
};

static const char *text_of(struct code *c, const char *from, size_t n)
{
    char *text = arena_strndup(c->arena, from, n);
    for (char *p = text; *p; p++)
        if (*p == '~')
            *p = ' ';
    return text;
}

static void add_range(struct script *s, const char *item)
{
    unsigned from = 0, to = 0;
    struct edit *edits = ARENA_ARRAY(s->code.arena, struct edit, s->nedits);
    ck_assert_int_eq(sscanf(strchr(item, ':'), ":%u-%u", &from, &to), 2);
    memcpy(edits, s->edits, s->nedits * sizeof *edits);
    if (item[0] == 's')
        code_span(&s->code, (struct span){from, to}, edits, s->nedits);
    else
        code_pass(&s->code, (struct span){from, to}, edits, s->nedits);
    s->nedits = 0;
}

static void add_edit(struct script *s, const char *item, size_t n)
{
    unsigned from = 0, to = 0;
    const char *text = strchr(item, '=') + 1;
    ck_assert_int_eq(sscanf(item, "edit:%u-%u", &from, &to), 2);
    s->edits[s->nedits++] = (struct edit){
        {from, to}, text_of(&s->code, text, n - (size_t)(text - item))};
}

static void add_item(struct script *s, const char *item, size_t n)
{
    struct code *c = &s->code;
    if (item[0] == '\'')
        code_text(c, text_of(c, item + 1, n - 2));
    else if (strncmp(item, "nl", 2) == 0)
        code_nl(c);
    else if (strncmp(item, "in", 2) == 0)
        code_in(c);
    else if (strncmp(item, "out", 3) == 0)
        code_out(c);
    else if (strncmp(item, "label", 5) == 0)
        code_label(c);
    else if (strncmp(item, "at:", 3) == 0)
        code_at(c, (tokidx)strtoul(item + 3, NULL, 10));
    else if (strncmp(item, "gap:", 4) == 0)
        code_gap(c, (tokidx)strtoul(item + 4, NULL, 10));
    else if (strncmp(item, "edit:", 5) == 0)
        add_edit(s, item, n);
    else
        add_range(s, item);
}

static void read_script(struct script *s, struct arena *a, const char *z)
{
    *s = (struct script){0};
    code_init(&s->code, a);
    for (z += strspn(z, " "); *z; z += strspn(z, " ")) {
        size_t n = strcspn(z, " ");
        add_item(s, z, n);
        z += n;
    }
}

static void print(const char *in, const char *script,
                  const struct out_options *o, struct buf *b)
{
    struct unit u;
    struct script s;
    lex_text(&u, in);
    read_script(&s, &u.arena, script);
    out_print(&u, &s.code, o, b);
    buf_putc(b, '\0');
    unit_free(&u);
}

struct row {
    const char *in, *script, *want;
};

static void check_rows(const struct row *rows, size_t n,
                       const struct out_options *o)
{
    for (size_t i = 0; i < n; i++) {
        struct buf b = {0};
        print(rows[i].in, rows[i].script, o, &b);
        ck_assert_msg(strcmp(b.p, rows[i].want) == 0,
                      "%s\nof\n%s\n--- gives\n%s--- not\n%s", rows[i].script,
                      rows[i].in, b.p, rows[i].want);
        buf_free(&b);
    }
}

static const struct out_options plain = {.name = "o.c"};
static const struct out_options quiet = {.name = "o.c", .quiet_system = true};
static const struct out_options no_line = {.name = "o.c", .no_line = true};

/* ---- generated lines ----------------------------------------------------- */

START_TEST(lines_belong_to_their_owner)
{
    static const struct row rows[] = {
        {"", "", ""},
        {"", "nl 'a' nl 'b'", "a\nb\n"},
        {"x", "nl 'a' at:0 'b' nl 'c'",
         "a\n#line 1 \"in.c\"\nb\n#line 5 \"o.c\"\nc\n"},
        {"x", "at:0 'a' nl nl 'b'",
         "#line 1 \"in.c\"\na\n#line 4 \"o.c\"\nb\n"},
        {"x", "at:0 'a' nl '' nl 'b'",
         "#line 1 \"in.c\"\na\n#line 4 \"o.c\"\n\nb\n"},
        {"x", "nl 'a' nl '' at:0 'b'", "a\n\n#line 1 \"in.c\"\nb\n"},
        /* two lines for one of the user's */
        {"x", "at:0 'a' at:0 'b'", "#line 1 \"in.c\"\na\n#line 1\nb\n"},
        {"x\ny", "at:0 'a' at:1 'b' at:0 'c'",
         "#line 1 \"in.c\"\na\nb\n#line 1\nc\n"},
    };
    check_rows(rows, LEN(rows), &plain);
}
END_TEST

START_TEST(small_gaps_are_blank_lines)
{
    static const struct row rows[] = {
        {"x\n\ny", "at:0 'a' at:1 'b'", "#line 1 \"in.c\"\na\n\nb\n"},
        {"x\n\n\n\ny", "at:0 'a' at:1 'b'", "#line 1 \"in.c\"\na\n\n\n\nb\n"},
        {"x\n\n\n\n\ny", "at:0 'a' at:1 'b'",
         "#line 1 \"in.c\"\na\n#line 6\nb\n"},
        {"x\n\n# 3 \"f.h\"\ny", "at:0 'a' at:1 'b'",
         "#line 1 \"in.c\"\na\n#line 3 \"f.h\"\nb\n"},
        {"x\n# 9 \"in.c\"\ny", "at:0 'a' at:1 'b'",
         "#line 1 \"in.c\"\na\n#line 9\nb\n"},
        {"x\n# 2 \"f.h\" 1\nz\n# 3 \"in.c\" 2\ny", "at:0 'a' at:2 'b'",
         "#line 1 \"in.c\"\na\n\nb\n"},
    };
    check_rows(rows, LEN(rows), &plain);
}
END_TEST

START_TEST(lines_are_indented)
{
    static const struct row rows[] = {
        {"", "nl 'a~{' in nl 'b' in nl 'c' out out nl '}'",
         "a {\n    b\n        c\n}\n"},
        {"", "in nl 'a' nl label 'l:' nl 'b'", "    a\nl:\n    b\n"},
        {"", "nl label 'l:' in nl 'b'", "l:\n    b\n"},
        {"", "in in nl label 'l:' nl 'b'", "    l:\n        b\n"},
        {"", "in nl '' nl 'a'", "\n    a\n"},
        {"", "in nl 'a' 'b' '~c'", "    ab c\n"},
        {"l : x", "in at:0 label span:0-2 at:2 span:2-3",
         "#line 1 \"in.c\"\nl :\n#line 1\n    x\n"},
    };
    check_rows(rows, LEN(rows), &plain);
}
END_TEST

START_TEST(names_of_files_are_escaped)
{
    static const struct row rows[] = {
        {"# 1 \"a\\\\b \\\"c\\\".h\"\nx", "at:0 'a'",
         "#line 1 \"a\\\\b \\\"c\\\".h\"\na\n"},
        {"# 1 \"\xc3\xa9 %s.h\"\nx", "at:0 'a'",
         "#line 1 \"\xc3\xa9 %s.h\"\na\n"},
        {"# 0 \"<built-in>\"\nx", "at:0 'a'", "#line 1 \"<built-in>\"\na\n"},
        {"# 1 \"a\\tb\\001\\n.h\"\nx", "at:0 'a'",
         "#line 1 \"a\\011b\\001\\012.h\"\na\n"},
    };
    struct buf b = {0};
    check_rows(rows, LEN(rows), &plain);
    print("x", "at:0 'a' nl 'b'", &(struct out_options){.name = "d\\\"o\".c"},
          &b);
    ck_assert_ptr_nonnull(strstr(b.p, "#line 4 \"d\\\\\\\"o\\\".c\"\n"));
    buf_free(&b);
}
END_TEST

START_TEST(without_line_directives)
{
    static const struct row rows[] = {
        {"x\n\n\n\n\n\ny", "nl 'a' at:0 'b' at:1 'c' nl 'd'", "a\nb\nc\nd\n"},
        {"x\n# 9 \"f.h\"\ny z", "pass:0-4", "x\ny z\n"},
        {"x\ny\nz", "at:0 span:0-3", "x\ny\nz\n"},
        {"w\n\n\nx y\nz", "at:0 'a' nl 'b' in at:1 span:1-4", "a\nb\nx y\nz\n"},
        {"w\n\n\nx y\nz", "at:3 'a' at:1 span:1-4", "a\nx y\nz\n"},
        {"x\n#pragma p\ny", "at:0 span:0-2", "x\n#pragma p\ny\n"},
        {"x\n#pragma p\ny", "at:0 'a' at:1 'b'", "a\n#pragma p\nb\n"},
    };
    check_rows(rows, LEN(rows), &no_line);
}
END_TEST

/* ---- user tokens --------------------------------------------------------- */

START_TEST(spans_keep_lines_and_words)
{
    static const struct row rows[] = {
        {"a = b+c;", "at:0 span:0-6", "#line 1 \"in.c\"\na = b+c;\n"},
        {"a   =\tb /* c */ + d", "at:0 span:0-5",
         "#line 1 \"in.c\"\na = b + d\n"},
        {"    a = (\n\tb +\n  c)", "in at:0 'x' span:2-7",
         "#line 1 \"in.c\"\n    x(\n        b +\n    c)\n"},
        {"f(a,\n# 90\nb)", "at:0 span:0-6",
         "#line 1 \"in.c\"\nf(a,\n#line 90\nb)\n"},
        {"f(a,\n# 7 \"g.h\"\nb\n# 2 \"in.c\"\n)", "at:0 span:0-6",
         "#line 1 \"in.c\"\nf(a,\n#line 7 \"g.h\"\nb\n#line 2 \"in.c\"\n)\n"},
        /* one macro call, all on its line */
        {"# 3 \"in.c\"\na\n# 3 \"in.c\"\n+\n# 3 \"in.c\"\nb", "at:0 span:0-3",
         "#line 3 \"in.c\"\na + b\n"},
        {"a b c d", "edit:1-3=x at:0 span:0-4", "#line 1 \"in.c\"\na x d\n"},
        {"a(b)c", "edit:1-4=x at:0 span:0-5", "#line 1 \"in.c\"\na x c\n"},
        {"a\nb\nc", "edit:0-2=x at:0 span:0-3", "#line 1 \"in.c\"\nx\n\nc\n"},
        {"a b", "nl 'f(' span:0-2 ');'", "f(a b);\n"},
        {"a\nb", "nl 'f(' span:0-2 ');'", "f(a b);\n"},
        {"a\\\nb c", "at:0 span:0-2", "#line 1 \"in.c\"\na\\\nb c\n"},
        {"\"a\\\nb\" c\nd", "at:0 span:0-3",
         "#line 1 \"in.c\"\n\"a\\\nb\" c\nd\n"},
    };
    check_rows(rows, LEN(rows), &plain);
}
END_TEST

/* What the C compiler says of a line points into the user's. */
START_TEST(lines_keep_their_column)
{
    static const struct row rows[] = {
        {"f(a,\n  b,\n\n  c)", "in in at:0 span:0-8",
         "#line 1 \"in.c\"\nf(a,\n  b,\n\n  c)\n"},
        {"    a = (\n\tb +\n  c)", "at:0 span:0-7",
         "#line 1 \"in.c\"\n    a = (\n b +\n  c)\n"},
        {"a; if (b)", "in at:2 'if~(' span:4-5 ')'",
         "#line 1 \"in.c\"\n   if (b)\n"},
        {"a; iff (b)", "in at:2 'if~(' span:4-5 ')'",
         "#line 1 \"in.c\"\nif (b)\n"},
        /* lines of ours go along with the user's, further in and out */
        {"  a;\n  b;", "in in at:0 'x' in at:0 'y' out at:2 span:2-4 at:2 'z'",
         "#line 1 \"in.c\"\n  x\n#line 1\n      y\n  b;\n#line 2\n  z\n"},
        {"  a;\nb", "in in at:0 'x' out nl 'y' at:2 'z' out nl 'w'",
         "#line 1 \"in.c\"\n  x\n#line 4 \"o.c\"\n    y\n"
         "#line 2 \"in.c\"\nz\n#line 8 \"o.c\"\nw\n"},
        {"            a;",
         "in at:0 '{' in at:0 'x' label at:0 'y' out at:0 '}'",
         "#line 1 \"in.c\"\n    {\n#line 1\n            x\n"
         "#line 1\n        y\n#line 1\n    }\n"},
    };
    check_rows(rows, LEN(rows), &plain);
}
END_TEST

START_TEST(pragmas_stay_in_front_of_their_token)
{
    static const struct row rows[] = {
        {"#pragma p\nx", "gap:0 at:0 'a'", "#line 1 \"in.c\"\n#pragma p\na\n"},
        {"x\n#pragma p\ny", "at:0 span:0-2",
         "#line 1 \"in.c\"\nx\n#pragma p\ny\n"},
        {"x\n#pragma p\n#pragma q\ny", "at:0 'a' at:1 'b'",
         "#line 1 \"in.c\"\na\n#pragma p\n#pragma q\nb\n"},
        {"x\n#pragma p\ny", "in at:0 'a' at:1 'b'",
         "#line 1 \"in.c\"\na\n#pragma p\nb\n"},
        {"x\n#pragma p\ny", "nl 'a' gap:1 nl 'b'",
         "a\n#line 2 \"in.c\"\n#pragma p\n#line 5 \"o.c\"\nb\n"},
        {"x\n#pragma p \\\n  q\ny", "at:0 span:0-2",
         "#line 1 \"in.c\"\nx\n#pragma p \\\n  q\ny\n"},
        {"x\n#pragma p\ny", "at:0 'a' at:1 'b' gap:1 at:1 span:1-2",
         "#line 1 \"in.c\"\na\n#pragma p\nb\n#line 3\ny\n"},
        {"#ident \"i\"\nx\n#pragma p\n", "pass:0-2",
         "#line 1 \"in.c\"\n#ident \"i\"\nx\n#pragma p\n"},
    };
    check_rows(rows, LEN(rows), &plain);
}
END_TEST

/* ---- copied pieces ------------------------------------------------------- */

START_TEST(passed_text_is_copied)
{
    static const struct row rows[] = {
        {"int a ;\n\n  /* c */ int b;\n", "pass:0-7",
         "#line 1 \"in.c\"\nint a ;\n\n  /* c */ int b;\n"},
        {"int a;", "pass:0-4", "#line 1 \"in.c\"\nint a;\n"},
        {"int a;\r\nint b;\r\n", "pass:0-7",
         "#line 1 \"in.c\"\nint a;\r\nint b;\r\n"},
        {"a b\nc d", "edit:1-3=x pass:0-5", "#line 1 \"in.c\"\na x\n d\n"},
        {"a b c", "pass:0-1 pass:1-2 pass:2-4", "#line 1 \"in.c\"\na b c\n"},
        {"a b c", "pass:0-1 nl 'x' pass:2-4",
         "#line 1 \"in.c\"\na\n#line 4 \"o.c\"\nx\n#line 1 \"in.c\"\n c\n"},
        {"a\nb\nc", "pass:0-1 at:1 'x' pass:2-4",
         "#line 1 \"in.c\"\na\nx\nc\n"},
        {"a\nb", "pass:0-1 nl 'x' pass:1-3",
         "#line 1 \"in.c\"\na\n#line 4 \"o.c\"\nx\n#line 2 \"in.c\"\nb\n"},
        {"a\n\n\nb", "pass:0-1 nl 'x' pass:1-3",
         "#line 1 \"in.c\"\na\n#line 4 \"o.c\"\nx\n"
         "#line 2 \"in.c\"\n\n\nb\n"},
        {"a\n# 1 \"f.h\"\nb", "pass:0-1 nl 'x' pass:1-3",
         "#line 1 \"in.c\"\na\n#line 4 \"o.c\"\nx\n"
         "#line 1 \"f.h\"\nb\n"},
        {"a b\n# 1 \"f.h\"\nc d", "pass:0-1 at:1 'x' pass:2-5",
         "#line 1 \"in.c\"\na\n#line 1\nx\n"
         "#line 1 \"f.h\"\nc d\n"},
        {"\n\n", "pass:0-1", "\n\n"},
        {"\f\v a", "pass:0-2", "#line 1 \"in.c\"\n\f\v a\n"},
    };
    check_rows(rows, LEN(rows), &plain);
}
END_TEST

START_TEST(markers_become_line_directives)
{
    static const struct row rows[] = {
        {"# 1 \"f.h\" 1 3 4\nint a;\n# 2 \"in.c\" 2\nint b;\n", "pass:0-7",
         "#line 1 \"f.h\"\nint a;\n#line 2 \"in.c\"\nint b;\n"},
        /* those that no text follows are left out */
        {"# 0 \"<built-in>\"\n# 0 \"<command-line>\"\n# 1 \"a.c\"\nint a;\n",
         "pass:0-4", "#line 1 \"a.c\"\nint a;\n"},
        {"int a;\n# 1 \"f.h\" 1\n\n\n# 3 \"in.c\" 2\nint b;\n", "pass:0-7",
         "#line 1 \"in.c\"\nint a;\n\n\n#line 3\nint b;\n"},
        {"int\n# 7\na;\n", "pass:0-4", "#line 1 \"in.c\"\nint\n#line 7\na;\n"},
        {"#line 5\nint a;\n#line 9 \"g\"\nint b;", "pass:0-7",
         "#line 5 \"in.c\"\nint a;\n#line 9 \"g\"\nint b;\n"},
        {"a\n# 5 \"f.h\"\nb\n# 7 \"f.h\"\nc", "edit:1-2=x pass:0-4",
         "#line 1 \"in.c\"\na\n#line 5 \"f.h\"\nx\n#line 7\nc\n"},
        /* line ends and markers inside of replaced tokens */
        {"a b\n\nc d\n\ne", "edit:1-3=x pass:0-6",
         "#line 1 \"in.c\"\na x\n\n d\n\ne\n"},
        {"a b\n# 5 \"f.h\"\nc d\ne", "edit:1-3=x pass:0-6",
         "#line 1 \"in.c\"\na x\n#line 5 \"f.h\"\n d\ne\n"},
    };
    check_rows(rows, LEN(rows), &plain);
}
END_TEST

START_TEST(system_regions_are_quieted)
{
    static const struct row rows[] = {
        {"# 1 \"f.h\" 3\nint a;\n# 2 \"in.c\" 2\nint b;\n", "pass:0-7",
         "AWF_SYSTEM_BEGIN\n#line 1 \"f.h\"\nint a;\nAWF_SYSTEM_END\n"
         "#line 2 \"in.c\"\nint b;\n"},
        /* not inside a declaration */
        {"int\n# 1 \"f.h\" 3\na\n# 2 \"in.c\"\n= 1;\n", "pass:0-6",
         "#line 1 \"in.c\"\nint\n#line 1 \"f.h\"\na\n#line 2 \"in.c\"\n= 1;\n"},
        {"void f(void) {\n# 1 \"f.h\" 3\na;\n# 2 \"in.c\"\n}\n", "pass:0-10",
         "#line 1 \"in.c\"\nvoid f(void) {\n#line 1 \"f.h\"\na;\n"
         "#line 2 \"in.c\"\n}\n"},
        {"# 1 \"f.h\" 3\nint a;", "pass:0-4",
         "AWF_SYSTEM_BEGIN\n#line 1 \"f.h\"\nint a;\nAWF_SYSTEM_END\n"},
        {"# 1 \"f.h\" 3\nint a; int b;", "pass:0-3 nl 'x' pass:3-7",
         "AWF_SYSTEM_BEGIN\n#line 1 \"f.h\"\nint a;\nAWF_SYSTEM_END\n"
         "#line 6 \"o.c\"\nx\nAWF_SYSTEM_BEGIN\n#line 1 \"f.h\"\n int b;\n"
         "AWF_SYSTEM_END\n"},
    };
    check_rows(rows, LEN(rows), &quiet);
}
END_TEST

START_TEST(a_banner_counts)
{
    struct buf b = {0};
    buf_puts(&b, "/* banner */\n\n");
    print("x", "at:0 'a' nl 'b'", &plain, &b);
    ck_assert_str_eq(b.p, "/* banner */\n\n#line 1 \"in.c\"\na\n"
                          "#line 6 \"o.c\"\nb\n");
    buf_free(&b);
}
END_TEST

START_TEST(text_is_rendered_on_one_line)
{
    static const struct row rows[] = {
        {"a +\n  b", "", "a + b"},
        {"a+b", "", "a+b"},
        {"int\na", "", "int a"},
        {"a b c", "edit:1-2=x", "a x c"},
        {"a(b)c", "edit:1-4=x", "a x c"},
        {"a\n#pragma p\nb", "", "a b"},
        {"", "", ""},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        struct unit u;
        struct script s;
        lex_text(&u, rows[i].in);
        read_script(&s, &u.arena, rows[i].script);
        struct span all = {0, u.toks.n - 1};
        ck_assert_str_eq(code_render(&u, all, s.edits, s.nedits), rows[i].want);
        unit_free(&u);
    }
}
END_TEST

START_TEST(lists_are_linked)
{
    struct unit u;
    struct code inner, outer;
    struct buf b = {0};
    lex_text(&u, "");
    code_init(&inner, &u.arena);
    code_init(&outer, &u.arena);
    code_in(&inner);
    code_nl(&inner);
    code_printf(&inner, "%s %d", "b", 2);
    code_text(&outer, "a");
    code_append(&outer, &inner);
    code_init(&inner, &u.arena);
    code_append(&outer, &inner);
    code_nl(&outer);
    code_text(&outer, "c");
    out_print(&u, &outer, &plain, &b);
    ck_assert(str_is((struct str){b.p, b.n}, "a\n    b 2\n    c\n"));
    buf_free(&b);
    unit_free(&u);
}
END_TEST

Suite *suite_out(void)
{
    Suite *s = suite_create("out");
    TCase *t = tcase_create("out");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, lines_belong_to_their_owner);
    tcase_add_test(t, small_gaps_are_blank_lines);
    tcase_add_test(t, lines_are_indented);
    tcase_add_test(t, names_of_files_are_escaped);
    tcase_add_test(t, without_line_directives);
    tcase_add_test(t, spans_keep_lines_and_words);
    tcase_add_test(t, lines_keep_their_column);
    tcase_add_test(t, pragmas_stay_in_front_of_their_token);
    tcase_add_test(t, passed_text_is_copied);
    tcase_add_test(t, markers_become_line_directives);
    tcase_add_test(t, system_regions_are_quieted);
    tcase_add_test(t, a_banner_counts);
    tcase_add_test(t, text_is_rendered_on_one_line);
    tcase_add_test(t, lists_are_linked);
    suite_add_tcase(s, t);
    return s;
}
