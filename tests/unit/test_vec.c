/* SPDX-License-Identifier: MIT */
#include "tests/unit/suite.h"

#include <setjmp.h>

#include "gen/vec.h"

struct odd {
    char c[13];
};

START_TEST(elements_stay_as_the_vector_grows)
{
    struct arena a;
    arena_init(&a, NULL, NULL);
    VEC(uint32_t) n = {0};
    VEC(struct odd) o = {0};
    for (uint32_t i = 0; i < 10000; i++) {
        struct odd x = {{(char)(i % 100)}};
        VEC_PUSH(&a, &n, i * 7);
        VEC_PUSH(&a, &o, x);
        ck_assert_uint_eq(VEC_LAST(&n), i * 7);
        ck_assert_uint_ge(n.cap, n.n);
    }
    ck_assert_uint_eq(n.n, 10000);
    for (uint32_t i = 0; i < n.n; i++) {
        ck_assert_uint_eq(n.v[i], i * 7);
        ck_assert_int_eq(o.v[i].c[0], (char)(i % 100));
    }
    arena_free(&a);
}
END_TEST

static void leave(void *ctx)
{
    longjmp(*(jmp_buf *)ctx, 1);
}

START_TEST(a_capacity_beyond_32_bits_fails)
{
    jmp_buf env;
    struct arena a;
    arena_init(&a, leave, &env);
    void *v = NULL;
    uint32_t cap = UINT32_MAX / 2 + 1;
    if (setjmp(env) == 0) {
        vec_grow(&a, &v, &cap, 1);
        ck_abort_msg("grew");
    }
    arena_free(&a);
}
END_TEST

Suite *suite_vec(void)
{
    Suite *s = suite_create("vec");
    TCase *t = tcase_create("vec");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, elements_stay_as_the_vector_grows);
    tcase_add_test(t, a_capacity_beyond_32_bits_fails);
    suite_add_tcase(s, t);
    return s;
}
