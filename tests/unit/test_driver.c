/* SPDX-License-Identifier: MIT */
#include "tests/unit/suite.h"

#include <string.h>

#include "gen/driver.h"
#include "gen/version.h"

static struct buf out, msgs;

static void teardown(void)
{
    buf_free(&out);
    buf_free(&msgs);
}

static enum driver_status run(const char *text, struct driver_options o)
{
    struct str s = {text, strlen(text)};
    o.output = "out.c";
    buf_free(&out);
    return driver_compile(s, &o, &out, &msgs);
}

START_TEST(dumps_tokens)
{
    struct driver_options o = {.name = "in.c", .dump = DUMP_TOKENS};
    ck_assert_int_eq(run("int x;", o), DRIVER_OK);
    ck_assert_ptr_nonnull(strstr(out.p, "1:5\tidentifier\tx\n"));
    ck_assert_uint_eq(msgs.n, 0);
}
END_TEST

START_TEST(begins_with_the_banner)
{
    struct driver_options o = {.name = "some/where/in.aw"};
    ck_assert_int_eq(run("int x;\n", o), DRIVER_OK);
    const char *want = AWAITC_BANNER AWAITC_VERSION " from in.aw. SPDX-";
    ck_assert_int_eq(strncmp(out.p, want, strlen(want)), 0);
}
END_TEST

/* No state is left from one run to the next. */
START_TEST(runs_twice_with_the_same_result)
{
    struct driver_options o = {.name = "a.aw"};
    ck_assert_int_eq(run("typedef int T; T a;\n", o), DRIVER_OK);
    struct buf first = out;
    out = (struct buf){0};
    run("int T;\n", (struct driver_options){.name = "b.aw"});
    ck_assert_int_eq(run("typedef int T; T a;\n", o), DRIVER_OK);
    ck_assert_str_eq(out.p, first.p);
    buf_free(&first);
}
END_TEST

Suite *suite_driver(void)
{
    Suite *s = suite_create("driver");
    TCase *t = tcase_create("driver");
    tcase_add_checked_fixture(t, NULL, teardown);
    tcase_add_test(t, dumps_tokens);
    tcase_add_test(t, begins_with_the_banner);
    tcase_add_test(t, runs_twice_with_the_same_result);
    suite_add_tcase(s, t);
    return s;
}
