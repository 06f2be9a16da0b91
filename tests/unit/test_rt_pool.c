/* SPDX-License-Identifier: MIT
 * The memory of hosted ports: pieces do not overlap, are used again, and go
 * back to malloc when nothing is in use. */
#include "tests/unit/suite.h"

#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "runtime/impl.h"

/* With AddressSanitizer every piece is malloc's. */
#ifdef __SANITIZE_ADDRESS__
#define POOLED 0
#else
#define POOLED 1
#endif

static const size_t sizes[] = {1, 8, 16, 17, 72, 88, 511, 512, 513, 5000};
enum { SIZES = sizeof sizes / sizeof *sizes, EACH = 300 };

static size_t in_use(void)
{
    return mallinfo2().uordblks + mallinfo2().hblkhd;
}

/* The most that an object of so many bytes can need. */
static size_t alignment_of(size_t size)
{
    size_t whole = (size + 7) / 8 * 8;
    return whole % _Alignof(max_align_t) ? 8 : _Alignof(max_align_t);
}

START_TEST(pieces_are_apart)
{
    static unsigned char *p[SIZES][EACH];
    for (int k = 0; k < EACH; k++)
        for (int i = 0; i < SIZES; i++) {
            p[i][k] = awi_port_alloc(sizes[i]);
            ck_assert_uint_eq((uintptr_t)p[i][k] % alignment_of(sizes[i]), 0);
            memset(p[i][k], i + k, sizes[i]);
        }
    for (int k = 0; k < EACH; k++)
        for (int i = 0; i < SIZES; i++) {
            bool intact = true;
            for (size_t b = 0; b < sizes[i]; b++)
                intact = intact && p[i][k][b] == (unsigned char)(i + k);
            ck_assert(intact);
            awi_port_free(p[i][k], sizes[i]);
        }
}
END_TEST

START_TEST(a_piece_is_used_again)
{
    void *other = awi_port_alloc(1), *p = awi_port_alloc(41);
    awi_port_free(p, 41);
    void *q = awi_port_alloc(48), *r = awi_port_alloc(48);
    if (POOLED)
        ck_assert_ptr_eq(p, q);
    ck_assert_ptr_ne(q, r);
    awi_port_free(r, 48);
    awi_port_free(q, 48);
    awi_port_free(other, 1);
}
END_TEST

/* Every piece of every size out, then back; the last one takes the chunks
 * along. */
static void *use_and_leave(void *arg)
{
    static __thread void *p[SIZES][EACH];
    for (int i = 0; i < SIZES; i++)
        for (int k = 0; k < EACH; k++)
            p[i][k] = awi_port_alloc(sizes[i]);
    for (int k = 0; k < EACH; k++)
        for (int i = 0; i < SIZES; i++)
            awi_port_free(p[i][k], sizes[i]);
    return arg;
}

/* The first time fills malloc's own lists. */
START_TEST(nothing_stays)
{
    use_and_leave(NULL);
    size_t before = in_use();
    use_and_leave(NULL);
    if (POOLED)
        ck_assert_uint_eq(in_use(), before);
}
END_TEST

START_TEST(a_thread_leaves_nothing)
{
    pthread_t t;
    ck_assert_int_eq(pthread_create(&t, NULL, use_and_leave, NULL), 0);
    ck_assert_int_eq(pthread_join(t, NULL), 0);
    size_t before = in_use();
    ck_assert_int_eq(pthread_create(&t, NULL, use_and_leave, NULL), 0);
    ck_assert_int_eq(pthread_join(t, NULL), 0);
    if (POOLED)
        ck_assert_uint_eq(in_use(), before);
}
END_TEST

/* What is in use keeps its chunk when a loop ends. */
START_TEST(trim_spares_what_is_in_use)
{
    char *p = awi_port_alloc(64), *q = awi_port_alloc(64);
    memset(p, 5, 64);
    awi_port_free(q, 64);
    awi_pool_trim();
    for (int i = 0; i < 64; i++)
        ck_assert_int_eq(p[i], 5);
    awi_port_free(p, 64);
}
END_TEST

/* So many that the largest chunks follow the small ones. */
enum { PIECE = 200, MANY = 20 * 1024 * 1024 / PIECE };

static unsigned char *many[MANY];

/* Of pieces `from` to `to`, each is filled with its number, then looked at. */
static void get_many(int from, int to)
{
    for (int i = from; i < to; i++) {
        many[i] = awi_port_alloc(PIECE);
        ck_assert_ptr_nonnull(many[i]);
        memset(many[i], i % 251, PIECE);
    }
}

static void put_many(int to)
{
    for (int i = 0; i < to; i++) {
        for (int b = 0; b < PIECE; b++)
            if (many[i][b] != i % 251)
                ck_abort_msg("byte %d of piece %d", b, i);
        awi_port_free(many[i], PIECE);
    }
}

START_TEST(many_pieces_are_apart)
{
    size_t before = in_use();
    get_many(0, MANY);
    if (POOLED)
        ck_assert_uint_ge(in_use(), before + (size_t)MANY * PIECE);
    put_many(MANY);
    if (POOLED)
        ck_assert_uint_le(in_use(), before);
}
END_TEST

/* Bytes of the address space that are taken. */
static rlim_t mapped(void)
{
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    ck_assert(f && fscanf(f, "%lu", &pages) == 1);
    fclose(f);
    return (rlim_t)pages * 4096;
}

/* A chunk of 128 KiB is due once another one has been used up, and there is
 * memory for small ones. */
START_TEST(small_chunks_do_without_large_ones)
{
    enum { KIB = 1024 / PIECE + 1 };
    struct rlimit old, tight;
    int n = 1024 * KIB;
    if (!POOLED)
        return;
    mallopt(M_TOP_PAD, 0);
    get_many(0, n);
    ptrdiff_t step = many[1] - many[0];
    do /* until one begins */
        get_many(n, n + 1);
    while (many[n] == many[n - 1] + step && ++n);
    getrlimit(RLIMIT_AS, &old);
    tight = old;
    tight.rlim_cur = mapped() + 120 * 1024;
    ck_assert_int_eq(setrlimit(RLIMIT_AS, &tight), 0);
    get_many(n + 1, n + 170 * KIB);
    setrlimit(RLIMIT_AS, &old);
    put_many(n + 170 * KIB);
}
END_TEST

Suite *suite_rt_pool(void)
{
    Suite *s = suite_create("rt_pool");
    TCase *t = tcase_create("rt_pool");
    tcase_add_test(t, pieces_are_apart);
    tcase_add_test(t, a_piece_is_used_again);
    tcase_add_test(t, nothing_stays);
    tcase_add_test(t, a_thread_leaves_nothing);
    tcase_add_test(t, trim_spares_what_is_in_use);
    tcase_add_test(t, many_pieces_are_apart);
    tcase_add_test(t, small_chunks_do_without_large_ones);
    suite_add_tcase(s, t);
    return s;
}
