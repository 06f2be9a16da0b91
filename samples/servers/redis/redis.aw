/* SPDX-License-Identifier: MIT
 * A server that redis-cli and the libraries for Redis can talk to: strings and
 * lists in memory, keys that expire. What waits is here; what does not is C.
 *
 *     redis [-b ADDRESS] [-p PORT] [-l CONNECTIONS] [-m BYTES]
 *           [-t MILLISECONDS]
 *
 * prints the port it listens on, with -b of that address only. No request is
 * longer than -m; a connection ends after -t without one. SIGTERM: no more
 * connections; the requests that have come are answered; SIGINT: the end at
 * once. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "redis.h"

#include <aw_io.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

enum {
    INPUT = 16384,   /* bytes of a connection's buffer, while they suffice */
    BATCH = 65536,   /* of replies that are sent together */
    SWEEP_MS = 100,  /* between two looks for keys that have ended */
    LINGER_MS = 500, /* for what still comes when we have said enough */
    GRACE_MS = 2000  /* for the last replies of all */
};

struct client {
    aw_stream *stream;
    struct client *next, **link; /* among all of them */
    char *small, *large;         /* buffers: INPUT; for a longer request */
    struct text reply;
    bool quits;
};

static struct {
    size_t longest; /* request */
    int64_t patience_ms;
    struct client *clients;
} server = {.longest = 1 << 20, .patience_ms = 600000};

/* --- connections --------------------------------------------------------- */

static void enter(struct client *c)
{
    c->next = server.clients;
    c->link = &server.clients;
    if (c->next)
        c->next->link = &c->next;
    server.clients = c;
}

static void leave(struct client *c)
{
    *c->link = c->next;
    if (c->next)
        c->next->link = c->link;
    free(c->large);
    free(c->reply.p);
}

/* Runs the requests that are in the buffer; false: there are enough replies,
 * which have to go first. */
static bool run_requests(struct client *c)
{
    static struct request r; /* nobody waits while it is used */
    aw_stream *s = c->stream;
    while (!c->quits && c->reply.n < BATCH) {
        size_t n = parse_request(&r, aw_stream_data(s), aw_stream_available(s),
                                 server.longest);
        if (r.error) {
            reply_error(&c->reply, "%s", r.error);
            c->quits = true;
        }
        if (n == 0)
            return true;
        if (r.count > 0)
            c->quits = !run_request(&r, &c->reply);
        aw_stream_take(s, n);
    }
    return c->quits;
}

static async void send_replies(struct client *c)
{
    struct text *t = &c->reply;
    if (t->lost)
        throw ENOMEM;
    await aw_stream_write(c->stream, t->p, t->n);
    t->n = 0;
    if (t->room > 4 * BATCH) { /* one of them was huge */
        free(t->p);
        *t = (struct text){0};
    }
}

/* Half a request fills the buffer: it gets a larger one. Parsing gives up at
 * the longest, so that this one is never full. */
static void widen(struct client *c)
{
    size_t size = 2 * c->stream->in_size;
    if (size > server.longest)
        size = server.longest;
    char *p = malloc(size);
    if (!p)
        return; /* ENOBUFS is what is left */
    aw_stream_set_buffer(c->stream, p, size);
    free(c->large);
    c->large = p;
}

/* false: nothing comes any more. */
static async bool read_more(struct client *c)
{
    size_t count = aw_stream_available(c->stream);
    if (count == c->stream->in_size) {
        widen(c);
    } else if (count == 0 && c->large) {
        aw_stream_set_buffer(c->stream, c->small, INPUT);
        free(c->large);
        c->large = NULL;
    }
    return await aw_stream_fill(c->stream) > 0;
}

/* Closed with something unread, TCP would make the client forget our last
 * words. */
static async void part(aw_stream *s)
{
    await aw_stream_write_eof(s);
    do
        aw_stream_take(s, aw_stream_available(s));
    while (await aw_stream_fill(s) > 0);
}

static async void serve(aw_stream *s, void *ctx)
{
    char in[INPUT];
    struct client c = {.stream = s, .small = in};
    bool more = true;
    (void)ctx;
    aw_stream_init(s, s->fd, in, sizeof in, NULL, 0);
    enter(&c);
    defer leave(&c);
    try {
        while (more && !c.quits) {
            bool all = run_requests(&c);
            aw_timeout_ms (server.patience_ms) {
                if (c.reply.n > 0)
                    await send_replies(&c);
                if (all && !c.quits)
                    more = await read_more(&c);
            }
        }
        if (c.quits)
            await aw_wait_for_ms(part(s), LINGER_MS);
    } catch (ETIMEDOUT) {
        /* has had its time */
    }
}

/* --- all of it ----------------------------------------------------------- */

static async void sweep(void)
{
    for (;;) {
        await aw_sleep_ms(SWEEP_MS);
        store_sweep(&db, 16 + db.used / 64);
    }
}

/* Until SIGTERM; then clients read an end, once they have read what has been
 * replied to what had come from them. */
static async void serve_all(aw_server *s)
{
    aw_task(void) serving = aw_start_server(s);
    defer aw_task_release(serving);
    await aw_race(aw_shield(serving), aw_signal_wait(SIGTERM));
    aw_server_stop(s);
    for (struct client *c = server.clients; c; c = c->next)
        shutdown(c->stream->fd, SHUT_RD);
    await aw_try(aw_wait_for_ms(serving, GRACE_MS));
}

async int main(int argc, char **argv)
{
    unsigned port = 0;
    const char *address = NULL;
    aw_server s = AW_SERVER_INIT(-1, serve, NULL);
    for (int c; (c = getopt(argc, argv, "b:p:l:m:t:")) != -1;) {
        if (c == 'b')
            address = optarg;
        else if (c == 'p')
            port = (unsigned)atoi(optarg);
        else if (c == 'l')
            s.limit = (size_t)atoi(optarg);
        else if (c == 'm')
            server.longest = (size_t)atoi(optarg);
        else if (c == 't')
            server.patience_ms = atoi(optarg);
        else
            return 2;
    }
    if (server.longest < INPUT)
        server.longest = INPUT;
    s.fd = aw_tcp_listen(address, port, 0);
    if (s.fd < 0 || aw_signal_open(SIGTERM) ||
        getrandom(db.secret, sizeof db.secret, 0) < 0) {
        perror("redis");
        return 1;
    }
    defer aw_signal_close(SIGTERM);
    printf("%u\n", aw_local_port(s.fd));
    fflush(stdout);
    await aw_race(serve_all(&s), sweep());
    store_clear(&db);
    return 0;
}
