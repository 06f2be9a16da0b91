/* SPDX-License-Identifier: MIT
 * One flag that another thread sets, one that a signal handler sets: as many
 * times as SETS says, no wake is lost. ports: epoll */
#define _POSIX_C_SOURCE 200809L
#include <aw.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

#ifndef SETS
#define SETS 20000
#endif

static aw_flag by_thread = AW_FLAG_INIT, by_signal = AW_FLAG_INIT;
static int posted, handled;
static pthread_t loop_thread;

static int count(int *n)
{
    return __atomic_load_n(n, __ATOMIC_SEQ_CST);
}

static void on_signal(int number)
{
    (void)number;
    __atomic_add_fetch(&handled, 1, __ATOMIC_SEQ_CST);
    aw_flag_set(&by_signal);
}

/* Signals that meet are one signal, so they are sent until enough came. */
static void *setter(void *arg)
{
    (void)arg;
    while (count(&posted) < SETS || count(&handled) < SETS) {
        if (count(&posted) < SETS) {
            __atomic_add_fetch(&posted, 1, __ATOMIC_SEQ_CST);
            aw_flag_set(&by_thread);
        }
        if (count(&handled) < SETS)
            pthread_kill(loop_thread, SIGUSR1);
    }
    return NULL;
}

static async void watch(aw_flag *flag, int *n)
{
    while (count(n) < SETS)
        await aw_flag_wait(flag);
}

async int main(void)
{
    struct sigaction on = {.sa_handler = on_signal};
    pthread_t t;
    loop_thread = pthread_self();
    sigaction(SIGUSR1, &on, NULL);
    pthread_create(&t, NULL, setter, NULL);
    await aw_gather(watch(&by_thread, &posted), watch(&by_signal, &handled));
    pthread_join(t, NULL);
    puts("all seen");
    return 0;
}
