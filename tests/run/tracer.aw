/* SPDX-License-Identifier: MIT
 * What a tracer is told of, in order: tasks that wait, give way, end, are
 * cancelled before they begin; the loop's sleep. */
#include <aw.h>
#include <stdio.h>

static void tell(void *ctx, const aw_trace_report *report)
{
    static const char *const names[] = {"new", "ready", "begin", "wait",
                                        "end", "idle",  "busy",  "stop"};
    const char *name = report->task ? aw_task_name(report->task) : "";
    printf("%d %s%s%s\n", (int)aw_now_ms(), names[report->event],
           *name ? " " : "", name);
    ++*(int *)ctx;
}

static async int child(int ms)
{
    await aw_sleep_ms(ms);
    return ms;
}

static async int parent(int ms)
{
    return await child(ms) + await child(0);
}

static async void listen(int *told)
{
    aw_loop_set_tracer(tell, told);
}

static aw_flag flag = AW_FLAG_INIT;

static async void hears(void)
{
    await aw_flag_wait(&flag);
}

static async void gives_way(void)
{
    await aw_sleep_ms(0);
}

/* In its first step, behind one whom something from outside wakes. */
static async void sets(void)
{
    aw_flag_set(&flag);
    await gives_way();
}

async int main(void)
{
    int a, b, told = 0;
    aw_loop_set_tracer(tell, &told);
    aw_task(int) unborn = aw_create_task(child(1));
    aw_task_set_name(unborn, "unborn");
    aw_cancel(unborn);
    await aw_gather(a = child(10), b = parent(5));
    aw_loop_set_tracer(NULL, NULL);
    await aw_sleep_ms(1);
    aw_task_release(unborn);
    printf("%d %d, %d reports\n", a, b, told);
    /* a task that is ready already is heard of from its next step on */
    await aw_gather(listen(&told), a = child(2), b = child(0));
    aw_loop_set_tracer(NULL, NULL);
    printf("%d %d, %d reports\n", a, b, told);
    /* who gives way is ready again, not new */
    aw_loop_set_tracer(tell, &told);
    await aw_gather(hears(), sets());
    aw_loop_set_tracer(NULL, NULL);
    return 0;
}
