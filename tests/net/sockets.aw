/* SPDX-License-Identifier: MIT
 * TCP over IPv4 and IPv6, Unix sockets, datagrams: connections, their errors,
 * names, calls on threads.
 * faults: yes */
#include "check.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/un.h>

#define ENDS(e, c) \
    do { \
        int error_ = await aw_try(c); \
        CHECK(error_ == (e)); \
    } while (0)

/* A word goes over fd and comes back. */
static async void greet(int fd, int peer)
{
    char p[8] = "";
    aw_stream a, b;
    aw_stream_init(&a, fd, NULL, 0, NULL, 0);
    aw_stream_init(&b, peer, NULL, 0, NULL, 0);
    await aw_stream_write(&a, "hello", 5);
    await aw_stream_read_exactly(&b, p, 5);
    await aw_stream_write(&b, p, 5);
    memset(p, 0, sizeof p);
    await aw_stream_read_exactly(&a, p, 5);
    CHECK(strcmp(p, "hello") == 0);
}

static async void connect_and_greet(int listener, const char *host,
                                    const char *port)
{
    int a = -1, b = -1;
    defer {
        aw_fd_close(a);
        aw_fd_close(b);
    }
    await aw_gather(a = aw_open_connection(host, port), b = aw_accept(listener));
    await greet(a, b);
}

static async void tcp(const char *address, const char *host)
{
    char port[8];
    int listener = aw_tcp_listen(address, 0, AW_REUSE_PORT), fd;
    if (listener < 0)
        throw errno;
    snprintf(port, sizeof port, "%u", aw_local_port(listener));
    defer aw_fd_close(listener);
    await connect_and_greet(listener, host, port);
    /* nobody comes; then somebody does, whom the next one gets */
    ENDS(ETIMEDOUT, fd = aw_wait_for_ms(aw_accept(listener), 5));
    await connect_and_greet(listener, host, port);
    aw_fd_close(listener);
    ENDS(ECONNREFUSED, fd = aw_open_connection(host, port));
    listener = -1;
}

