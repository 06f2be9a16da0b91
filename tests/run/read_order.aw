/* SPDX-License-Identifier: MIT
 * A plain read that C leaves unsequenced comes after the awaits of the full
 * expression, also beside a call; what is volatile, or is read in a call or
 * behind a sequence point, comes in its place. */
#include <aw.h>
#include <stdio.h>

static int i;
static volatile int v;
static int a[3];
static struct s {
    int m;
} s, *sp = &s;

static async int set(int to)
{
    await aw_sleep_ms(0);
    i = v = s.m = a[1] = to;
    return 0;
}

static int one(void)
{
    return 1;
}
static int *where(void)
{
    return &i;
}
static int read(void)
{
    return i;
}
static void reset(void)
{
    i = v = s.m = a[1] = 0;
}

static void three(int x, int y, int z)
{
    printf("%d %d %d\n", x, y, z);
}

#define SHOW(e) (reset(), printf("%d\n", (e)))

async int main(void)
{
    SHOW(one() + i + await set(10));
    SHOW(-(one() + i) + await set(20));
    SHOW((short)(one() + (long)i) + await set(30));
    SHOW(one() + s.m + await set(40));
    SHOW(one() * sp->m + await set(50));
    SHOW(a[one()] + await set(60));
    SHOW(*where() + await set(70));
    SHOW(one() + v + await set(80));
    SHOW(read() + await set(90));
    SHOW((one() && i) + await set(100));
    SHOW((one() ? i : 5) + await set(110));
    SHOW(((void)one(), i) + await set(120));
    SHOW((one() + i + await set(130)) * 2 + await set(131));
    reset();
    three(one() + i, await set(140), i);
    reset();
    int b[] = {one() + i, await set(150), i};
    three(b[0], b[1], b[2]);
    i = 1;
    i = one() + i + await set(160);
    printf("%d\n", i);
    return 0;
}
