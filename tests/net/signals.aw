/* SPDX-License-Identifier: MIT
 * Signals as something to await. */
#include "check.h"
#include <pthread.h>
#include <signal.h>

#define ENDS(e, c) \
    do { \
        int error_ = await aw_try(c); \
        CHECK(error_ == (e)); \
    } while (0)

static async void count(int *n)
{
    for (;; ++*n)
        await aw_signal_wait(SIGUSR1);
}

/* Those who wait, have waited, or will. */
static async void kept(void)
{
    int n = 0;
    CHECK(aw_signal_open(SIGUSR1) == 0);
    CHECK(aw_signal_open(SIGUSR1) == EBUSY);
    raise(SIGUSR1);
    raise(SIGUSR1);
    await aw_signal_wait(SIGUSR1);
    ENDS(ETIMEDOUT, aw_wait_for_ms(aw_signal_wait(SIGUSR1), 5));
    aw_task(void) t = aw_create_task(count(&n));
    defer aw_task_release(t);
    await aw_sleep_ms(0);
    ENDS(EBUSY, aw_signal_wait(SIGUSR1));
    for (int i = 1; i <= 3; i++) {
        raise(SIGUSR1);
        while (n < i)
            await aw_sleep_ms(0);
    }
    aw_signal_close(SIGUSR1);
    ENDS(EINVAL, t);
    ENDS(EINVAL, aw_signal_wait(SIGUSR1));
    CHECK(n == 3);
}

static void *send_term(void *arg)
{
    kill(getpid(), SIGTERM);
    return arg;
}

/* The loop sleeps, and a thread sends it; what it did before comes back. */
static async void from_outside(void)
{
    void *p;
    signal(SIGTERM, SIG_IGN);
    CHECK(aw_signal_open(SIGTERM) == 0);
    await aw_gather(aw_signal_wait(SIGTERM), p = aw_to_thread(send_term, NULL));
    aw_signal_close(SIGTERM);
    aw_signal_close(SIGTERM);
    raise(SIGTERM);
    CHECK(signal(SIGTERM, SIG_DFL) == SIG_IGN);
}

static async void refused(void)
{
    CHECK(aw_signal_open(0) == EINVAL && aw_signal_open(1000) == EINVAL);
    CHECK(aw_signal_open(SIGKILL) == EINVAL);
    ENDS(EINVAL, aw_signal_wait(-1));
}

static async void all(void)
{
    await kept();
    await from_outside();
    await refused();
}

int main(void)
{
    int before = open_before();
    return finish(aw_run(all()), before);
}
