/* SPDX-License-Identifier: MIT
 * Tasks next to libuv's own timer and a thread's uv_async: both go on while
 * the other waits, or never sleeps.
 * ports: uv */
#include <aw_uv.h>
#include "check.h"

static int ticks, sent;
static aw_event ticked = AW_EVENT_INIT;

static void tick(uv_timer_t *h)
{
    (void)h;
    ticks++;
    aw_event_set(&ticked);
}

static void on_sent(uv_async_t *h)
{
    (void)h;
    sent++;
    aw_event_set(&ticked);
}

static void *send_async(void *arg)
{
    uv_async_send(arg);
    return NULL;
}

static async void spin(void)
{
    while (ticks < 10)
        await aw_sleep_ms(0);
}

static async void late(int64_t until)
{
    while (aw_now_ms() < until)
        continue;
}

/* libuv runs what is due before it looks at descriptors: it must not sleep
 * when that was all there is to wait for. */
static async void overdue(uv_timer_t *timer)
{
    uv_timer_stop(timer);
    await aw_gather(aw_sleep_ms(1), late(aw_now_ms() + 5));
    aw_event_clear(&ticked);
    uv_timer_start(timer, tick, 0, 0);
    await aw_event_wait(&ticked);
}

static async void all(uv_loop_t *uv)
{
    int fd[2];
    char word[8] = "";
    uv_timer_t timer;
    uv_async_t async_;
    uv_timer_init(uv, &timer);
    uv_timer_start(&timer, tick, 1, 1);
    uv_async_init(uv, &async_, on_sent);
    pair(fd);
    defer close_pair(fd);
    /* libuv's timer wakes a task that waits for nothing else */
    while (ticks < 5) {
        aw_event_clear(&ticked);
        await aw_event_wait(&ticked);
    }
    await spin();
    await overdue(&timer);
    void *p;
    aw_event_clear(&ticked);
    await aw_gather(aw_event_wait(&ticked),
                    p = aw_to_thread(send_async, &async_));
    CHECK(sent == 1);
    /* ours beside idle handles */
    aw_stream s, peer;
    aw_stream_init(&s, fd[0], NULL, 0, NULL, 0);
    aw_stream_init(&peer, fd[1], NULL, 0, NULL, 0);
    await aw_gather(aw_stream_read_exactly(&s, word, 5),
                    aw_stream_write(&peer, "hello", 5));
    await aw_sleep_ms(3);
    CHECK(strcmp(word, "hello") == 0);
    uv_close((uv_handle_t *)&timer, NULL);
    uv_close((uv_handle_t *)&async_, NULL);
    await aw_sleep_ms(0);
}

int main(void)
{
    uv_loop_t own;
    int before = open_before();
    uv_loop_init(&own);
    aw_uv_use(&own);
    int error = aw_run(all(&own));
    CHECK(uv_loop_close(&own) == 0);
    aw_uv_use(NULL);
    return finish(error, before);
}
