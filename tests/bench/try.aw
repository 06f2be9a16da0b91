/* SPDX-License-Identifier: MIT
 * try.sh: COUNT calls of an async function that awaits twice and has a step of
 * its own, in a try (TRY), with a defer (DEFER), a finally (FINALLY), all of
 * them, or none. No error is thrown. SUSPEND: the awaits suspend. */
#include <aw.h>

#ifndef COUNT
#define COUNT 100000
#endif

#ifdef SUSPEND
#define FIRST_THAT_ENDS 100
#else
#define FIRST_THAT_ENDS 0
#endif

static volatile int sum, errors;

static async int value(int n)
{
    if (n < FIRST_THAT_ENDS)
        await aw_sleep_ms(0);
    return n;
}

static async int work(int n)
{
    int r = 0;
#ifdef DEFER
    defer sum++;
#endif
#if defined TRY || defined FINALLY
    try {
#endif
        r = await value(n);
        r += await value(n + 1);
#if defined TRY || defined FINALLY
    }
#endif
#ifdef TRY
    catch (5, 11) {
        errors++;
    } catch (int e) {
        errors += e;
    }
#endif
#ifdef FINALLY
    finally {
        sum--;
    }
#endif
    return r;
}

async int main(void)
{
    int total = 0;
    for (int i = 0; i < COUNT; i++)
        total += await work(i & 7);
    return total == 0;
}
