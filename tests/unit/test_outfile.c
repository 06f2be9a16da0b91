/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "tests/unit/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gen/cpp.h"
#include "gen/outfile.h"
#include "gen/version.h"

static char dir[] = "outfile-XXXXXX";
static struct buf err, text;

/* Each test in a folder of its own, where it is the current one. */
static void setup(void)
{
    memcpy(dir + strlen(dir) - 6, "XXXXXX", 6);
    ck_assert(mkdtemp(dir) && chdir(dir) == 0);
    umask(022);
    buf_puts(&text, AWAITC_BANNER "*/\nnew\n");
}

static void teardown(void)
{
    ck_assert_int_eq(chdir(".."), 0);
    char *command = NULL;
    ck_assert(asprintf(&command, "rm -rf %s", dir) > 0);
    ck_assert_int_eq(system(command), 0);
    free(command);
    buf_free(&err);
    buf_free(&text);
}

static void put(const char *path, const char *s)
{
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fputs(s, f);
    ck_assert_int_eq(fclose(f), 0);
}

static void holds(const char *path, const char *s)
{
    struct buf b = {0}, e = {0};
    ck_assert(cpp_read(path, &b, &e));
    ck_assert_str_eq(b.p ? b.p : "", s);
    buf_free(&b);
}

static unsigned mode(const char *path)
{
    struct stat st;
    ck_assert_int_eq(stat(path, &st), 0);
    return st.st_mode & 0777;
}

START_TEST(a_new_file_honours_umask)
{
    umask(027);
    ck_assert(outfile_write("a.c", &text, OUTFILE_OURS, &err));
    holds("a.c", text.p);
    ck_assert_uint_eq(mode("a.c"), 0640);
}
END_TEST

START_TEST(ours_and_empty_files_are_replaced)
{
    put("a.c", AWAITC_BANNER "0.0 from a.aw */\nold\n");
    chmod("a.c", 0600);
    put("b.c", "");
    ck_assert(outfile_write("a.c", &text, OUTFILE_OURS, &err));
    ck_assert(outfile_write("b.c", &text, OUTFILE_OURS, &err));
    holds("a.c", text.p);
    holds("b.c", text.p);
    ck_assert_uint_eq(mode("a.c"), 0600);
}
END_TEST

START_TEST(foreign_files_are_kept)
{
    put("a.c", "int precious;\n");
    ck_assert(!outfile_write("a.c", &text, OUTFILE_OURS, &err));
    ck_assert_ptr_nonnull(strstr(err.p, "will not overwrite 'a.c'"));
    holds("a.c", "int precious;\n");
    ck_assert(outfile_write("a.c", &text, OUTFILE_ANY, &err));
    holds("a.c", text.p);
}
END_TEST

START_TEST(links_are_followed)
{
    put("real.c", AWAITC_BANNER);
    ck_assert_int_eq(symlink("real.c", "a.c"), 0);
    ck_assert(outfile_write("a.c", &text, OUTFILE_OURS, &err));
    struct stat st;
    ck_assert(lstat("a.c", &st) == 0 && S_ISLNK(st.st_mode));
    holds("real.c", text.p);
}
END_TEST

START_TEST(failures_are_told)
{
    static const char *const paths[] = {"none/a.c", ".", "/dev/full"};
    ck_assert(!outfile_write(paths[_i], &text, OUTFILE_ANY, &err));
    ck_assert_ptr_nonnull(strstr(err.p, "cannot write"));
    ck_assert_ptr_nonnull(strstr(err.p, paths[_i]));
}
END_TEST

START_TEST(special_files_are_written_in_place)
{
    ck_assert(outfile_write("/dev/null", &text, OUTFILE_OURS, &err));
    struct stat st;
    ck_assert(stat("/dev/null", &st) == 0 && S_ISCHR(st.st_mode));
}
END_TEST

/* 255 bytes are the longest name of a file. */
START_TEST(long_names_work)
{
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    ck_assert(outfile_write(name, &text, OUTFILE_OURS, &err));
    holds(name, text.p);
}
END_TEST

Suite *suite_outfile(void)
{
    Suite *s = suite_create("outfile");
    TCase *t = tcase_create("outfile");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_new_file_honours_umask);
    tcase_add_test(t, ours_and_empty_files_are_replaced);
    tcase_add_test(t, foreign_files_are_kept);
    tcase_add_test(t, links_are_followed);
    tcase_add_loop_test(t, failures_are_told, 0, 3);
    tcase_add_test(t, special_files_are_written_in_place);
    tcase_add_test(t, long_names_work);
    suite_add_tcase(s, t);
    return s;
}
