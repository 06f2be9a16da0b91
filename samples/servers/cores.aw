/* SPDX-License-Identifier: MIT
 * An HTTP server on all processors: a thread for each, with a loop and a
 * listening socket of its own; the system shares the connections out. What
 * they have done is counted in one place, by messages.
 *
 *     cores [-p PORT] [-n THREADS]
 *
 * prints the port it listens on. SIGTERM: no more connections, those that are
 * there go on; SIGINT: the end at once, cleanly. What was done goes to stderr.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <aw_io.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    HEAD = 4096,         /* bytes of a request that we take */
    PATIENCE_MS = 10000, /* for each */
    MOST = 64            /* threads */
};

/* The end of a connection; NONE: of a loop. */
enum { NONE = -1 };
struct done {
    int loop;
    long requests;
};

static struct done space[256];
static aw_mailbox ledger = AW_MAILBOX_INIT(space);

struct worker {
    pthread_t thread;
    int fd;
    aw_flag stop;
    bool hurry; /* set before the flag */
};

static struct worker workers[MOST];

/* --- a loop -------------------------------------------------------------- */

static async void answer(aw_stream *s, int loop, bool keep)
{
    char body[64], text[256];
    int length = snprintf(body, sizeof body, "hello from loop %d\n", loop);
    int n = snprintf(text, sizeof text,
                     "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                     "Content-Length: %d\r\nConnection: %s\r\n\r\n%s",
                     length, keep ? "keep-alive" : "close", body);
    await aw_stream_write(s, text, (size_t)n);
}

/* Whether the client stays, by the head of its request, which ends with a
 * NUL. */
static bool stays(const char *head)
{
    return strstr(head, " HTTP/1.1\r\n")
               ? !strcasestr(head, "\r\nConnection: close")
               : strcasestr(head, "\r\nConnection: keep-alive") != NULL;
}

static async void serve(aw_stream *s, void *ctx)
{
    struct worker *w = ctx;
    struct done done = {(int)(w - workers), 0};
    char in[HEAD];
    aw_stream_init(s, s->fd, in, sizeof in, NULL, 0);
    defer await aw_try(aw_mailbox_put(&ledger, &done));
    for (bool keep = true; keep; done.requests++) {
        size_t n = 0;
        int error = await aw_try(
            n = aw_wait_for_ms(aw_stream_read_until(s, "\r\n\r\n", 4),
                               PATIENCE_MS));
        if (error || n == 0)
            return;
        aw_stream_data(s)[n - 1] = '\0';
        keep = stays(aw_stream_data(s));
        aw_stream_take(s, n);
        await answer(s, done.loop, keep);
    }
}

static async void work(struct worker *w)
{
    aw_server server = AW_SERVER_INIT(w->fd, serve, w);
    struct done done = {NONE, 0};
    aw_task(void) t = aw_start_server(&server);
    defer aw_task_release(t);
    await aw_flag_wait(&w->stop);
    if (w->hurry)
        aw_cancel(t);
    else
        aw_server_stop(&server);
    await aw_try(t);
    await aw_try(aw_mailbox_put(&ledger, &done));
}

static void *run(void *w)
{
    return (void *)(intptr_t)aw_run(work(w));
}

/* --- all of them --------------------------------------------------------- */

/* Listens and starts; how many there are. */
static int start(unsigned *port, int n)
{
    int i;
    for (i = 0; i < n; i++) {
        struct worker *w = &workers[i];
        w->fd = aw_tcp_listen(NULL, *port, AW_REUSE_PORT);
        if (w->fd < 0)
            break;
        *port = aw_local_port(w->fd);
        if (pthread_create(&w->thread, NULL, run, w) != 0) {
            close(w->fd);
            break;
        }
    }
    return i;
}

static void stop(int n, bool hurry)
{
    for (int i = 0; i < n; i++) {
        workers[i].hurry = hurry;
        aw_flag_set(&workers[i].stop);
    }
}

/* Until each of the n loops has ended. */
static async void count(int n, long *connections, long *requests)
{
    struct done done;
    while (n > 0) {
        await aw_mailbox_get(&ledger, &done);
        n -= done.loop == NONE;
        *connections += done.loop != NONE;
        *requests += done.requests;
    }
}

static async void stop_at_signal(int n)
{
    if (aw_signal_open(SIGTERM))
        return;
    defer aw_signal_close(SIGTERM);
    if (aw_signal_open(SIGINT))
        return;
    defer aw_signal_close(SIGINT);
    int which = await aw_race(aw_signal_wait(SIGTERM), aw_signal_wait(SIGINT));
    stop(n, which == 1);
}

async int main(int argc, char **argv)
{
    unsigned port = 0;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    long connections = 0, requests = 0;
    for (int c; (c = getopt(argc, argv, "p:n:")) != -1;) {
        if (c == 'p')
            port = (unsigned)atoi(optarg);
        else if (c == 'n')
            processors = atoi(optarg);
        else
            return 2;
    }
    int n = start(&port, processors < MOST ? (int)processors : MOST);
    if (n == 0) {
        perror("cores");
        return 1;
    }
    printf("%u\n", port);
    fflush(stdout);
    await aw_gather(count(n, &connections, &requests), stop_at_signal(n));
    for (int i = 0; i < n; i++)
        pthread_join(workers[i].thread, NULL);
    fprintf(stderr, "%ld connections, %ld requests\n", connections, requests);
    return 0;
}
