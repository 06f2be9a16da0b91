/* SPDX-License-Identifier: MIT
 * Objects of every kind that so many awaits keep in the frame: const,
 * register, of narrow types, in loops, behind jumps back, in a switch. */
#include <aw.h>
#include <stdbool.h>
#include <stdio.h>

enum color { RED, GREEN = 5, BLUE };

static async int f(int x)
{
    if (x & 1)
        await aw_sleep_ms(0);
    return x;
}

#define T4(s) s s s s
#define T64(s) T4(T4(T4(s)))

static async int kinds(const int p, register int q, bool b,
                       const char *restrict s, enum color c)
{
    const int k = await f(3);
    register int r = await f(4);
    const char *const t = s + 1;
    enum color d = c;
    const volatile int still = await f(9);
    float fl = 1.5F;
    long double ld = 2.5L;
    unsigned char uc = 250;
    signed char sc = -3;
    int (*fn)(const char *) = puts;
    __typeof__(k) tk = k + 1;

    T64(uc = (unsigned char)(uc + await f(1));
        sc = (signed char)(sc + await f(2)); r += await f(k) - q; b = !b;
        fl += 0.25F; ld *= 2; d = d == RED ? GREEN : RED;)
    fn(t);
    printf("%d %d %d %d %g %Lg %d %d %d %d %d %d\n", p, q, b, (int)d,
           (double)fl, ld, uc, sc, k, r, tk, still);
    return k + r;
}

static async int jumps(int n)
{
    int again = 0, sum = 0;
    const int begin = n;
back:;
    const int fresh = await f(n);
    T64(sum += await f(fresh);)
    if (again++ < 2) {
        n++;
        goto back;
    }
    for (int i = 0, most = 2; i < most; i++) {
        const int inner = await f(i);
        T64(sum += await f(inner); if (inner == 9) continue;
            if (most == 7) break;)
        sum += inner;
    }
    switch (await f(n)) {
        int inside;
    case 3:
        inside = 5;
        T64(await f(inside);)
        sum += inside;
        break;
    default: inside = 7; T64(sum += await f(inside);)
    }
    return sum * 1000 + begin * 10 + fresh;
}

async int main(void)
{
    int a, b, c, d;

    await aw_gather(a = kinds(1, 2, true, "one", BLUE),
                    b = kinds(7, 3, false, "two", RED), c = jumps(1),
                    d = jumps(4));
    printf("%d %d %d %d\n", a, b, c, d);
    return 0;
}
