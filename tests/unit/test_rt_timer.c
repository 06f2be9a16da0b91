/* SPDX-License-Identifier: MIT
 * The timer wheel against a plain list: every deadline in order, equal ones in
 * order of arming, removal anywhere, far deadlines. */
#include "tests/unit/suite.h"

#include "tests/unit/rt.h"

#include <stdlib.h>

#include "runtime/impl.h"

/* Some deadlines lie beyond the last level. */
enum {
    NODES = 300,
    FAR = AW_WHEEL_BITS ? AW_WHEEL_BITS * AW_WHEEL_LEVELS + 9 : 45
};

static uint64_t seed;

static uint64_t rnd(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    return seed ^= seed << 17;
}

struct model {
    struct awi_node node[NODES];
    int64_t when[NODES]; /* -1: not armed */
    uint64_t order[NODES];
    uint64_t armed;
};

static int model_first(const struct model *m, int64_t now)
{
    int best = -1;
    for (int i = 0; i < NODES; i++) {
        if (m->when[i] < 0 || m->when[i] > now)
            continue;
        if (best < 0 || m->when[i] < m->when[best] ||
            (m->when[i] == m->when[best] && m->order[i] < m->order[best]))
            best = i;
    }
    return best;
}

static void arm(struct awi_wheel *w, struct model *m, int i)
{
    unsigned bits = (unsigned)(rnd() % FAR);
    int64_t when = w->now + (int64_t)(rnd() % ((uint64_t)1 << bits));
    if (rnd() % 3 == 0)
        when = w->now + (int64_t)(rnd() % 8);
    m->when[i] = when;
    m->order[i] = m->armed++;
    awi_wheel_add(w, &m->node[i], when);
}

static void take_all(struct awi_wheel *w, struct model *m, int64_t now)
{
    struct awi_node *n;
    int expected;
    while ((n = awi_wheel_take(w, now)) != NULL) {
        expected = model_first(m, now);
        ck_assert_int_ge(expected, 0);
        ck_assert_ptr_eq(n, &m->node[expected]);
        m->when[expected] = -1;
    }
    ck_assert_int_eq(model_first(m, now), -1);
    ck_assert_int_eq(w->now, now);
}

static int64_t model_next(const struct model *m)
{
    int i = model_first(m, INT64_MAX);
    return i < 0 ? INT64_MAX : m->when[i];
}

START_TEST(the_wheel_keeps_order)
{
    static struct awi_wheel w;
    static struct model m;
    seed = 88172645463325252u + (uint64_t)_i;
    awi_wheel_init(&w, (int64_t)(rnd() % 100000));
    memset(&m, 0, sizeof m);
    for (int i = 0; i < NODES; i++)
        m.when[i] = -1;
    for (int step = 0; step < 3000; step++) {
        int i = (int)(rnd() % NODES);
        if (m.when[i] < 0) {
            arm(&w, &m, i);
        } else if (rnd() % 2) {
            awi_wheel_remove(&w, &m.node[i]);
            m.when[i] = -1;
        } else if (rnd() % 4 == 0) {
            int64_t next = awi_wheel_next(&w);
            ck_assert_int_le(next, model_next(&m));
            ck_assert_int_ge(next, w.now);
            take_all(&w, &m, next + (int64_t)(rnd() % 50));
        } else {
            take_all(&w, &m, w.now + (int64_t)(rnd() % 70));
        }
    }
    while (w.count > 0)
        take_all(&w, &m, awi_wheel_next(&w));
    ck_assert_int_eq(model_next(&m), INT64_MAX);
    ck_assert_int_eq(awi_wheel_next(&w), INT64_MAX);
}
END_TEST

START_TEST(the_far_end_is_reachable)
{
    static struct awi_wheel w;
    struct awi_node a, b;
    awi_wheel_init(&w, 5);
    awi_wheel_add(&w, &a, INT64_MAX);
    awi_wheel_add(&w, &b, -7);
    ck_assert_int_eq(awi_wheel_next(&w), 5);
    ck_assert_ptr_eq(awi_wheel_take(&w, 5), &b);
    ck_assert_ptr_null(awi_wheel_take(&w, 1000000));
    awi_wheel_remove(&w, &a);
    ck_assert_uint_eq(w.count, 0);
}
END_TEST

Suite *suite_rt_timer(void)
{
    Suite *s = suite_create("rt_timer");
    TCase *c = tcase_create("wheel");
    tcase_add_loop_test(c, the_wheel_keeps_order, 0, 40);
    tcase_add_test(c, the_far_end_is_reachable);
    suite_add_tcase(s, c);
    return s;
}
