/* SPDX-License-Identifier: MIT
 * Frames with everything in them. Their C checks that what is published has
 * the size of the real thing. */
#include <aw.h>
#include "types.h"

static int sum;

static void touch(void *p)
{
    sum += p != NULL;
}

#define KEEP(name, ...) \
    async int name(int n) \
    { \
        __VA_ARGS__ x; \
        touch(&x); \
        await aw_sleep_ms(1); \
        touch(&x); \
        return sum + n; \
    }
typedef char text[sizeof(struct bits) + 1];
typedef int (*table[3])(struct wide *);
KEEP(keep_bits, struct bits)
KEEP(keep_tight, struct tight)
KEEP(keep_some, struct some_packed)
KEEP(keep_pragma, struct pragma_packed)
KEEP(keep_wide, struct wide)
KEEP(keep_aliases, struct aliases)
KEEP(keep_any, union any)
KEEP(keep_tail, struct tail)
KEEP(keep_aligned, aligned_t)
KEEP(keep_vec, vec)
KEEP(keep_complex, _Complex double)
KEEP(keep_atomic, _Atomic long)
KEEP(keep_pointer, char *_Atomic)
KEEP(keep_small, enum small)
KEEP(keep_negative, enum negative)
KEEP(keep_text, text)
KEEP(keep_table, table)
KEEP(keep_loose, loose)
KEEP(keep_strict, strict)
KEEP(keep_wide_int, __int128)
KEEP(keep_bool, _Bool)
KEEP(keep_ld, long double)

async int keep_array(int n)
{
    struct tight t[2][3];
    struct { char c; struct wide w; } own[2];
    enum { LOCAL = 5 } e[LOCAL];
    _Alignas(128) char a[LOCAL];
    char s[] = "six";

    touch(t);
    touch(own);
    touch(e);
    touch(a);
    touch(s);
    await aw_sleep_ms(1);
    return sum + n;
}

async struct wide by_value(struct tight t, strict s, loose l, text x, vec v)
{
    struct wide w = {(char)t.c, 0, l + (int)s + *x + (int)v[0]};

    await aw_sleep_ms(1);
    return w;
}
