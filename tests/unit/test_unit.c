/* SPDX-License-Identifier: MIT
 * unit.c and token.c. */
#include "tests/unit/suite.h"

#include "gen/buf.h"
#include "tests/unit/util.h"

static const struct {
    const char *spelling;
    enum tok_kind kw;
    enum word word;
} words[] = {
#define KEYWORD(name, text) {text, TK_##name, WORD_NONE},
#define ALIAS(name, text) {text, TK_##name, WORD_NONE},
#define WORD(name, text, reserved)                                             \
    {text, TK_EOF, WORD_##name}, {reserved, TK_EOF, WORD_##name##_ALWAYS},
#define FORM(name, text) {text, TK_EOF, FORM_##name},
#include "grammar/token.def"
    {"foo", TK_EOF, WORD_NONE},
    {"Int", TK_EOF, WORD_NONE},
    {"aw_", TK_EOF, WORD_NONE},
};

START_TEST(words_are_entered)
{
    struct unit u;
    unit_init(&u, str_z(""), "in.c", NULL, NULL);
    for (size_t i = 0; i < LEN(words); i++) {
        const char *s = words[i].spelling;
        const struct atom *a = atoms_get(&u.atoms, s, strlen(s));
        ck_assert_msg(a->kw == words[i].kw, "%s: keyword", s);
        ck_assert_msg(a->word == words[i].word, "%s: word", s);
    }
    unit_free(&u);
}
END_TEST

START_TEST(a_new_unit_is_empty)
{
    struct unit u;
    unit_init(&u, str_z("int x;"), "in.c", NULL, NULL);
    ck_assert(str_is(u.src.text, "int x;"));
    ck_assert_str_eq(u.src.name, "in.c");
    ck_assert_uint_eq(u.src.marks.n, 1);
    ck_assert_uint_eq(u.toks.n, 0);
    ck_assert_uint_eq(u.errors, 0);
    ck_assert_uint_eq(u.error_limit, 20);
    ck_assert_ptr_nonnull(type_basic(&u.types, TY_INT));
    unit_free(&u);
}
END_TEST

START_TEST(tokens_have_text_and_place)
{
    struct unit u;
    lex_text(&u, "int\n  a\\\nb ;");
    ck_assert(str_is(unit_tok(&u, 0), "int"));
    ck_assert(str_is(unit_tok(&u, 1), "a\\\nb"));
    ck_assert(str_is(unit_tok(&u, 3), ""));
    ck_assert(str_is(unit_text(&u, (struct span){0, 2}), "int\n  a\\\nb"));
    ck_assert(str_is(unit_text(&u, (struct span){1, 3}), "a\\\nb ;"));
    ck_assert(str_is(unit_text(&u, (struct span){1, 1}), ""));
    ck_assert(str_is(unit_text(&u, (struct span){4, 4}), ""));
    ck_assert_uint_eq(unit_loc(&u, 1).line, 2);
    ck_assert_uint_eq(unit_loc(&u, 1).col, 3);
    unit_free(&u);
}
END_TEST

static const struct {
    enum tok_kind kind;
    const char *name;
} names[] = {
    {TK_EOF, "end of file"},
    {TK_IDENT, "identifier"},
    {TK_NUM, "number"},
    {TK_STRING, "string literal"},
    {TK_CHAR, "character constant"},
    {TK_OTHER, "stray character"},
    {TK_LBRACK, "'['"},
    {TK_SEMI, "';'"},
    {TK_HASHHASH, "'##'"},
    {TK_ALIGNAS, "'_Alignas'"},
    {TK_WHILE, "'while'"},
    {TK_COUNT, "nothing"},
};

START_TEST(kinds_have_names)
{
    for (size_t i = 0; i < LEN(names); i++)
        ck_assert_str_eq(tok_kind_name(names[i].kind), names[i].name);
}
END_TEST

START_TEST(names_of_files_are_mapped)
{
    static const struct {
        const char *file, *quoted;
    } cases[] = {
        {"/base/me/a.c", "\"./a.c\""},      {"/base/you/a.c", "\"/h/you/a.c\""},
        {"home/me/a.c", "\"home/me/a.c\""}, {"/base/", "\"/h/\""},
        {"q\"/a", "\"q\\\"/a\""},           {"", "\"\""},
    };
    static const char *const maps[] = {"/base/=/h/", "/base/me=."};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct unit u;
        struct buf b = {0};
        unit_init(&u, str_z(""), "in.c", NULL, NULL);
        u.prefix_maps = maps;
        u.nprefix_maps = 2;
        unit_quote_file(&u, str_z(cases[i].file), &b);
        ck_assert_str_eq(b.p, cases[i].quoted);
        buf_free(&b);
        unit_free(&u);
    }
}
END_TEST

Suite *suite_unit(void)
{
    Suite *s = suite_create("unit");
    TCase *t = tcase_create("unit");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, words_are_entered);
    tcase_add_test(t, a_new_unit_is_empty);
    tcase_add_test(t, tokens_have_text_and_place);
    tcase_add_test(t, kinds_have_names);
    tcase_add_test(t, names_of_files_are_mapped);
    suite_add_tcase(s, t);
    return s;
}
