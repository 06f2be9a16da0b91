/* SPDX-License-Identifier: MIT
 * Sets of many widths, compared with arrays of bool. */
#include "tests/unit/suite.h"

#include <string.h>

#include "gen/bits.h"
#include "tests/unit/util.h"

static const uint32_t widths[] = {0,  1,   2,   31,  32,  63,  64,
                                  65, 127, 128, 129, 191, 192, 1000};

enum { WIDEST = 1000 };

/* A set and what it should hold. */
struct pair {
    struct bits set;
    bool has[WIDEST];
};

static struct pair random_pair(struct arena *a, uint32_t n, uint64_t *seed)
{
    struct pair p = {.set = bits_new(a, n)};
    uint32_t sparse = next_random(seed) % 5 + 1;
    for (uint32_t i = 0; i < n; i++) {
        p.has[i] = next_random(seed) % sparse == 0;
        if (p.has[i])
            bits_add(p.set, i);
    }
    return p;
}

static void check_pair(const struct pair *p)
{
    uint32_t n = p->set.n, count = 0, next = n;
    for (uint32_t i = n; i-- > 0;) {
        ck_assert_int_eq(bits_has(p->set, i), p->has[i]);
        count += p->has[i];
        if (p->has[i])
            next = i;
        ck_assert_uint_eq(bits_next(p->set, i), next);
    }
    ck_assert_uint_eq(bits_count(p->set), count);
    ck_assert_int_eq(bits_empty(p->set), count == 0);
    ck_assert_uint_eq(bits_next(p->set, n), n);
    ck_assert(!bits_has(p->set, n));
}

START_TEST(members_are_as_in_the_model)
{
    struct arena a;
    uint64_t seed = 1;
    arena_init(&a, NULL, NULL);
    struct pair p = {.set = bits_new(&a, widths[_i])};
    check_pair(&p);
    for (int round = 0; round < 20; round++) {
        p = random_pair(&a, widths[_i], &seed);
        check_pair(&p);
        for (uint32_t i = 0; i < p.set.n; i += 3) {
            bits_del(p.set, i);
            p.has[i] = false;
        }
        check_pair(&p);
    }
    arena_free(&a);
}
END_TEST

START_TEST(operations_are_as_in_the_model)
{
    struct arena a;
    uint64_t seed = 2;
    arena_init(&a, NULL, NULL);
    for (int round = 0; round < 20; round++) {
        struct pair x = random_pair(&a, widths[_i], &seed);
        struct pair y = random_pair(&a, widths[_i], &seed), z = x;
        z.set = bits_new(&a, widths[_i]);
        ck_assert(bits_eq(z.set, x.set) == bits_empty(x.set));
        bits_copy(z.set, x.set);
        ck_assert(bits_eq(z.set, x.set));
        bool changed = false;
        for (uint32_t i = 0; i < x.set.n; i++) {
            changed |= y.has[i] && !x.has[i];
            z.has[i] = x.has[i] || y.has[i];
        }
        ck_assert_int_eq(bits_or(z.set, y.set), changed);
        ck_assert(!bits_or(z.set, y.set));
        check_pair(&z);
        ck_assert_int_eq(bits_eq(z.set, x.set), !changed);
        bits_minus(z.set, y.set);
        for (uint32_t i = 0; i < x.set.n; i++)
            z.has[i] = x.has[i] && !y.has[i];
        check_pair(&z);
        check_pair(&x);
        check_pair(&y);
    }
    arena_free(&a);
}
END_TEST

Suite *suite_bits(void)
{
    Suite *s = suite_create("bits");
    TCase *t = tcase_create("bits");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, members_are_as_in_the_model, 0, LEN(widths));
    tcase_add_loop_test(t, operations_are_as_in_the_model, 0, LEN(widths));
    suite_add_tcase(s, t);
    return s;
}
