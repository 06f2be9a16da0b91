/* SPDX-License-Identifier: MIT
 * 10,000 connections, open and idle; each still answers, then all end. What a
 * connection takes of the server's memory goes to stderr.
 * ports: epoll */
#include "check.h"

enum { MANY = 10000 };

static async void echo(aw_stream *client, void *ctx)
{
    char word[16];
    size_t n;
    (void)ctx;
    while ((n = await aw_stream_read(client, word, sizeof word)) > 0)
        await aw_stream_write(client, word, n);
}

static long resident(void)
{
    long total = 0, pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f || fscanf(f, "%ld %ld", &total, &pages) != 2)
        pages = 0;
    if (f)
        fclose(f);
    return pages * sysconf(_SC_PAGESIZE);
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

static async void all(int n)
{
    static int fd[MANY];
    int good = 0;
    aw_server s = AW_SERVER_INIT(aw_tcp_listen("127.0.0.1", 0, 0), echo, NULL);
    char port[8];
    snprintf(port, sizeof port, "%u", aw_local_port(s.fd));
    aw_task(void) t = aw_start_server(&s);
    defer aw_task_release(t);
    fd[0] = await aw_open_connection("127.0.0.1", port);
    long before = resident();
    for (int i = 1; i < n; i++)
        fd[i] = await aw_open_connection("127.0.0.1", port);
    while (s.connections < (size_t)n)
        await aw_sleep_ms(0);
    fprintf(stderr, "%ld bytes a connection\n", (resident() - before) / n);
    for (int i = 0; i < n; i++) {
        bool good_one = await answers(fd[i * 7919L % n]);
        good += good_one;
    }
    CHECK(good == n);
    aw_server_stop(&s);
    for (int i = 0; i < n; i++)
        aw_fd_close(fd[i]);
    await t;
    CHECK(s.connections == 0);
}

int main(void)
{
    int before = open_before(), n = MANY;
    struct rlimit l;
    getrlimit(RLIMIT_NOFILE, &l);
    l.rlim_cur = l.rlim_max;
    setrlimit(RLIMIT_NOFILE, &l);
    if (l.rlim_cur < 2 * MANY + 100)
        n = (int)(l.rlim_cur - 100) / 2;
    return finish(aw_run(all(n)), before);
}
