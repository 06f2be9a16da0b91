/* SPDX-License-Identifier: MIT */
#include "tests/unit/suite.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/util.h"

/* The place of the only '@' in a text. */
static const struct {
    const char *text, *file;
    uint32_t line, col;
    bool system;
} places[] = {
    {"@", "in.c", 1, 1, false},
    {"int @", "in.c", 1, 5, false},
    {"a\nb\n  @\n", "in.c", 3, 3, false},
    {"a\r\n\r\n@", "in.c", 3, 1, false},
    {"\xef\xbb\xbf@", "in.c", 1, 1, false},
    {"\xef\xbb\xbfx\n @", "in.c", 2, 2, false},
    {"# 7 \"f.h\"\n@", "f.h", 7, 1, false},
    {"# 7 \"f.h\"\n\n\n@", "f.h", 9, 1, false},
    {"# 0 \"f.h\"\n@", "f.h", 0, 1, false},
    {"# 7 \"f.h\" 1 3 4\n @", "f.h", 7, 2, true},
    {"# 7 \"f.h\" 3\n# 8 \"g.c\" 2\n@", "g.c", 8, 1, false},
    {"x @\n# 7 \"f.h\" 3\ny", "in.c", 1, 3, false},
    {"#line 30\n@", "in.c", 30, 1, false},
    {"# 7 \"f.h\" 3\n#line 30\n@", "f.h", 30, 1, true},
    {"/* \n */ @", "in.c", 2, 5, false},
    {"a \\\n @", "in.c", 2, 2, false},
    {"#pragma x\n@", "in.c", 2, 1, false},
    {"\"\xc3\xa9\" @", "in.c", 1, 6, false},
};

START_TEST(a_byte_has_a_place)
{
    struct unit u;
    const char *text = places[_i].text;
    lex_text(&u, text);
    struct loc at = source_loc(&u.src, (uint32_t)(strchr(text, '@') - text));
    ck_assert(str_is(at.file, places[_i].file));
    ck_assert_uint_eq(at.line, places[_i].line);
    ck_assert_uint_eq(at.col, places[_i].col);
    ck_assert_int_eq(at.system, places[_i].system);
    unit_free(&u);
}
END_TEST

static void check_same(struct loc a, struct loc b)
{
    ck_assert(str_eq(a.file, b.file));
    ck_assert_uint_eq(a.line, b.line);
    ck_assert_uint_eq(a.col, b.col);
    ck_assert_int_eq(a.system, b.system);
}

/* A text of random lines, some of them markers. */
static char *random_text(uint64_t *seed, size_t size)
{
    static const char *const parts[] = {
        "a",
        " ",
        "\n",
        "\r\n",
        "\n\n\n",
        "int x;",
        "\n# 5 \"y.h\" 3\n",
        "\n# 5 \"z.h\"\n# 6 \"w.h\"\n",
        "\n#line 3\n",
        "\n#pragma p\n",
    };
    char *text = malloc(size + 64);
    size_t n = 0;
    while (n < size) {
        const char *part = parts[next_random(seed) % LEN(parts)];
        memcpy(text + n, part, strlen(part));
        n += strlen(part);
    }
    text[n] = '\0';
    return text;
}

START_TEST(a_cursor_finds_the_same_places)
{
    uint64_t seed = 3;
    for (int round = 0; round < 50; round++) {
        struct unit u;
        struct source_cursor every = {0}, some = {0};
        char *text = random_text(&seed, 500);
        lex_text(&u, text);
        for (uint32_t off = 0; off <= u.src.text.n; off++) {
            struct loc at = source_loc(&u.src, off);
            check_same(source_cursor_loc(&u.src, &every, off), at);
            check_same(source_cursor_loc(&u.src, &every, off), at);
            if (next_random(&seed) % 20 == 0)
                check_same(source_cursor_loc(&u.src, &some, off), at);
        }
        unit_free(&u);
        free(text);
    }
}
END_TEST

/* Would take minutes if a step were not of constant cost. */
START_TEST(a_cursor_walks_a_very_long_line)
{
    enum { LONG = 2000000 };
    struct unit u;
    struct source_cursor c = {0};
    char *text = malloc(LONG + 1);
    memset(text, ';', LONG);
    text[LONG] = '\0';
    unit_init(&u, (struct str){text, LONG}, "in.c", NULL, NULL);
    bool right = true;
    for (uint32_t off = 0; off <= LONG; off++)
        right &= source_cursor_loc(&u.src, &c, off).col == off + 1;
    ck_assert(right);
    unit_free(&u);
    free(text);
}
END_TEST

START_TEST(an_empty_text_has_a_mark)
{
    struct unit u;
    lex_text(&u, "");
    ck_assert_uint_eq(u.src.marks.n, 1);
    struct loc at = source_loc(&u.src, 0);
    ck_assert(str_is(at.file, "in.c"));
    ck_assert_uint_eq(at.line, 1);
    ck_assert_uint_eq(at.col, 1);
    unit_free(&u);
}
END_TEST

Suite *suite_source(void)
{
    Suite *s = suite_create("source");
    TCase *t = tcase_create("source");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, a_byte_has_a_place, 0, LEN(places));
    tcase_add_test(t, a_cursor_finds_the_same_places);
    tcase_add_test(t, a_cursor_walks_a_very_long_line);
    tcase_add_test(t, an_empty_text_has_a_mark);
    suite_add_tcase(s, t);
    return s;
}
