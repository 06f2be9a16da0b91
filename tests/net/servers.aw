/* SPDX-License-Identifier: MIT
 * Servers: the limit, a graceful stop, a cancelled one with 1,000 requests in
 * flight, clients that fail. */
#include "check.h"

static int begun, cleaned, most, now;

static async void echo(aw_stream *client, void *ctx)
{
    char in[64], line[64];
    size_t n;
    (void)ctx;
    aw_stream_init(client, client->fd, in, sizeof in, NULL, 0);
    begun++;
    most = ++now > most ? now : most;
    defer {
        now--;
        cleaned++;
    }
    while ((n = await aw_stream_read_line(client, line, sizeof line)) > 0) {
        if (strcmp(line, "throw\n") == 0)
            throw 1000;
        await aw_stream_write(client, line, n);
    }
}

static async int dial(const char *port)
{
    return await aw_open_connection("127.0.0.1", port);
}

/* Says word, hears it again, unless the server closes first. */
static async bool ask(int fd, const char *word)
{
    char in[64], line[64];
    aw_stream s;
    aw_stream_init(&s, fd, in, sizeof in, NULL, 0);
    await aw_stream_write(&s, word, strlen(word));
    size_t n = await aw_stream_read_line(&s, line, sizeof line);
    return n > 0 && strcmp(line, word) == 0;
}

static void report(void *ctx, const aw_error_report *r)
{
    (void)ctx;
    printf("%s: %d\n", r->message, r->error);
}

static void port_of(int fd, char port[8])
{
    snprintf(port, 8, "%u", aw_local_port(fd));
}

static async void client(const char *port, int *good)
{
    int fd = await dial(port);
    defer aw_fd_close(fd);
    bool same = await ask(fd, "hello\n");
    *good += same;
}

/* 20 clients, three at a time; one handler fails, one client resets. */
static async void limited(void)
{
    char port[8];
    int good = 0;
    struct linger none = {1, 0};
    aw_server s = AW_SERVER_INIT(aw_tcp_listen("127.0.0.1", 0, 0), echo, NULL);
    s.limit = 3;
    port_of(s.fd, port);
    aw_task(void) t = aw_start_server(&s);
    defer aw_task_release(t);
    begun = cleaned = most = 0;
    aw_group (g) {
        for (int i = 0; i < 20; i++)
            aw_group_spawn(g, client(port, &good));
    }
    CHECK(good == 20 && most == 3);
    int failing = await dial(port), resetting = await dial(port);
    bool same = await ask(resetting, "first\n");
    CHECK(same);
    setsockopt(resetting, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    aw_fd_close(resetting);
    same = await ask(failing, "throw\n");
    CHECK(!same);
    aw_fd_close(failing);
    /* graceful: who is there is still served, nobody else is */
    int last = await dial(port);
    same = await ask(last, "before\n");
    aw_server_stop(&s);
    bool after = await ask(last, "after\n");
    CHECK(same && after && !aw_done(t));
    int refused, error = await aw_try(refused = dial(port));
    CHECK(error == ECONNREFUSED);
    aw_fd_close(last);
    await t;
    CHECK(s.connections == 0 && begun == 23 && cleaned == 23);
}

/* Cancelled with all of them in flight: each cleanup runs. */
static async void cancelled(int n)
{
    static int fd[1000];
    char port[8];
    int i;
    aw_server s = AW_SERVER_INIT(aw_tcp_listen("127.0.0.1", 0, 0), echo, NULL);
    port_of(s.fd, port);
    aw_task(void) t = aw_start_server(&s);
    defer aw_task_release(t);
    begun = cleaned = 0;
    for (i = 0; i < n; i++) {
        fd[i] = await dial(port);
        if (write(fd[i], "half a li", 9) != 9)
            abort();
    }
    while (begun < n)
        await aw_sleep_ms(0);
    aw_cancel(t);
    int error = await aw_try(t);
    CHECK(error == AW_CANCELLED && begun == n && cleaned == n);
    CHECK(s.connections == 0);
    for (i = 0; i < n; i++)
        aw_fd_close(fd[i]);
}

static async void all(void)
{
    struct rlimit l;
    aw_loop_set_exception_handler(report, NULL);
    getrlimit(RLIMIT_NOFILE, &l);
    l.rlim_cur = l.rlim_max > 2100 ? 2100 : l.rlim_max;
    setrlimit(RLIMIT_NOFILE, &l);
    await limited();
    await cancelled(l.rlim_cur == 2100 ? 1000 : 400);
}

int main(void)
{
    int before = open_before();
    return finish(aw_run(all()), before);
}
