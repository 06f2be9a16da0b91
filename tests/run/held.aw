/* SPDX-License-Identifier: MIT
 * A gather that failed throws at once; its children are cancelled in the
 * background and held by the function, which is left, and whose storage is
 * used again, only when they have ended. A cancelled one waits for them. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

#define SAY(...) \
    do { \
        printf("%d ", (int)aw_now_ms()); \
        printf(__VA_ARGS__); \
        puts(""); \
    } while (0)

static async void part(const char *name, int ms, int cleanup)
{
    try {
        await aw_sleep_ms(ms);
        SAY("%s's end", name);
    } catch (AW_CANCELLED) {
        SAY("%s cancelled", name);
        throw AW_CANCELLED;
    } finally {
        if (cleanup) {
            SAY("%s cleanup begins", name);
            await aw_sleep_ms(cleanup);
        }
        SAY("%s finally", name);
    }
}
static async void fails(const char *name, int ms, int e)
{
    await aw_sleep_ms(ms);
    SAY("%s throws", name);
    throw e;
}
/* The rows of the table of expected traces. */
static async void row1(void)
{
    try {
        await aw_gather(part("A", 100, 0), fails("B", 30, EIO),
                        part("C", 100, 0));
    } catch (int e) {
        SAY("gather throws %d", e == EIO);
    }
}
static async void row2(void)
{
    try {
        await aw_gather(part("A", 100, 30), part("B", 10, 0),
                        part("C", 100, 0));
    } catch (AW_CANCELLED) {
        SAY("AW_CANCELLED");
        throw AW_CANCELLED;
    }
}
static async void inner(void)
{
    await aw_gather(fails("a", 30, EIO), part("b", 100, 20));
}
static async void row3(void)
{
    try {
        await aw_gather(inner(), part("c", 100, 0));
    } catch (int e) {
        SAY("outer gets %d", e == EIO);
    }
    SAY("row3 leaves");
}
static async void row3b(void)
{
    try {
        await aw_gather(aw_gather(fails("a", 30, EIO), part("b", 100, 20)),
                        part("c", 100, 0));
    } catch (int e) {
        SAY("outer gets %d", e == EIO);
    }
    SAY("row3b leaves");
}
static async void retry(void)
{
    for (int i = 0; i < 3; i++) {
        int x = i;
        try {
            if (i < 2)
                await aw_gather(fails("F", 10, EIO + i), part("S", 100, 25));
            else
                await aw_sleep_ms(1);
        } catch (int e) {
            SAY("retry %d %d", e - EIO, x);
        }
    }
    SAY("retry leaves");
}
static async int value(void)
{
    defer SAY("defer of value");
    try {
        await aw_wait_for_ms(aw_gather(part("v", 100, 40), fails("w", 50, EIO)),
                             20);
    } catch (ETIMEDOUT) {
        SAY("timed out");
    }
    try {
        await aw_gather(part("x", 100, 40), fails("y", 5, EIO));
    } catch (int e) {
        SAY("caught");
        return 7;
    }
    return 8;
}

/* Cancelled in that wait, a shield leaves its own child behind. */
static async void shields(void)
{
    try {
        await aw_wait_for_ms(aw_shield(aw_shield(part("s", 20, 0))), 1);
    } catch (ETIMEDOUT) {
        SAY("timed out");
    }
}

async int main(void)
{
    await row1();
    SAY("row1 left");
    aw_task(void) t = aw_create_task(row2());
    await aw_sleep_ms(50);
    bool asked = aw_cancel(t);
    SAY("cancel %d", asked);
    int e = await aw_try(t);
    SAY("%d", e == AW_CANCELLED);
    aw_task_release(t);
    await row3();
    await row3b();
    await retry();
    int v = await value();
    SAY("value %d", v);
    t = aw_create_task(inner());
    await aw_sleep_ms(40);
    asked = aw_cancel(t);
    SAY("cancel while draining %d", asked);
    e = await aw_try(t);
    SAY("%d", e == AW_CANCELLED);
    aw_task_release(t);
    t = aw_create_task(shields());
    await aw_sleep_ms(10);
    asked = aw_cancel(t);
    SAY("cancel while a shield drains %d", asked);
    e = await aw_try(t);
    SAY("%d", e == AW_CANCELLED);
    aw_task_release(t);
    return 0;
}
