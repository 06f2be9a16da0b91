/* SPDX-License-Identifier: MIT
 * A foreign loop polls ours: its descriptor is readable when a flag was set
 * by a thread, and quiet again once that has been seen. ports: epoll */
#include <aw.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>

static aw_flag flag = AW_FLAG_INIT;
static int seen, slept;

static async void watch(void)
{
    for (;; seen++)
        await aw_flag_wait(&flag);
}

static async void nap(void)
{
    await aw_sleep_ms(40);
    slept = 1;
    aw_loop_stop();
}

static async void begin(void)
{
    aw_create_task(watch());
    aw_create_task(nap());
}

static void *set(void *arg)
{
    (void)arg;
    aw_flag_set(&flag);
    return NULL;
}

int main(void)
{
    int turns = 0, readable = 0, error = aw_loop_run_until_complete(begin());
    struct pollfd p = {aw_loop_fd(), POLLIN, 0};
    pthread_t t;
    printf("begun: %d, own descriptor: %d\n", error, p.fd >= 0);
    for (; !(seen && slept) && turns < 1000; turns++) {
        int64_t next = aw_loop_run_once(), now = aw_now_ms();
        int ms = next <= now ? 0 : next - now > 50 ? 50 : (int)(next - now);
        if (turns == 1) {
            pthread_create(&t, NULL, set, NULL);
            pthread_join(t, NULL);
        }
        readable += poll(&p, 1, ms) > 0;
    }
    printf("seen %d, readable %d, slept %d\n", seen, readable, slept);
    printf("few turns: %d, closed: %d\n", turns < 100, aw_loop_close());
    return 0;
}
