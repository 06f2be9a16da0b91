/* SPDX-License-Identifier: MIT
 * A server without descriptors for a connection that waits: it asks for it no
 * more than ten times a second, sleeps in between, and takes it as soon as
 * another one has ended.
 * wrap: accept4 poll syscall */
#include "check.h"

#include <poll.h>
#include <stdarg.h>

/* Calls of the library: for connections; for events, by poll or (epoll_pwait2
 * has no other name) syscall. */
static int accepts, waits;

int __real_accept4(int fd, struct sockaddr *a, socklen_t *n, int flags);
int __wrap_accept4(int fd, struct sockaddr *a, socklen_t *n, int flags)
{
    accepts++;
    return __real_accept4(fd, a, n, flags);
}

int __real_poll(struct pollfd *p, nfds_t n, int ms);
int __wrap_poll(struct pollfd *p, nfds_t n, int ms)
{
    waits++;
    return __real_poll(p, n, ms);
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

static async void echo(aw_stream *client, void *ctx)
{
    char word[16];
    size_t n;
    (void)ctx;
    while ((n = await aw_stream_read(client, word, sizeof word)) > 0)
        await aw_stream_write(client, word, n);
}

static async bool answers(int fd)
{
    char c = 0;
    aw_stream s;
    aw_stream_init(&s, fd, NULL, 0, NULL, 0);
    await aw_stream_write(&s, "x", 1);
    await aw_stream_read_exactly(&s, &c, 1);
    return c == 'x';
}

/* The client `second` waits for `ms`: not served, and nobody spins. */
static async void in_vain(int second, int64_t ms)
{
    bool served = false;
    int64_t begun = aw_now_ms();
    accepts = waits = 0;
    int error = await aw_try(served = aw_wait_for_ms(answers(second), ms));
    CHECK(error == ETIMEDOUT && !served);
    int64_t tenths = (aw_now_ms() - begun) / 100;
    CHECK(accepts >= 1 && accepts <= tenths + 1);
    CHECK(waits <= 6 * (tenths + 2));
    if (failures)
        fprintf(stderr, "%d accepts, %d waits in %d ms\n", accepts, waits,
                (int)(aw_now_ms() - begun));
}

static async void all(void)
{
    struct sockaddr_storage to;
    socklen_t size = sizeof to;
    char c = 0, port[8];
    int spare[64], n = 0;
    aw_server s = AW_SERVER_INIT(aw_tcp_listen("127.0.0.1", 0, 0), echo, NULL);
    snprintf(port, sizeof port, "%u", aw_local_port(s.fd));
    aw_task(void) t = aw_start_server(&s);
    defer aw_task_release(t);
    int first = await aw_open_connection("127.0.0.1", port);
    bool good = await answers(first);
    CHECK(good);
    getsockname(s.fd, (struct sockaddr *)&to, &size);
    int second = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    while ((spare[n] = dup(0)) >= 0)
        n++;
    await aw_connect(second, (struct sockaddr *)&to, size);
    await in_vain(second, 250);
    aw_fd_close(first);
    aw_stream rest;
    aw_stream_init(&rest, second, NULL, 0, NULL, 0);
    await aw_stream_read_exactly(&rest, &c, 1);
    CHECK(c == 'x');
    while (n > 0)
        close(spare[--n]);
    aw_fd_close(second);
    aw_server_stop(&s);
    await t;
}

int main(void)
{
    int before = open_before();
    struct rlimit l;
    getrlimit(RLIMIT_NOFILE, &l);
    l.rlim_cur = 64;
    setrlimit(RLIMIT_NOFILE, &l);
    return finish(aw_run(all()), before);
}