/* The last closes with a reset. */
static async void reset(void)
{
    char port[8], p[4];
    int fd = -1, peer = -1, listener = aw_tcp_listen("127.0.0.1", 0, 0);
    struct linger none = {1, 0};
    size_t n = 0;
    if (listener < 0)
        throw errno;
    defer {
        aw_fd_close(listener);
        aw_fd_close(fd);
    }
    snprintf(port, sizeof port, "%u", aw_local_port(listener));
    fd = await aw_open_connection("127.0.0.1", port);
    peer = await aw_accept(listener);
    aw_stream s;
    aw_stream_init(&s, fd, NULL, 0, NULL, 0);
    aw_task(size_t) r = aw_create_task(aw_stream_read(&s, p, sizeof p));
    defer aw_task_release(r);
    await aw_sleep_ms(0);
    setsockopt(peer, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    aw_fd_close(peer);
    ENDS(ECONNRESET, n = r);
    ENDS(EPIPE, aw_stream_write(&s, "x", 1));
}

static async void names(void)
{
    int fd;
    ENDS(AW_NO_HOST, fd = aw_open_connection("127.0.0.1", "no such service"));
    aw_task(int) t = aw_create_task(aw_open_connection("localhost", "none"));
    defer aw_task_release(t);
    await aw_sleep_ms(0);
    aw_cancel(t);
    ENDS(AW_CANCELLED, fd = t);
    CHECK(aw_tcp_listen("localhost", 0, 0) < 0 && errno == EINVAL);
}

static async void local(void)
{
    static const char path[] = "net-sockets.tmp";
    char too_long[200];
    int a = -1, b = -1, fd;
    unlink(path);
    int listener = aw_unix_listen(path);
    if (listener < 0)
        throw errno;
    defer {
        aw_fd_close(a);
        aw_fd_close(b);
        aw_fd_close(listener);
        unlink(path);
    }
    await aw_gather(a = aw_open_unix_connection(path), b = aw_accept(listener));
    await greet(a, b);
    ENDS(ENOENT, fd = aw_open_unix_connection("there is none"));
    memset(too_long, 'x', sizeof too_long);
    too_long[sizeof too_long - 1] = '\0';
    ENDS(ENAMETOOLONG, fd = aw_open_unix_connection(too_long));
    CHECK(aw_unix_listen(too_long) < 0 && errno == ENAMETOOLONG);
}

static async void datagrams(const char *address)
{
    char p[8];
    struct sockaddr_storage from;
    socklen_t size = sizeof from;
    size_t n = 0;
    int a = aw_udp_bind(address, 0), b = aw_udp_bind(address, 0);
    defer {
        aw_fd_close(a);
        aw_fd_close(b);
    }
    if (a < 0 || b < 0)
        throw errno;
    getsockname(b, (struct sockaddr *)&from, &size);
    ENDS(ETIMEDOUT, n = aw_wait_for_ms(aw_recv_from(b, p, 8, NULL, NULL), 5));
    await aw_send_to(a, "datagram of 22 letters", 22,
                     (struct sockaddr *)&from, size);
    n = await aw_recv_from(b, p, sizeof p, (struct sockaddr *)&from, &size);
    CHECK(n == 8 && memcmp(p, "datagram", 8) == 0);
    await aw_send_to(b, "", 0, (struct sockaddr *)&from, size);
    n = await aw_recv_from(a, p, sizeof p, NULL, NULL);
    CHECK(n == 0);
}

/* --- threads ------------------------------------------------------------- */

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static int begun;

static void *pass_gate(void *arg)
{
    __atomic_add_fetch(&begun, 1, __ATOMIC_SEQ_CST);
    pthread_mutex_lock(&gate);
    pthread_mutex_unlock(&gate);
    return (char *)arg + 1;
}

static async void call(int i, int *sum)
{
    void *p = await aw_to_thread(pass_gate, (char *)0 + i);
    *sum += (int)((char *)p - (char *)0);
}

static async void threads(void)
{
    enum { N = 40 };
    int sum = 0;
    aw_task(void) t[N];
    for (int i = 0; i < N; i++)
        t[i] = aw_create_task(call(i, &sum));
    await aw_gather_tasks(t, N);
    CHECK(sum == N * (N + 1) / 2 && begun == N);
    for (int i = 0; i < N; i++)
        aw_task_release(t[i]);
}

/* Who runs ends when the call does, the others at once: they never begin. Which
 * ones run, but for the first, the threads decide. */
static async void cancelled_calls(void)
{
    enum { N = 12, THREADS = 8 };
    int sum = 0, cancelled = 0, ended = 0;
    aw_task(void) t[N];
    begun = 0;
    pthread_mutex_lock(&gate);
    for (int i = 0; i < N; i++)
        t[i] = aw_create_task(call(i, &sum));
    await aw_sleep_ms(0);
    while (__atomic_load_n(&begun, __ATOMIC_SEQ_CST) == 0)
        await aw_sleep_ms(0);
    for (int i = 0; i < N; i++)
        cancelled += aw_cancel(t[i]);
    await aw_sleep_ms(0);
    for (int i = 0; i < N; i++)
        aw_cancel(t[i]);
    await aw_sleep_ms(0);
    CHECK(!aw_done(t[0]));
    for (int i = 0; i < N; i++)
        ended += aw_done(t[i]);
    pthread_mutex_unlock(&gate);
    for (int i = 0; i < N; i++) {
        ENDS(AW_CANCELLED, t[i]);
        aw_task_release(t[i]);
    }
    CHECK(cancelled == N && sum == 0);
    CHECK(ended >= N - THREADS && begun == N - ended);
}

static async void all(void)
{
    int e[] = {await aw_try(tcp("127.0.0.1", "127.0.0.1")),
               await aw_try(tcp("::1", "::1")),
               await aw_try(tcp(NULL, "localhost")),
               await aw_try(reset()), await aw_try(names()),
               await aw_try(local()), await aw_try(datagrams("127.0.0.1")),
               await aw_try(datagrams(NULL)), await aw_try(threads()),
               await aw_try(cancelled_calls())};
    for (int i = 0; i < 10; i++) {
        CHECK(e[i] == 0);
        if (e[i] && !getenv("FAULT"))
            printf("part %d: %s\n", i, aw_strerror(e[i]));
    }
}

int main(void)
{
    int before = open_before();
    return finish(aw_run(all()), before);
}
