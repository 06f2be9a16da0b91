/* SPDX-License-Identifier: MIT
 * A combinator that is a task of its own, or a group's, or is run from plain C
 * does what it does when a function awaits it: errors leave it at once, and
 * the task ends when all that was left behind has. Each program is cancelled
 * at every moment, too. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static char trace[1000], first[1000];
static int start;

static void say(const char *mark, const char *name)
{
    size_t n = strlen(trace);
    snprintf(trace + n, sizeof trace - n, " %d:%s%s", (int)aw_now_ms() - start,
             mark, name);
}

static void begin(void)
{
    start = (int)aw_now_ms();
    trace[0] = '\0';
}

/* Prints the first trace of a program, and where another one differs. */
static void end(const char *way, int e, int cancelled)
{
    const char *error = e == AW_CANCELLED ? "cancelled"
                        : e == EIO        ? "EIO"
                        : e == ETIMEDOUT  ? "ETIMEDOUT"
                                          : "0";
    say("=", error);
    if (!way)
        strcpy(first, trace);
    if (!way && cancelled < 0)
        printf("%s\n", trace);
    else if (way && strcmp(trace, first) != 0)
        printf("  differs, %s, cancelled at %d:\n %s\n", way, cancelled, trace);
}

static async int part(const char *name, int ms, int cleanup)
{
    try {
        await aw_sleep_ms(ms);
        say("", name);
    } catch (AW_CANCELLED) {
        say("!", name);
        await aw_sleep_ms(cleanup);
        say("~", name);
        throw AW_CANCELLED;
    }
    return ms;
}

static async int fails(const char *name, int ms)
{
    await aw_sleep_ms(ms);
    say("-", name);
    throw EIO;
}

#define A aw_gather(aw_gather(fails("a", 3), part("b", 9, 4)), part("c", 9, 2))
#define B aw_wait_for_ms(aw_gather(fails("a", 3), part("b", 9, 4)), 5)
#define C aw_wait_for_ms(aw_gather(part("a", 9, 1), part("b", 9, 4)), 5)
#define D aw_gather(aw_shield(part("a", 9, 1)), fails("b", 3))
#define E aw_wait_for_ms(aw_wait_for_ms(aw_shield(part("a", 9, 2)), 3), 5)
#define F aw_race(x = aw_try(B), y = part("c", 5, 2), z = part("d", 9, 1))
#define G aw_try(x = aw_wait_for_ms(aw_shield(part("a", 4, 2)), 6))
#define H aw_gather(x = aw_try(A), y = aw_race(C, part("e", 8, 3)))
#define I aw_shield(aw_gather(fails("a", 2), part("b", 3, 4)))

static void lost(void *ctx, const aw_error_report *report)
{
    (void)ctx;
    say("lost ", report->error == EIO ? "EIO" : "");
}

static async void killed(aw_task(void) t, int when)
{
    defer aw_task_release(t);
    if (when >= 0) {
        await aw_sleep_ms(when);
        aw_cancel(t);
    }
    await t;
}

/* The same by a function and by itself. */
#define PAIR(way, when, by_function, itself) \
    do { \
        begin(); \
        t = aw_create_task(by_function); \
        end(NULL, await aw_try(killed(t, when)), when); \
        begin(); \
        t = aw_create_task(itself); \
        end(way, await aw_try(killed(t, when)), when); \
    } while (0)

#define FORM(n) \
    static async void await_##n(void) \
    { \
        int x, y, z; \
        (void)x, (void)y, (void)z; \
        await n; \
    } \
    static async void group_##n(int by_function) \
    { \
        int x, y, z; \
        (void)x, (void)y, (void)z; \
        aw_group (g) { \
            if (by_function) \
                aw_group_spawn(g, await_##n()); \
            else \
                aw_group_spawn(g, n); \
        } \
        say("left", ""); \
    } \
    static async void try_##n(void) \
    { \
        static int x, y, z; \
        (void)x, (void)y, (void)z; \
        printf(#n "\n"); \
        aw_loop_set_exception_handler(lost, NULL); \
        for (int when = -1; when < 16; when++) { \
            aw_task(void) t; \
            PAIR("a task", when, await_##n(), n); \
            PAIR("in a group", when, group_##n(1), group_##n(0)); \
        } \
    } \
    static void run_##n(void) \
    { \
        static int x, y, z; \
        (void)x, (void)y, (void)z; \
        aw_run(try_##n()); \
        begin(); \
        end(NULL, aw_run(await_##n()), -1); \
        begin(); \
        end("run", aw_run(n), -1); \
    }

FORM(A)
FORM(B)
FORM(C)
FORM(D)
FORM(E)
FORM(F)
FORM(G)
FORM(H)
FORM(I)

static int results(void)
{
    double d = 0;
    long n = 0;
    int e = aw_run(d = aw_wait_for_ms(aw_shield(part("v", 4, 0)), 6));
    printf("%d %.1f\n", e, d);
    e = aw_run(n = aw_race(part("v", 4, 0), aw_shield(part("w", 2, 0))));
    printf("%d %ld\n", e, n);
    e = aw_run(n = aw_try(d = aw_wait_for_ms(part("v", 4, 0), 2)));
    printf("%d %d %.1f\n", e, n == ETIMEDOUT, d);
    return 0;
}

static async void handles(void)
{
    aw_task(int) t =
        aw_create_task(aw_wait_for_ms(aw_shield(part("v", 4, 0)), 6));
    aw_task(int) u = aw_create_task(aw_race(part("x", 4, 0), aw_shield(t)));
    aw_task(int) v = aw_create_task(aw_wait_for_ms(aw_shield(t), 1));
    aw_task(int) k = aw_create_task(aw_race(aw_shield(aw_shield(t)), u));
    aw_cancel(k); /* before it began */
    printf("%d %d", await t, await u);
    printf(" %d", await aw_try(v) == ETIMEDOUT);
    printf(" %d %s\n", await aw_try(k) == AW_CANCELLED, aw_task_name(v));
    aw_task_release(t);
    aw_task_release(u);
    aw_task_release(v);
    aw_task_release(k);
}

int main(void)
{
    run_A();
    run_B();
    run_C();
    run_D();
    run_E();
    run_F();
    run_G();
    run_H();
    run_I();
    results();
    printf("%d\n", aw_run(handles()));
    return 0;
}
