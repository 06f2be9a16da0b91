/* SPDX-License-Identifier: MIT */
#include "tests/unit/suite.h"

#include <string.h>

#include "gen/opts.h"

static struct arena arena;
static struct opts o;
static struct buf err;

static void setup(void)
{
    arena_init(&arena, NULL, NULL);
    err = (struct buf){0};
}

static void teardown(void)
{
    buf_free(&err);
    arena_free(&arena);
}

/* Parses a command line written as one string. */
static enum opts_action parse_with(const char *line, const char *cc)
{
    cpp_args v = {0};
    cpp_split(&arena, &v, line);
    return opts_parse(&o, &arena, (int)v.n, (char **)v.v, cc, &err);
}

static enum opts_action parse(const char *line)
{
    return parse_with(line, NULL);
}

/* The words of a list, blanks between them. */
static const char *words(const cpp_args *v)
{
    const char *s = "";
    for (uint32_t i = 0; i < v->n; i++)
        s = arena_printf(&arena, "%s%s%s", s, i ? " " : "", v->v[i]);
    return s;
}

START_TEST(output_is_named_after_the_input)
{
    static const struct {
        const char *line, *output;
    } cases[] = {
        {"awaitc a.aw", "a.c"},
        {"awaitc dir.x/a", "dir.x/a.c"},
        {"awaitc d/a.b.aw", "d/a.b.c"},
        {"awaitc .aw", ".aw.c"},
        {"awaitc -", "-"},
        {"awaitc --dump=tokens a.aw", "-"},
        {"awaitc -o x.c a.aw", "x.c"},
        {"awaitc -ox.c a.aw", "x.c"},
        {"awaitc a.aw -o -", "-"},
    };
    const char *line = cases[_i].line;
    ck_assert_int_eq(parse(line), OPTS_COMPILE);
    ck_assert_str_eq(o.output, cases[_i].output);
}
END_TEST

START_TEST(misuse_is_refused)
{
    static const struct {
        const char *line, *says;
    } cases[] = {
        {"awaitc", "no input"},
        {"awaitc -o x.c a.aw b.aw", "several inputs, but one '-o'"},
        {"awaitc -MD -MF x.d a.aw b.aw", "but one '-MF'"},
        {"awaitc a.aw b.c", "replace the input 'b.c'"},
        {"awaitc -x f a.aw", "'f'"},
        {"awaitc --file-prefix-map=x a.aw", "'x'"},
        {"awaitc -MQ x a.aw", "need '-MD'"},
        {"awaitc -O2 a.aw", "unknown option '-O2'"},
        {"awaitc -O2 a.aw", "unknown option '-O2'"},
        {"awaitc -MMD a.i", "nothing for '-MD'"},
        {"awaitc -H a.aw a.aw", "would replace 'a.aw'"},
        {"awaitc -H a.c a.aw", "would replace 'a.c'"},
        {"awaitc -H - a.aw", "a header is a file"},
        {"awaitc -H a.h a.i", "not yet preprocessed has '-H'"},
        {"awaitc -H a.h -", "not yet preprocessed has '-H'"},
        {"awaitc -H a.h --dump=ast a.aw", "no '-H'"},
        {"awaitc --dumpx a.aw", "unknown option '--dumpx'"},
        {"awaitc --no-lines a.aw", "unknown option '--no-lines'"},
        {"awaitc --dump=x a.aw", "'x'"},
        {"awaitc --cc", "nothing after '--cc'"},
        {"awaitc --cc= a.aw", "nothing after '--cc='"},
        {"awaitc '--cc= ' a.aw", "no command in ' '"},
        {"awaitc \"--cc='' x\" a.aw", "no command in \x27\x27"},
        {"awaitc \"--cc='gcc\" a.aw", "--cc=\x27\x27gcc': a quote stays open"},
        {"awaitc a.aw -I", "nothing after '-I'"},
        {"awaitc -std= a.aw", "nothing after '-std='"},
        {"awaitc a.aw -W", "-W"},
        {"awaitc a.aw -fdiagnostics-format=x", "'x'"},
        {"awaitc -fdiagnostics-color=blue a.aw", "'blue'"},
        {"awaitc -MF a.d a.aw", "need '-MD'"},
        {"awaitc -MP a.aw", "need '-MD'"},
        {"awaitc -MD -", "needs -MF and '-MT'"},
        {"awaitc -MD a.i", "nothing for '-MD'"},
        {"awaitc a.c", "replace the input 'a.c'"},
        {"awaitc -o a.aw a.aw", "replace the input 'a.aw'"},
    };
    ck_assert_int_eq(parse(cases[_i].line), OPTS_MISUSE);
    ck_assert_ptr_nonnull(strstr(err.p, cases[_i].says));
    ck_assert_int_eq(strncmp(err.p, "awaitc: error: ", 15), 0);
    ck_assert_int_eq(err.p[err.n - 1], '\n');
}
END_TEST

