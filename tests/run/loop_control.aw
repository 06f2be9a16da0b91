/* SPDX-License-Identifier: MIT
 * The ways to run a loop, from plain C: to the end of main with what is left
 * cancelled and drained, to the end of one coroutine, for ever until stopped,
 * a turn at a time; a run inside a run; names, reports and a dump.
 *
 * ports: sim epoll */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

static async void left(int id, int ms)
{
    try {
        await aw_sleep_ms(10000);
    } finally {
        printf("left %d: cleanup\n", id);
        await aw_sleep_ms(ms);
        printf("left %d: ends\n", id);
        if (id == 2)
            throw 72;
    }
}

static async int fails(int error)
{
    await aw_sleep_ms(0);
    throw error;
}

static void on_error(void *ctx, const aw_error_report *report)
{
    printf("%s: %s: %d in %s\n", (const char *)ctx, report->message,
           report->error, report->task ? aw_task_name(report->task) : "none");
}

static async int inside(void)
{
    int r = 5;
    int error = aw_run(r = fails(7));
    printf("nested aw_run: %d, r %d\n", error == EBUSY, r);
    error = aw_loop_run_until_complete(r = fails(7));
    printf("nested run_until_complete: %d, r %d\n", error == EBUSY, r);
    printf("nested run_forever: %d\n", aw_loop_run_forever() == EBUSY);
    await aw_sleep_ms(1);
    return 6;
}

static async int leaves_tasks(void)
{
    static char context[] = "handler";
    aw_loop_set_exception_handler(on_error, context);
    aw_create_task(left(1, 10));
    aw_create_task(left(2, 20));
    aw_task(int) t = aw_create_task(fails(71));
    aw_task_set_name(t, "the one that fails");
    printf("name: %s\n", aw_task_name(t));
    aw_task_release(t);
    await aw_sleep_ms(5);
    printf("main ends\n");
    return await inside();
}

static async int waits(int ms);

static async void dumps(aw_task(void) parent)
{
    await aw_sleep_ms(1);
    aw_task_set_name(parent, "parent");
    fflush(stdout);
    aw_task(int) late = aw_create_task(waits(1));
    aw_dump(1);
    aw_cancel(late);
    aw_task_release(late);
}

static async int waits(int ms)
{
    await aw_sleep_ms(ms - ms);
    await aw_event_wait(&(aw_event)AW_EVENT_INIT);
    return ms;
}

static async int dumped(void)
{
    int a, b;
    await aw_race(a = waits(8), dumps(aw_current_task()),
                  b = aw_wait_for_ms(waits(9), 100000));
    return 0;
}

static async void ticks(int *n, int stop_at)
{
    for (;;) {
        if (++*n == stop_at)
            aw_loop_stop();
        await aw_sleep_ms(0);
    }
}

static async int starts(int *n)
{
    aw_create_task(ticks(n, 3));
    await aw_sleep_ms(0);
    return *n;
}

static void by_hand(void)
{
    int n = 0, first = 0, at_stop;
    int error = aw_loop_run_until_complete(first = starts(&n));
    printf("run_until_complete: %d, first %d\n", error, first);
    if (error || !first) /* no memory, no ticks: nothing stops the loop */
        return;
    printf("run_forever: %d", aw_loop_run_forever());
    printf(", n %d\n", n);
    at_stop = n;
    do {
        aw_loop_run_once();
    } while (n < at_stop + 2);
    printf("run_once: n %d\n", n);
    printf("error: %d\n", aw_loop_run_until_complete(fails(9)));
    printf("close: %d\n", aw_loop_close());
}

int main(void)
{
    int r = 0;
    int error = aw_run(r = leaves_tasks());
    printf("aw_run: %d, r %d\n", error, r);
    printf("aw_run: %d\n", aw_run(fails(73)));
    aw_run(dumped());
    by_hand();
    return 0;
}
