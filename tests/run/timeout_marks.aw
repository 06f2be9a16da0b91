/* SPDX-License-Identifier: MIT
 * Whose cancellation it is that leaves a block: only its own, only when no
 * other is outstanding. One that a clause took is over, also for the block
 * that made it, whatever comes after it. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

static int start;

static const char *name(int e)
{
    return e == ETIMEDOUT      ? "ETIMEDOUT"
           : e == AW_CANCELLED ? "AW_CANCELLED"
           : e == EIO          ? "EIO"
                               : "0";
}

static void say(const char *what, int e)
{
    printf("%d %s %s\n", (int)aw_now_ms() - start, what, name(e));
}

/* Sleeps; the first `swallows` cancellations are taken, the others go on
 * after a cleanup of some time. */
static async void body(int ms, int swallows, int cleanup)
{
    for (;;) {
        try {
            await aw_sleep_ms(ms);
            return;
        } catch (AW_CANCELLED) {
            say("body", AW_CANCELLED);
            if (swallows-- <= 0) {
                await aw_sleep_ms(cleanup);
                throw AW_CANCELLED;
            }
        }
    }
}

/* Blocks that expire after a, b and c ms, from the outermost inwards. */
static async void three(int a, int b, int c, int swallows, int cleanup)
{
    int e = 0;
    try {
        aw_timeout_ms (a) {
            try {
                aw_timeout_ms (b) {
                    try {
                        aw_timeout_ms (c) {
                            await body(50, swallows, cleanup);
                        }
                    } finally {
                        say("left c", 0);
                    }
                }
            } catch (ETIMEDOUT) {
                say("b or c", ETIMEDOUT);
                throw EIO;
            }
        }
    } catch (int all) {
        e = all;
    }
    say("a", e);
}

/* Six blocks, five of which expire and are taken; more than have marks. */
static async void deep(int n)
{
    aw_timeout_ms (10 + n) {
        if (n == 5)
            await body(20, 5, 0);
        else
            await deep(n + 1);
    }
}

static async void fails(int ms)
{
    await aw_sleep_ms(ms);
    throw EIO;
}

/* A child's error cancels the body, which takes that and goes on. */
static async void group(int ms, int swallows)
{
    aw_timeout_ms (ms) {
        try {
            aw_group (g) {
                aw_group_spawn(g, fails(2));
                await body(9, swallows, 1);
            }
        } catch (EIO) {
            say("group", EIO);
            throw EIO;
        }
    }
}

#define RUN(what, coro) \
    do { \
        start = (int)aw_now_ms(); \
        say(what, aw_run(coro)); \
        puts(""); \
    } while (0)

int main(void)
{
    static const int order[6][3] = {{3, 5, 7}, {3, 7, 5}, {5, 3, 7},
                                    {5, 7, 3}, {7, 3, 5}, {7, 5, 3}};
    for (int i = 0; i < 6; i++)
        for (int swallows = 0; swallows < 4; swallows++) {
            const int *o = order[i];
            printf("%d %d %d swallows %d\n", o[0], o[1], o[2], swallows);
            RUN("run", three(o[0], o[1], o[2], swallows, 3));
        }
    RUN("deep", deep(0));
    RUN("fails in time", group(20, 0));
    RUN("taken", group(20, 1));
    RUN("both", group(4, 1));
    RUN("at once", group(2, 0));
    return 0;
}
