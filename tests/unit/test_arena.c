/* SPDX-License-Identifier: MIT */
#include "tests/unit/suite.h"

#include <setjmp.h>
#include <signal.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "gen/arena.h"

static const size_t sizes[] = {0,    1,     15,    16,    17,     1000,
                               4096, 16383, 16384, 65535, 200000, 3000000};

static bool filled(const unsigned char *p, size_t n, int with)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] != with)
            return false;
    }
    return true;
}

START_TEST(memory_is_zeroed_aligned_and_distinct)
{
    struct arena a;
    arena_init(&a, NULL, NULL);
    unsigned char *p[LEN(sizes)][3];
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < LEN(sizes); i++) {
            unsigned char *m = p[i][round] = arena_alloc(&a, sizes[i]);
            ck_assert_ptr_nonnull(m);
            ck_assert_uint_eq((uintptr_t)m % alignof(max_align_t), 0);
            ck_assert(filled(m, sizes[i], 0));
            memset(m, (int)i * 3 + round + 1, sizes[i]);
        }
    }
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < LEN(sizes); i++)
            ck_assert(filled(p[i][round], sizes[i], (int)i * 3 + round + 1));
    }
    ck_assert_ptr_ne(p[0][0], p[0][1]);
    arena_free(&a);
}
END_TEST

START_TEST(a_large_request_leaves_the_chunk_in_use)
{
    struct arena a;
    arena_init(&a, NULL, NULL);
    char *first = arena_alloc(&a, 16);
    arena_alloc(&a, 1 << 20);
    size_t total = a.total;
    char *second = arena_alloc(&a, 16);
    ck_assert_ptr_eq(second, first + 16);
    ck_assert_uint_eq(a.total, total);
    arena_free(&a);
}
END_TEST

START_TEST(strings_are_copied_and_formatted)
{
    struct arena a;
    arena_init(&a, NULL, NULL);
    const char bytes[] = "ab\0cdXX";
    char *copy = arena_strndup(&a, bytes, 5);
    ck_assert_mem_eq(copy, "ab\0cd\0", 6);
    ck_assert_ptr_ne(copy, bytes);
    ck_assert_str_eq(arena_strndup(&a, "x", 0), "");
    ck_assert_str_eq(arena_strndup(&a, NULL, 0), "");
    ck_assert_str_eq(arena_printf(&a, "%s=%d", "a", -7), "a=-7");
    char *wide = arena_printf(&a, "%100000d", 1);
    ck_assert_uint_eq(strlen(wide), 100000);
    ck_assert_str_eq(arena_printf(&a, "%s", ""), "");
    arena_free(&a);
}
END_TEST

START_TEST(free_gives_back_and_the_arena_works_again)
{
    struct arena a;
    arena_init(&a, NULL, NULL);
    a.limit = 1 << 20;
    arena_free(&a);
    for (int i = 0; i < 50; i++) {
        memset(arena_alloc(&a, 100000), 1, 100000);
        memset(arena_alloc(&a, 100), 1, 100);
        ck_assert_uint_ge(a.total, 100100);
        arena_free(&a);
        ck_assert_uint_eq(a.total, 0);
    }
    ck_assert_uint_eq(a.limit, 1 << 20);
}
END_TEST

/* What a failing arena finds through its hook. */
struct escape {
    jmp_buf env;
    int calls;
};

static void leave(void *ctx)
{
    struct escape *e = ctx;
    e->calls++;
    longjmp(e->env, 1);
}

/* Takes requests of `size` until one fails; what was taken by then. */
static size_t exhaust(struct arena *a, struct escape *e, size_t size)
{
    if (!setjmp(e->env)) {
        for (;;)
            memset(arena_alloc(a, size), 1, size < 4096 ? size : 4096);
    }
    return a->total;
}

START_TEST(exhaustion_calls_the_hook)
{
    static const size_t requests[] = {1, 16, 1000, 16384, 100000};
    for (size_t i = 0; i < LEN(requests); i++) {
        struct arena a;
        struct escape e = {.calls = 0};
        arena_init(&a, leave, &e);
        a.limit = 1 << 20;
        size_t total = exhaust(&a, &e, requests[i]);
        ck_assert_int_eq(e.calls, 1);
        ck_assert_uint_le(total, a.limit);
        ck_assert_uint_gt(total, a.limit - 200000);
        arena_free(&a);
    }
}
END_TEST

START_TEST(an_absurd_size_calls_the_hook)
{
    static const size_t requests[] = {SIZE_MAX, SIZE_MAX - 15, SIZE_MAX - 64,
                                      SIZE_MAX / 2 + 1};
    for (size_t i = 0; i < LEN(requests); i++) {
        struct arena a;
        struct escape e = {.calls = 0};
        arena_init(&a, leave, &e);
        ck_assert_uint_eq(exhaust(&a, &e, requests[i]), 0);
        ck_assert_int_eq(e.calls, 1);
        arena_free(&a);
    }
}
END_TEST

START_TEST(without_a_hook_exhaustion_aborts)
{
    struct arena a;
    arena_init(&a, NULL, NULL);
    a.limit = 1000;
    arena_alloc(&a, 1);
}
END_TEST

static void do_nothing(void *ctx)
{
    (void)ctx;
}

START_TEST(a_hook_that_returns_aborts)
{
    struct arena a;
    arena_init(&a, do_nothing, NULL);
    arena_fail(&a);
}
END_TEST

Suite *suite_arena(void)
{
    Suite *s = suite_create("arena");
    TCase *t = tcase_create("arena");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, memory_is_zeroed_aligned_and_distinct);
    tcase_add_test(t, a_large_request_leaves_the_chunk_in_use);
    tcase_add_test(t, strings_are_copied_and_formatted);
    tcase_add_test(t, free_gives_back_and_the_arena_works_again);
    tcase_add_test(t, exhaustion_calls_the_hook);
    tcase_add_test(t, an_absurd_size_calls_the_hook);
    tcase_add_test_raise_signal(t, without_a_hook_exhaustion_aborts, SIGABRT);
    tcase_add_test_raise_signal(t, a_hook_that_returns_aborts, SIGABRT);
    suite_add_tcase(s, t);
    return s;
}
