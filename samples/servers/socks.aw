/* SPDX-License-Identifier: MIT
 * A SOCKS5 proxy (RFC 1928, 1929): CONNECT to IPv4, IPv6 and names, with a
 * password if one is set. Each direction of a connection ends by itself.
 *
 *     socks [-p PORT] [-u USER:PASSWORD] [-l CONNECTIONS] [-t MILLISECONDS]
 *
 * prints the port it listens on. A connection ends after -t in which nothing
 * has come from either side. SIGTERM: no more connections, those that are there
 * go on; SIGINT: the end at once, cleanly. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <aw_io.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PIECE = 16384,        /* bytes under way in each direction */
    GREETING_MS = 10000,  /* at most, for all that a client has to say first */
    CONNECTING_MS = 30000 /* for its target to answer */
};

enum { VERSION = 5, NO_METHOD = 0xff, BY_PASSWORD = 2, CONNECT = 1 };
enum { IPV4 = 1, NAME = 3, IPV6 = 4 };

/* What a request has come to, in the protocol. */
enum reply {
    DONE = 0,
    FAILED = 1,
    NO_NETWORK = 3,
    NO_HOST = 4,
    REFUSED = 5,
    NO_COMMAND = 7,
    NO_ADDRESS = 8
};

static struct {
    const char *login; /* USER:PASSWORD, or NULL */
    int64_t patience_ms;
} server = {NULL, 300000};

static int64_t at_most(int64_t ms)
{
    return ms < server.patience_ms ? ms : server.patience_ms;
}

struct target {
    char host[256], service[8];
};

/* --- the client's part: what is not understood is EPROTO ----------------- */

static async unsigned char read_byte(aw_stream *s)
{
    unsigned char byte;
    await aw_stream_read_exactly(s, &byte, 1);
    return byte;
}

/* A length and so many bytes, which become a string. */
static async void read_string(aw_stream *s, char string[256])
{
    unsigned char n = await read_byte(s);
    await aw_stream_read_exactly(s, string, n);
    string[n] = '\0';
    if (strlen(string) != n)
        throw EPROTO;
}

static async void choose_method(aw_stream *s)
{
    unsigned char version = await read_byte(s), wanted = 0;
    char methods[256];
    if (version != VERSION)
        throw EPROTO;
    unsigned char n = await read_byte(s);
    await aw_stream_read_exactly(s, methods, n);
    if (server.login)
        wanted = BY_PASSWORD;
    bool offered = memchr(methods, wanted, n) != NULL;
    unsigned char answer[] = {VERSION, offered ? wanted : NO_METHOD};
    await aw_stream_write(s, answer, sizeof answer);
    if (!offered)
        throw EACCES;
}

/* Whether it is right, without a hint from the time it takes how much is. */
static bool may_enter(const char *login)
{
    size_t n = strlen(server.login), wrong = strlen(login) ^ n;
    for (size_t i = 0; i < n && login[i]; i++)
        wrong |= (size_t)(login[i] ^ server.login[i]);
    return wrong == 0;
}

static async void check_password(aw_stream *s)
{
    char user[256], password[256], login[512];
    unsigned char version = await read_byte(s);
    if (version != 1)
        throw EPROTO;
    await read_string(s, user);
    await read_string(s, password);
    snprintf(login, sizeof login, "%s:%s", user, password);
    bool right = may_enter(login);
    unsigned char answer[] = {1, !right};
    await aw_stream_write(s, answer, sizeof answer);
    if (!right)
        throw EACCES;
}

static async enum reply read_request(aw_stream *s, struct target *t)
{
    unsigned char head[4], address[16], port[2];
    await aw_stream_read_exactly(s, head, sizeof head);
    if (head[0] != VERSION)
        throw EPROTO;
    switch (head[3]) {
    case NAME: await read_string(s, t->host); break;
    case IPV4:
        await aw_stream_read_exactly(s, address, 4);
        inet_ntop(AF_INET, address, t->host, sizeof t->host);
        break;
    case IPV6:
        await aw_stream_read_exactly(s, address, 16);
        inet_ntop(AF_INET6, address, t->host, sizeof t->host);
        break;
    default: return NO_ADDRESS;
    }
    await aw_stream_read_exactly(s, port, sizeof port);
    snprintf(t->service, sizeof t->service, "%d", port[0] << 8 | port[1]);
    return head[1] == CONNECT ? DONE : NO_COMMAND;
}

static async enum reply greet(aw_stream *s, struct target *t)
{
    await choose_method(s);
    if (server.login)
        await check_password(s);
    return await read_request(s, t);
}

/* --- ours ---------------------------------------------------------------- */