START_TEST(flags_for_the_preprocessor_keep_their_order)
{
    parse("awaitc -DA=1 -I x -UA -D B -isystem y -include z.h -std=c99 a.aw");
    ck_assert_str_eq(words(&o.cpp.args),
                     "-DA=1 -Ix -UA -DB -isystemy -includez.h -std=c99");
    ck_assert_str_eq(o.cpp.input, "a.aw");
}
END_TEST

START_TEST(the_compiler_is_chosen)
{
    parse_with("awaitc a.aw", NULL);
    ck_assert_str_eq(words(&o.cpp.cc), "cc");
    parse_with("awaitc a.aw", " gcc  -m32 ");
    ck_assert_str_eq(words(&o.cpp.cc), "gcc -m32");
    parse_with("awaitc a.aw", "  ");
    ck_assert_str_eq(words(&o.cpp.cc), "cc");
    parse_with("awaitc --cc clang a.aw", "gcc");
    ck_assert_str_eq(words(&o.cpp.cc), "clang");
    parse_with("awaitc --cc=clang --cc=tcc a.aw", "gcc");
    ck_assert_str_eq(words(&o.cpp.cc), "tcc");
}
END_TEST

START_TEST(depfile_options)
{
    parse("awaitc -MD -o out/x.c a.aw");
    ck_assert(o.cpp.deps);
    ck_assert(!o.cpp.dep_phony);
    ck_assert_str_eq(o.depfile, "out/x.d");
    parse("awaitc -MD -MP -MF y.d -MT t1 -MTt2 -o - a.aw");
    ck_assert(o.cpp.dep_phony);
    ck_assert_str_eq(o.depfile, "y.d");
    ck_assert_str_eq(words(&o.cpp.dep_targets), "-MT t1 -MT t2");
}
END_TEST

START_TEST(each_input_is_selected)
{
    ck_assert_int_eq(parse("awaitc -MMD d/a.aw b.i -MQ t c.x"), OPTS_MISUSE);
    ck_assert_int_eq(parse("awaitc -MMD d/a.aw -MQ t c.x"), OPTS_COMPILE);
    ck_assert_uint_eq(o.inputs.n, 2);
    ck_assert_str_eq(words(&o.cpp.dep_targets), "-MQ t");
    ck_assert_str_eq(o.output, "d/a.c");
    ck_assert(opts_select(&o, 1));
    ck_assert_str_eq(o.cpp.input, "c.x");
    ck_assert_str_eq(o.output, "c.c");
    ck_assert_str_eq(o.depfile, "c.d");
    parse("awaitc -x cpp-output a.aw b.i");
    ck_assert(o.preprocessed);
    parse("awaitc -xc b.i a.aw");
    ck_assert(!o.preprocessed);
    parse("awaitc -xc -x none b.i a.aw");
    ck_assert(o.preprocessed);
    ck_assert(opts_select(&o, 1));
    ck_assert(!o.preprocessed);
}
END_TEST

START_TEST(the_rest)
{
    ck_assert_int_eq(parse("awaitc --version --help"), OPTS_HELP);
    ck_assert_int_eq(parse("awaitc --version"), OPTS_VERSION);
    parse("awaitc --no-line --poison -fdiagnostics-color --dump=frame a.i");
    ck_assert(o.no_line);
    ck_assert(o.poison);
    ck_assert(o.preprocessed);
    ck_assert_int_eq(o.color, COLOR_ALWAYS);
    ck_assert_int_eq(o.dump, DUMP_FRAME);
    parse("awaitc -fdiagnostics-color -fno-diagnostics-color -- -x");
    ck_assert_int_eq(o.color, COLOR_NEVER);
    ck_assert_str_eq(o.input, "-x");
    ck_assert(!o.preprocessed);
}
END_TEST

START_TEST(every_option_is_in_the_help)
{
    opts_help(&err);
    ck_assert_ptr_nonnull(strstr(err.p, "--preprocessed"));
    ck_assert_ptr_nonnull(strstr(err.p, "-MF"));
    ck_assert_ptr_nonnull(strstr(err.p, "--dump="));
}
END_TEST

Suite *suite_opts(void)
{
    Suite *s = suite_create("opts");
    TCase *t = tcase_create("opts");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, output_is_named_after_the_input, 0, 9);
    tcase_add_loop_test(t, misuse_is_refused, 0, 32);
    tcase_add_test(t, flags_for_the_preprocessor_keep_their_order);
    tcase_add_test(t, the_compiler_is_chosen);
    tcase_add_test(t, depfile_options);
    tcase_add_test(t, each_input_is_selected);
    tcase_add_test(t, the_rest);
    tcase_add_test(t, every_option_is_in_the_help);
    suite_add_tcase(s, t);
    return s;
}
