/* SPDX-License-Identifier: MIT
 * What is needed across so many suspension points that it stays in the frame:
 * operands, a parameter, a local, whether or not the awaits suspend. */
#include <aw.h>
#include <stdio.h>

static int begun;

static async int f(int x)
{
    begun++;
    if (x % 3 != 1)
        await aw_sleep_ms(x % 3);
    return x;
}

#define AWAITS4(n) \
    await f(n) * 3 - await f(n + 1) * await f(n + 2) + n + \
        (double)await f(n + 3)
#define AWAITS16(n) \
    (AWAITS4(n)) + (AWAITS4(n + 4)) - (AWAITS4(n + 8)) + (AWAITS4(n + 12))

static async double operands(int x)
{
    return x + AWAITS16(x) - x * (AWAITS16(x + 1));
}

static double by_hand(int x)
{
    double r = x, s = 0;
    static const int sign[] = {1, 1, -1, 1};

    for (int i = 0; i < 8; i++) {
        int n = x + i / 4 + 4 * (i % 4);
        double v =
            sign[i % 4] * (double)(n * 3 - (n + 1) * (n + 2) + n + (n + 3));
        if (i < 4)
            r += v;
        else
            s += v;
    }
    return r - x * s;
}

#define TIMES4(s) s s s s
#define TIMES64(s) TIMES4(TIMES4(TIMES4(s)))

static async int statements(int x)
{
    int early = await f(7), changed = x;

    TIMES64(changed += await f(changed % 5); x ^= changed;)
    try {
        TIMES4(changed -= await f(early % 3);)
        for (int i = 0; i < 3; i++) {
            changed += await f(i);
            if (changed % 2)
                throw 3;
        }
    } catch (3) {
        early += await f(2);
    }
    return early * 100000 + changed % 1000 * 100 + x % 100;
}

static int by_hand_too(int x)
{
    int early = 7, changed = x;

    for (int i = 0; i < 64; i++) {
        changed += changed % 5;
        x ^= changed;
    }
    changed -= 4 * (early % 3);
    for (int i = 0; i < 3; i++) {
        changed += i;
        if (changed % 2) {
            early += 2;
            break;
        }
    }
    return early * 100000 + changed % 1000 * 100 + x % 100;
}

async int main(void)
{
    double d[2];
    int n[3];

    await aw_gather(d[0] = operands(1), d[1] = operands(40),
                    n[0] = statements(2), n[1] = statements(3),
                    n[2] = statements(64));
    printf("%d\n", begun);
    printf("%g %g\n", d[0] - by_hand(1), d[1] - by_hand(40));
    printf("%d %d %d\n", n[0] - by_hand_too(2), n[1] - by_hand_too(3),
           n[2] - by_hand_too(64));
    return 0;
}
