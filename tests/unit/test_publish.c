/* SPDX-License-Identifier: MIT
 * The header of -H and the symbols, through the driver: what one unit defines
 * is what the next one, given that header, refers to. */
#include "tests/unit/suite.h"

#include <stdio.h>
#include <string.h>

#include "gen/driver.h"

/* As much of <aw.h> as these units need. */
static const char aw_h[] =
    "# 1 \"input.aw\"\n# 1 \"aw.h\" 1 3\n"
    "struct aw_task;\n"
    "struct aw_frame { const void *d; unsigned up, state; };\n"
    "struct aw_desc { int x; };\n"
    "# 2 \"input.aw\" 2\n";

static struct buf out, msgs, header, text;

static void teardown(void)
{
    buf_free(&out);
    buf_free(&msgs);
    buf_free(&header);
    buf_free(&text);
}

/* Compiles aw_h and `body`; the source is `body` behind one line. */
static enum driver_status run(const char *body, bool with_header)
{
    struct buf source = {0};
    struct driver_options o = {.name = "input.aw", .output = "out.c"};

    buf_printf(&source, "#include <aw.h>\n%s", body);
    text.n = 0;
    buf_printf(&text, "%s%s", aw_h, body);
    o.source = (struct str){source.p, source.n};
    o.header = with_header ? "x/foo.aw.h" : NULL;
    o.header_out = &header;
    buf_free(&out);
    enum driver_status s =
        driver_compile((struct str){text.p, text.n}, &o, &out, &msgs);
    buf_free(&source);
    return s;
}

static bool has(const struct buf *b, const char *what)
{
    return b->p && strstr(b->p, what);
}

/* The symbol in out that begins with `prefix`, up to its hash. */
static const char *symbol(const char *prefix)
{
    static char name[128];
    const char *s = strstr(out.p, prefix);

    ck_assert_ptr_nonnull(s);
    snprintf(name, sizeof name, "%.*s", (int)strcspn(s, ";= "), s);
    return name;
}

START_TEST(header_is_guarded_and_typed)
{
    const char *body = "typedef struct { int x; } T;\n"
                       "enum hidden { H };\n"
                       "async T f(T a, const char *s)\n"
                       "{ enum hidden h = H; (void)&h; (void)s; return a; }\n";

    ck_assert_int_eq(run(body, true), DRIVER_OK);
    ck_assert(has(&header, "#ifndef AWF_FOO_AW_H_"));
    ck_assert(has(&header, "typedef struct {\n    int x;\n} T;\n"));
    ck_assert(has(&header, "_Async T f(T a, const char *s);\n"));
    ck_assert(has(&header, "struct awf_f {\n    struct aw_frame aw;\n"
                           "    T ret;\n    T a;\n    const char *s;\n"));
    ck_assert(!has(&header, "hidden"));
    ck_assert(has(&out, "sizeof(struct awfp_f) == sizeof(struct awf_f)"));
}
END_TEST

START_TEST(without_a_header_only_symbols)
{
    ck_assert_int_eq(run("async int f(void) { return 1; }\n", false),
                     DRIVER_OK);
    ck_assert(!has(&out, "awfp_"));
    ck_assert(has(&out, "const char awf_f_layout_changed_recompile_"));
    ck_assert(has(&out, "const char awf_f_signature_changed_recompile_"));
    ck_assert_int_eq(run("static async int f(void) { return 1; }\n", false),
                     DRIVER_OK);
    ck_assert(!has(&out, "changed_recompile"));
}
END_TEST

START_TEST(caller_refers_to_what_callee_defines)
{
    char defined[128];
    struct buf caller = {0};

    ck_assert_int_eq(
        run("async int f(int n, char c) { return n + c; }\n", true), DRIVER_OK);
    strcpy(defined, symbol("awf_f_layout_changed_"));
    buf_printf(&caller, "%s%s", strstr(header.p, "struct awf_f"), "");
    *strstr(caller.p, "#endif") = '\0';
    struct buf body = {0};
    buf_printf(&body, "async int f(int n, char c);\n%s%s", caller.p,
               "async int g(void) { return await f(1, 2); }\n");
    ck_assert_int_eq(run(body.p, false), DRIVER_OK);
    ck_assert_str_eq(symbol("awf_f_layout_changed_"), defined);
    buf_free(&caller);
    buf_free(&body);
}
END_TEST

START_TEST(prototype_refers_to_the_signature)
{
    char defined[128];

    ck_assert_int_eq(run("async int f(int n) { int x[9]; (void)x;\n"
                         "return n; }\n",
                         false),
                     DRIVER_OK);
    strcpy(defined, symbol("awf_f_signature_changed_"));
    ck_assert_int_eq(run("async int f(int m);\n"
                         "async int g(void) { return await f(1); }\n",
                         false),
                     DRIVER_OK);
    ck_assert_str_eq(symbol("awf_f_signature_changed_"), defined);
    ck_assert_int_eq(run("async int f(long m);\n"
                         "async int g(void) { return await f(1); }\n",
                         false),
                     DRIVER_OK);
    ck_assert_str_ne(symbol("awf_f_signature_changed_"), defined);
    ck_assert_int_eq(run("async int f(long m);\n"
                         "async int g(void) { return 1; }\n",
                         false),
                     DRIVER_OK);
    ck_assert(!has(&out, "awf_f_signature_changed_"));
}
END_TEST

START_TEST(headers_of_the_signature_are_included)
{
    const char *body = "# 1 \"sub/t.h\" 1\n"
                       "typedef int T;\n"
                       "# 3 \"input.aw\" 2\n"
                       "# 1 \"sub/u.h\" 1\n"
                       "typedef int U;\n"
                       "# 4 \"input.aw\" 2\n"
                       "async int f(U x) { T y = x; return y; }\n";

    ck_assert_int_eq(run(body, true), DRIVER_OK);
    ck_assert(has(&header, "#include \"sub/u.h\"\n"));
    ck_assert(!has(&header, "sub/t.h"));
    ck_assert_int_eq(strncmp(header.p, "/* Generated by", 15), 0);
}
END_TEST

Suite *suite_publish(void)
{
    Suite *s = suite_create("publish");
    TCase *t = tcase_create("publish");
    tcase_add_checked_fixture(t, NULL, teardown);
    tcase_add_test(t, header_is_guarded_and_typed);
    tcase_add_test(t, without_a_header_only_symbols);
    tcase_add_test(t, caller_refers_to_what_callee_defines);
    tcase_add_test(t, prototype_refers_to_the_signature);
    tcase_add_test(t, headers_of_the_signature_are_included);
    suite_add_tcase(s, t);
    return s;
}