static enum reply reply_of(int error)
{
    switch (error) {
    case 0: return DONE;
    case ECONNREFUSED: return REFUSED;
    case ENETUNREACH: return NO_NETWORK;
    case AW_NO_HOST:
    case ETIMEDOUT:
    case EHOSTUNREACH: return NO_HOST;
    default: return FAILED;
    }
}

/* With the address that the target sees, of fd; none without a connection. */
static async void answer(aw_stream *s, enum reply reply, int fd)
{
    union {
        struct sockaddr any;
        struct sockaddr_in in;
        struct sockaddr_in6 in6;
    } a = {.in = {.sin_family = AF_INET}};
    unsigned char text[22] = {VERSION, (unsigned char)reply, 0, IPV4};
    socklen_t size = sizeof a;
    size_t n = 4;
    if (fd >= 0 && getsockname(fd, &a.any, &size))
        throw errno;
    if (a.any.sa_family == AF_INET6) {
        text[3] = IPV6;
        memcpy(text + n, &a.in6.sin6_addr, 16);
        memcpy(text + n + 16, &a.in6.sin6_port, 2);
        n += 18;
    } else {
        memcpy(text + n, &a.in.sin_addr, 4);
        memcpy(text + n + 4, &a.in.sin_port, 2);
        n += 6;
    }
    await aw_stream_write(s, text, n);
}

/* --- a connection -------------------------------------------------------- */

/* What has come and what still comes, to its end, which is passed on as well:
 * the other direction goes on. An error is the end of both. */
static async void pump(aw_stream *from, aw_stream *to, int64_t *last)
{
    size_t n = aw_stream_available(from);
    try {
        do {
            await aw_stream_write(to, aw_stream_data(from), n);
            aw_stream_take(from, n);
            n = await aw_stream_fill(from);
            *last = aw_now_ms();
        } while (n > 0);
        await aw_stream_write_eof(to);
    } catch (int error) {
        (void)error;
        shutdown(from->fd, SHUT_RDWR);
        shutdown(to->fd, SHUT_RDWR);
    }
}

static async void watch(const int64_t *last)
{
    int64_t now;
    while ((now = aw_now_ms()) < *last + server.patience_ms)
        await aw_sleep_ms(*last + server.patience_ms - now);
}

static async void relay(aw_stream *client, aw_stream *target)
{
    int64_t last = aw_now_ms();
    await aw_race(
        aw_gather(pump(client, target, &last), pump(target, client, &last)),
        watch(&last));
}

static async void proxy(aw_stream *client)
{
    char from[PIECE], back[PIECE];
    struct target t;
    enum reply reply;
    int fd = -1, error = 0;
    aw_stream_init(client, client->fd, from, sizeof from, NULL, 0);
    reply = await aw_wait_for_ms(greet(client, &t), at_most(GREETING_MS));
    if (reply == DONE) {
        error = await aw_try(
            fd = aw_wait_for_ms(aw_open_connection(t.host, t.service),
                                at_most(CONNECTING_MS)));
        reply = reply_of(error);
    }
    aw_stream target;
    aw_stream_init(&target, fd, back, sizeof back, NULL, 0);
    defer aw_stream_close(&target);
    await answer(client, reply, fd);
    if (reply == DONE)
        await relay(client, &target);
}

/* Whatever one of both does wrong is the end of their connection, and nobody
 * else's business. */
static async void serve(aw_stream *client, void *ctx)
{
    (void)ctx;
    await aw_try(proxy(client));
}

static async void stop_at_signal(aw_server *s)
{
    if (aw_signal_open(SIGTERM))
        return;
    defer aw_signal_close(SIGTERM);
    await aw_signal_wait(SIGTERM);
    aw_server_stop(s);
}

async int main(int argc, char **argv)
{
    unsigned port = 0;
    aw_server s = AW_SERVER_INIT(-1, serve, NULL);
    for (int c; (c = getopt(argc, argv, "p:u:l:t:")) != -1;) {
        if (c == 'p')
            port = (unsigned)atoi(optarg);
        else if (c == 'u')
            server.login = optarg;
        else if (c == 'l')
            s.limit = (size_t)atoi(optarg);
        else if (c == 't')
            server.patience_ms = atoi(optarg);
        else
            return 2;
    }
    s.fd = aw_tcp_listen(NULL, port, 0);
    if (s.fd < 0) {
        perror("socks");
        return 1;
    }
    printf("%u\n", aw_local_port(s.fd));
    fflush(stdout);
    aw_task_release(aw_create_task(stop_at_signal(&s)));
    await aw_serve(&s);
    return 0;
}
