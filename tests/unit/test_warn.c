/* SPDX-License-Identifier: MIT
 * What is warned about, and where; tests/warnings shows the text. */
#include "tests/unit/suite.h"

#include <stdlib.h>

#include "gen/buf.h"
#include "gen/warn.h"
#include "tests/unit/body.h"
#include "tests/unit/util.h"

/* A body of f (see body_prelude); the messages, with columns in the body. */
static const struct {
    const char *text, *warnings;
} cases[] = {
    {"await g(1);", ""},
    {"aw_create_task(g(1));", "task-result 1"},
    {"aw_create_task(v());", ""},
    {"((aw_create_task(g(1))));", "task-result 3"},
    {"aw_task(int) a = aw_create_task(g(1)); ", "task-result 18"},
    {"aw_task(int) a = aw_create_task(g(1)); a = t;", "task-result 18"},
    {"aw_task(int) a = aw_create_task(g(1)); t = a;", ""},
    {"aw_task(int) a = aw_create_task(g(1)); (void)a;", ""},
    {"aw_task(int) a; if (i) a = aw_create_task(g(1));", "task-result 28"},
    {"aw_task(int) a; t = a = aw_create_task(g(1));", ""},
    {"t = aw_create_task(g(1));", ""},
    {"({ aw_create_task(g(1)); 1; });", "task-result 4"},
    {"for (;;) i++;", "endless-loop 1"},
    {"for (; 1;) i++;", "endless-loop 1"},
    {"for (; i;) i++;", ""},
    {"while (2 - 1) { for (;;) break; }", "endless-loop 1"},
    {"while (1) { for (;;) return 1; }", ""},
    {"while (1) { for (;;) i++; }", "endless-loop 1, endless-loop 13"},
    {"do { if (i) continue; i++; } while (1);", "endless-loop 1"},
    {"for (; i;) for (;;) { if (i) break; }", ""},
    {"x: for (;;) goto x;", ""},
    {"for (;;) await v();", ""},
    {"for (;;) { ({ if (i) break; }); }", ""},
    {"for (;;) __builtin_trap();", ""},
    {"void h(void) { for (;;) ; } h();", ""},
    {"unsigned sleep(unsigned); sleep(u);", "blocking-call 27"},
    {"unsigned sleep(unsigned); sleep(0);", ""},
    {"unsigned sleep(unsigned); i = sizeof(sleep(1));", ""},
    {"int (*sleep)(int) = plain; sleep(1);", ""},
    {"int x; aw_task(int) *q = 0; *q = aw_create_task(g(x));", ""},
};

START_TEST(warnings_are_exact)
{
    struct buf z = {0}, got = {0};
    struct unit u;
    buf_printf(&z, "%s{\n%s\n}", body_prelude, cases[_i].text);
    buf_putc(&z, '\0');
    parse_text(&u, z.p);
    ck_assert_msg(!u.errors, "%s", cases[_i].text);
    warn(&u);
    for (uint32_t i = 0; i < u.diags.n; i++) {
        const struct diag_item *d = u.diags.v[i];
        ck_assert_int_eq(d->level, DIAG_WARNING);
        buf_printf(&got, "%s%s %u", i ? ", " : "", diag_name(d->id),
                   (unsigned)unit_loc(&u, d->at.from).col);
    }
    buf_putc(&got, '\0');
    ck_assert_msg(strcmp(got.p, cases[_i].warnings) == 0, "%s: %s, not %s",
                  cases[_i].text, got.p, cases[_i].warnings);
    buf_free(&got);
    buf_free(&z);
    unit_free(&u);
}
END_TEST

Suite *suite_warn(void)
{
    Suite *s = suite_create("warn");
    TCase *t = tcase_create("warn");
    tcase_add_loop_test(t, warnings_are_exact, 0, sizeof cases / sizeof *cases);
    suite_add_tcase(s, t);
    return s;
}
