/* SPDX-License-Identifier: 0BSD
 * Connections by name, and servers. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "aw_io.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

/* impl_io.h is not for generated code. */
void awi_handler_failed(int error);

/* --- names --------------------------------------------------------------- */

/* A lookup cannot be interrupted, so it is a task that whoever asked may
 * leave: it has copies of what it needs. */
struct lookup {
    struct addrinfo *list;
    int error;
    int users;
    bool begun;
    char *service;          /* behind the host's name */
    char host[];
};

static struct lookup *new_lookup(const char *host, const char *service)
{
    size_t n = strlen(host) + 1, m = strlen(service) + 1;
    struct lookup *l = calloc(1, sizeof *l + n + m);
    if (!l)
        return NULL;
    l->users = 1;
    l->service = l->host + n;
    memcpy(l->host, host, n);
    memcpy(l->service, service, m);
    return l;
}

static void drop(struct lookup *l)
{
    if (--l->users > 0)
        return;
    if (l->list)
        freeaddrinfo(l->list);
    free(l);
}

static int error_of(int eai)
{
    switch (eai) {
    case 0: return 0;
    case EAI_SYSTEM: return errno;
    case EAI_MEMORY: return ENOMEM;
    case EAI_AGAIN: return EAGAIN;
    default: return AW_NO_HOST;
    }
}

static void get_addresses(struct lookup *l, int flags)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = flags};
    l->error = error_of(getaddrinfo(l->host, l->service, &hints, &l->list));
}

static void *in_thread(void *arg)
{
    get_addresses(arg, AI_ADDRCONFIG);
    return NULL;
}

static async void look_up(struct lookup *l)
{
    l->begun = true;
    l->users++;
    defer drop(l);
    await aw_to_thread(in_thread, l);
}

/* Addresses in digits need no thread. */
static async void resolve(struct lookup *l)
{
    get_addresses(l, AI_NUMERICHOST);
    if (l->error != AW_NO_HOST)
        return;
    aw_task(void) t = aw_create_task(look_up(l));
    defer {
        if (!l->begun)
            aw_cancel(t);
        aw_task_release(t);
    }
    await aw_shield(t);
}

/* What is written goes at once; no error for sockets that are not TCP. */
static void no_delay(int fd)
{
    int on = 1;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/* --- attempts ------------------------------------------------------------ */

/* The next family begins so long after the first. */
enum { HEAD_START_MS = 250 };

/* One lane a family. A lane that has failed waits for the other one, so the
 * first to end has a connection, or there is none. */
struct attempts {
    struct addrinfo *list;
    aw_event failed[2];
    int fd[2];
    int error;              /* the first one */
};

static async int try_address(const struct addrinfo *a)
{
    int fd = socket(a->ai_family, a->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC,
                    a->ai_protocol);
    bool connected = false;
    if (fd < 0)
        throw errno;
    defer {
        if (!connected)
            aw_fd_close(fd);
    }
    await aw_connect(fd, a->ai_addr, a->ai_addrlen);
    connected = true;
    no_delay(fd);
    return fd;
}

static async void lane(struct attempts *a, int i)
{
    int first = a->list->ai_family, error;
    if (i > 0)
        await aw_try(aw_wait_for_ms(aw_event_wait(&a->failed[0]),
                                    HEAD_START_MS));
    for (struct addrinfo *p = a->list; p; p = p->ai_next) {
        if ((p->ai_family == first) != (i == 0))
            continue;
        error = await aw_try(a->fd[i] = try_address(p));
        if (error == 0)
            return;
        if (a->error == 0)
            a->error = error;
    }
    aw_event_set(&a->failed[i]);
    await aw_event_wait(&a->failed[!i]);
}

async int aw_open_connection(const char *host, const char *service)
{
    struct lookup *l = new_lookup(host, service);
    if (!l)
        throw ENOMEM;
    defer drop(l);
    await resolve(l);
    if (l->error)
        throw l->error;
    struct attempts a = {.list = l->list, .fd = {-1, -1}};
    int which = -1;
    defer {
        for (int i = 0; i < 2; i++)
            if (i != which && a.fd[i] >= 0)
                aw_fd_close(a.fd[i]);
    }
    which = await aw_race(lane(&a, 0), lane(&a, 1));
    if (a.fd[which] < 0)
        throw a.error;
    return a.fd[which];
}

async int aw_open_unix_connection(const char *path)
{
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    struct addrinfo a = {.ai_family = AF_UNIX, .ai_socktype = SOCK_STREAM,
                         .ai_addr = (struct sockaddr *)&un,
                         .ai_addrlen = sizeof un};
    if (strlen(path) >= sizeof un.sun_path)
        throw ENAMETOOLONG;
    memcpy(un.sun_path, path, strlen(path) + 1);
    return await try_address(&a);
}

/* --- servers ------------------------------------------------------------- */

/* Without descriptors for a new connection. */
enum { PAUSE_MS = 100 };

static async void serve_one(aw_server *s, int *accepted)
{
    aw_stream client;
    aw_stream_init(&client, *accepted, NULL, 0, NULL, 0);
    *accepted = -1;
    no_delay(client.fd);
    defer {
        aw_stream_close(&client);
        s->connections--;
        aw_event_set(&s->room);
    }
    try {
        await s->handler(&client, s->ctx);
    } catch (int e) {
        awi_handler_failed(e);
    }
}

static async void wait_for_room(aw_server *s)
{
    while (s->limit && s->connections >= s->limit && !s->stopped) {
        aw_event_clear(&s->room);
        await aw_event_wait(&s->room);
    }
}

/* -1 when it was stopped. */
static async int next_connection(aw_server *s)
{
    int fd = -1, error = 0;
    while (!s->stopped && fd < 0) {
        error = await aw_try(fd = aw_accept(s->fd));
        if (error == 0 || s->stopped)
            break;
        if (error != EMFILE && error != ENFILE && error != ENOBUFS &&
            error != ENOMEM)
            throw error;
        aw_event_clear(&s->room);
        await aw_try(aw_wait_for_ms(aw_event_wait(&s->room), PAUSE_MS));
    }
    return error ? -1 : fd;
}

async void aw_serve(aw_server *s)
{
    int accepted = -1;
    defer {
        aw_server_stop(s);
        if (accepted >= 0)
            aw_fd_close(accepted);
    }
    aw_group (g) {
        for (;;) {
            await wait_for_room(s);
            accepted = await next_connection(s);
            if (accepted < 0)
                break;
            s->connections++;
            aw_group_spawn(g, serve_one(s, &accepted));
            await aw_sleep_ms(0);       /* it has begun and owns it */
        }
    }
}

aw_task(void) aw_start_server(aw_server *s)
{
    return aw_create_task(aw_serve(s));
}

void aw_server_stop(aw_server *s)
{
    int fd = s->fd;
    s->stopped = true;
    s->fd = -1;
    if (fd >= 0)
        aw_fd_close(fd);
    aw_event_set(&s->room);
}
