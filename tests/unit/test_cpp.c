/* SPDX-License-Identifier: MIT */
#include "tests/unit/suite.h"

#include <string.h>

#include "gen/cpp.h"

static struct arena arena;
static struct buf text, deps, err;

static void setup(void)
{
    arena_init(&arena, NULL, NULL);
}

static void teardown(void)
{
    arena_free(&arena);
    buf_free(&text);
    buf_free(&deps);
    buf_free(&err);
}

static struct cpp_job job(const char *cc, const char *args)
{
    struct cpp_job j = {.input = "gen/version.h", .output = "x y.c"};
    cpp_split(&arena, &j.cc, cc);
    cpp_split(&arena, &j.args, args);
    return j;
}

/* `echo` shows the command that would have been run. */
START_TEST(the_command)
{
    struct cpp_job j = job("echo -x1", "-DA -Ib");
    ck_assert(cpp_run(&arena, &j, &text, &deps, &err));
    ck_assert_str_eq(text.p, "-x1 -E -x c -D__AWAITC__=1 "
                             "-D__AWAITC_ABI__=6 -DA -Ib gen/version.h\n");
    ck_assert_uint_eq(err.n, 0);
}
END_TEST

START_TEST(commands_are_split_as_by_a_shell)
{
    static const struct {
        const char *command, *words; /* each in brackets */
    } t[] = {
        {"ccache gcc", "[ccache][gcc]"},
        {"  a\tb\n", "[a][b]"},
        {"'/opt/my cc' -DX", "[/opt/my cc][-DX]"},
        {"\"/opt/my cc\" \"-DX=\\\"y\\\"\"", "[/opt/my cc][-DX=\"y\"]"},
        {"a\\ b c\\\\ '\\'", "[a b][c\\][\\]"},
        {"a'b c'\"d e\"f '' \"\"", "[ab cd ef][][]"},
        {"\"\\a\" b\\", "[\\a][b\\]"},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct buf got = {0};
        cpp_args v = {0};
        ck_assert(cpp_split(&arena, &v, t[i].command));
        for (uint32_t k = 0; k < v.n; k++)
            buf_printf(&got, "[%s]", v.v[k]);
        ck_assert_str_eq(got.p, t[i].words);
        buf_free(&got);
    }
    cpp_args v = {0};
    ck_assert(!cpp_split(&arena, &v, "a 'b"));
    ck_assert(!cpp_split(&arena, &v, "a \"b\\\""));
}
END_TEST

START_TEST(text_is_read_from_the_preprocessor)
{
    struct cpp_job j = job("cc", "-DX -UX");
    ck_assert(cpp_run(&arena, &j, &text, &deps, &err));
    ck_assert_ptr_nonnull(strstr(text.p, "\"gen/version.h\""));
    ck_assert_uint_eq(deps.n, 0);
}
END_TEST

START_TEST(deps_name_the_output)
{
    struct cpp_job j = job("cc", "");
    j.deps = true;
    ck_assert(cpp_run(&arena, &j, &text, &deps, &err));
    ck_assert_int_eq(strncmp(deps.p, "x\\ y.c: gen/version.h", 20), 0);
    buf_free(&deps);
    VEC_PUSH(&arena, &j.dep_targets, "-MT");
    VEC_PUSH(&arena, &j.dep_targets, "target");
    ck_assert(cpp_run(&arena, &j, &text, &deps, &err));
    ck_assert_int_eq(strncmp(deps.p, "target: gen/version.h", 21), 0);
}
END_TEST

START_TEST(failures)
{
    struct cpp_job j = job("false", "");
    ck_assert(!cpp_run(&arena, &j, &text, &deps, &err));
    ck_assert_uint_eq(err.n, 0);
    j = job("no-such-program", "");
    ck_assert(!cpp_run(&arena, &j, &text, &deps, &err));
    ck_assert_ptr_nonnull(strstr(err.p, "cannot run 'no-such-program'"));
    j = job("cc", "");
    j.input = "no-such-file";
    ck_assert(!cpp_run(&arena, &j, &text, &deps, &err));
    ck_assert_ptr_nonnull(strstr(err.p, "cannot read 'no-such-file'"));
    j.input = "gen";
    ck_assert(!cpp_run(&arena, &j, &text, &deps, &err));
    ck_assert_ptr_nonnull(strstr(err.p, "cannot read 'gen'"));
}
END_TEST

START_TEST(whole_files_are_read)
{
    ck_assert(cpp_read("gen/cpp.c", &text, &err));
    ck_assert_int_eq(text.p[0], '/');
    ck_assert_int_eq(text.p[text.n - 1], '\n');
    ck_assert(!cpp_read("gen", &text, &err));
    ck_assert(!cpp_read("no-such-file", &text, &err));
}
END_TEST

Suite *suite_cpp(void)
{
    Suite *s = suite_create("cpp");
    TCase *t = tcase_create("cpp");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, the_command);
    tcase_add_test(t, commands_are_split_as_by_a_shell);
    tcase_add_test(t, text_is_read_from_the_preprocessor);
    tcase_add_test(t, deps_name_the_output);
    tcase_add_test(t, failures);
    tcase_add_test(t, whole_files_are_read);
    suite_add_tcase(s, t);
    return s;
}
