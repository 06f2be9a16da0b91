/* SPDX-License-Identifier: MIT */
#include "tests/unit/suite.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gen/buf.h"

START_TEST(writes_append_and_stay_terminated)
{
    struct buf b = {0};
    ck_assert_ptr_null(b.p);
    buf_puts(&b, "ab");
    buf_putc(&b, 'c');
    buf_put(&b, "\0x", 2);
    buf_printf(&b, "<%s %d>", "y", 42);
    buf_put(&b, NULL, 0);
    ck_assert_uint_eq(b.n, 11);
    ck_assert_mem_eq(b.p, "abc\0x<y 42>", 12);
    ck_assert(!b.oom);
    buf_free(&b);
    ck_assert_ptr_null(b.p);
    ck_assert_uint_eq(b.n, 0);
    buf_puts(&b, "again");
    ck_assert_str_eq(b.p, "again");
    buf_free(&b);
}
END_TEST

START_TEST(an_empty_write_terminates)
{
    struct buf b = {0};
    buf_puts(&b, "");
    ck_assert_str_eq(b.p, "");
    buf_free(&b);
}
END_TEST

/* Every way to cross the end of the allocation. */
START_TEST(growth_keeps_the_content)
{
    struct buf b = {0};
    for (int i = 0; i < 3000; i++) {
        if (i % 3 == 0)
            buf_putc(&b, (char)('a' + i % 26));
        else if (i % 3 == 1)
            buf_printf(&b, "%c", 'a' + i % 26);
        else
            buf_put(&b, &(char){(char)('a' + i % 26)}, 1);
        ck_assert_uint_eq(b.n, (size_t)i + 1);
        ck_assert_uint_gt(b.cap, b.n);
        ck_assert_int_eq(b.p[b.n], '\0');
    }
    for (int i = 0; i < 3000; i++)
        ck_assert_int_eq(b.p[i], 'a' + i % 26);
    buf_printf(&b, "%*d", 100000, 7);
    ck_assert_uint_eq(b.n, 103000);
    ck_assert_int_eq(b.p[b.n - 1], '7');
    buf_free(&b);
}
END_TEST

START_TEST(strings_are_quoted)
{
    struct buf b = {0};
    buf_quote(&b, "", 0);
    buf_quote(&b, "a\"\\\n1\0\x7f\xc3 ?", 10);
    ck_assert_str_eq(b.p, "\"\"\"a\\\"\\\\\\0121\\000\\177\xc3 ?\"");
    buf_free(&b);
}
END_TEST

START_TEST(exhaustion_is_sticky)
{
    struct buf b = {0};
    buf_puts(&b, "kept");
    buf_put(&b, "x", SIZE_MAX - 2);
    ck_assert(b.oom);
    buf_puts(&b, "y");
    buf_putc(&b, 'z');
    buf_printf(&b, "%d", 1);
    ck_assert(b.oom);
    ck_assert_str_eq(b.p, "kept");
    ck_assert_uint_eq(b.n, 4);
    buf_free(&b);
    ck_assert(!b.oom);
}
END_TEST

Suite *suite_buf(void)
{
    Suite *s = suite_create("buf");
    TCase *t = tcase_create("buf");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, writes_append_and_stay_terminated);
    tcase_add_test(t, an_empty_write_terminates);
    tcase_add_test(t, growth_keeps_the_content);
    tcase_add_test(t, strings_are_quoted);
    tcase_add_test(t, exhaustion_is_sticky);
    suite_add_tcase(s, t);
    return s;
}
