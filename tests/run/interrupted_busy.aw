/* SPDX-License-Identifier: MIT
 * SIGINT while tasks give way to each other and the loop never rests: main is
 * cancelled at its next turn all the same, in whatever order it was set and
 * seen.
 *
 * ports: sim epoll poll
 * exit: 130 */
#include <aw.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>

static aw_flag flag = AW_FLAG_INIT;
static int rounds;

/* Between the signal and the next turn others get ready, and are looked at. */
static async void presses(void)
{
    while (rounds++ < 1000)
        await aw_sleep_ms(0);
    raise(SIGINT);
    aw_flag_set(&flag);
    await aw_sleep_ms(0);
    printf("presses goes on\n");
    for (;;)
        await aw_sleep_ms(0);
}

static async void waits(void)
{
    await aw_flag_wait(&flag);
    printf("flag\n");
}

async int main(void)
{
    aw_task(void) a = aw_create_task(presses()), b = aw_create_task(waits());

    defer aw_task_release(a);
    defer aw_task_release(b);
    if (!a || !b)
        throw ENOMEM;
    try {
        for (;;)
            await aw_sleep_ms(0);
    } finally {
        printf("main: cleanup\n");
    }
}
