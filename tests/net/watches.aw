/* SPDX-License-Identifier: MIT
 * What the port is asked to watch when there is something to read that nobody
 * waits for: nothing changes while tasks are ready, for one of them may soon
 * read it; a loop that rests is not woken by it again and again; one that never
 * rests gets rid of it as well.
 * ports: epoll
 * wrap: epoll_ctl syscall */
#include "check.h"

#include <stdarg.h>
#include <sys/epoll.h>

enum { ROUNDS = 100 };

/* Calls of the library: of epoll_ctl, those that end a watch; of epoll_pwait2,
 * which has no other name than syscall. */
static int changes, ends, waits;

int __real_epoll_ctl(int set, int op, int fd, struct epoll_event *e);
int __wrap_epoll_ctl(int set, int op, int fd, struct epoll_event *e)
{
    changes++;
    ends += op == EPOLL_CTL_DEL;
    return __real_epoll_ctl(set, op, fd, e);
}

long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...)
{
    long a[6];
    va_list list;
    waits++;
    va_start(list, number);
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(list, long);
    va_end(list);
    return __real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void begin(void)
{
    changes = ends = waits = 0;
}

static void say(int fd)
{
    if (write(fd, "x", 1) != 1)
        abort();
}

/* Reads what there is with room for more, so that the next one waits. */
static async void listen_to(aw_stream *s)
{
    char text[16];
    size_t n = await aw_stream_read(s, text, sizeof text);
    CHECK(n == 1);
}

static async void turns(int n)
{
    while (n-- > 0)
        await aw_sleep_ms(0);
}

/* The reader comes some turns after what it reads. */
static async void late(aw_stream *s, int peer)
{
    begin();
    for (int i = 0; i < ROUNDS; i++) {
        say(peer);
        await turns(3);
        await listen_to(s);
    }
    CHECK(waits > 3 * ROUNDS);
    CHECK(changes < ROUNDS);
}

/* Nobody comes, and there is nothing else to do. */
static async void resting(aw_stream *s, int peer)
{
    begin();
    say(peer);
    await aw_sleep_ms(20);
    CHECK(ends == 1 && waits < 20);
    await listen_to(s);
}

/* Nobody comes, and others always have something to do. */
static async void busy(aw_stream *s, int peer)
{
    begin();
    say(peer);
    await turns(ROUNDS);
    CHECK(ends == 1 && waits >= ROUNDS);
    await listen_to(s);
}

static async void all(aw_stream *s, int peer)
{
    say(peer);
    await listen_to(s);
    aw_task_release(aw_create_task(listen_to(s))); /* it is watched */
    await turns(1);
    say(peer);
    await turns(2);
    await late(s, peer);
    await resting(s, peer);
    await busy(s, peer);
}

async int main(void)
{
    int before = open_fds(), fd[2], other[2];
    aw_stream s;
    pair(fd);
    pair(other);
    aw_stream_init(&s, fd[0], NULL, 0, NULL, 0);
    /* somebody has to wait for something, else nothing is polled */
    aw_task(int) waits_on = aw_create_task(aw_fd_wait(other[0], AW_READ));
    await all(&s, fd[1]);
    aw_cancel(waits_on);
    await aw_try(waits_on);
    aw_task_release(waits_on);
    close_pair(fd);
    close_pair(other);
    return finish(0, before);
}
