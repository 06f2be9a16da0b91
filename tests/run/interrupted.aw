/* SPDX-License-Identifier: MIT
 * SIGINT while the loop waits: main is cancelled at its innermost await, its
 * cleanup runs, awaits included, then that of what it left.
 *
 * ports: sim epoll
 * exit: 130 */
#include <aw.h>
#include <signal.h>
#include <stdio.h>

static async void background(void)
{
    defer printf("background: cleanup\n");
    await aw_sleep_ms(10000);
}

static async void presses(void)
{
    await aw_sleep_ms(5);
    raise(SIGINT);
}

static async void works(void)
{
    try {
        await aw_sleep_ms(10000);
        printf("never\n");
    } finally {
        await aw_sleep_ms(3);
        printf("works: cleanup\n");
    }
}

async int main(void)
{
    aw_create_task(background());
    try {
        await aw_gather(works(), presses());
        printf("never\n");
    } catch (int e) {
        printf("no error: %d\n", e);
    } finally {
        printf("main: cleanup\n");
        fflush(stdout);
    }
    return 0;
}
