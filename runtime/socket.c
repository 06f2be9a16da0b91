/* SPDX-License-Identifier: 0BSD
 * Sockets: making them, connections, datagrams. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "impl_io.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

/* --- making -------------------------------------------------------------- */

union address {
    struct sockaddr any;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    struct sockaddr_un un;
};

/* -1 and EINVAL: no numeric address. */
static socklen_t parse(const char *text, unsigned port, union address *a)
{
    memset(a, 0, sizeof *a);
    if (!text)
        text = "::";
    if (inet_pton(AF_INET6, text, &a->in6.sin6_addr) == 1) {
        a->in6.sin6_family = AF_INET6;
        a->in6.sin6_port = htons((uint16_t)port);
        return sizeof a->in6;
    }
    if (inet_pton(AF_INET, text, &a->in.sin_addr) == 1) {
        a->in.sin_family = AF_INET;
        a->in.sin_port = htons((uint16_t)port);
        return sizeof a->in;
    }
    errno = EINVAL;
    return 0;
}

static int set(int fd, int level, int option, int value)
{
    return setsockopt(fd, level, option, &value, sizeof value);
}

/* fd, or -1, errno and fd closed. */
static int unless(bool failed, int fd)
{
    int error = errno;
    if (!failed)
        return fd;
    if (fd >= 0)
        close(fd);
    errno = error;
    return -1;
}

static int new_socket(int family, int type)
{
    return socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static int bound(const char *text, unsigned port, int type, int flags)
{
    union address a;
    socklen_t size = parse(text, port, &a);
    if (size == 0)
        return -1;
    int fd = new_socket(a.any.sa_family, type);
    return unless(
        fd < 0 || (!text && set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0)) ||
            (type == SOCK_STREAM && set(fd, SOL_SOCKET, SO_REUSEADDR, 1)) ||
            (flags & AW_REUSE_PORT && set(fd, SOL_SOCKET, SO_REUSEPORT, 1)) ||
            bind(fd, &a.any, size),
        fd);
}

/* Machines without IPv6 have every address all the same. */
static int bound_anywhere(const char *text, unsigned port, int type, int flags)
{
    int fd = bound(text, port, type, flags);
    if (fd < 0 && !text && (errno == EAFNOSUPPORT || errno == EADDRNOTAVAIL))
        fd = bound("0.0.0.0", port, type, flags);
    return fd;
}

int aw_tcp_listen(const char *address, unsigned port, int flags)
{
    int fd = bound_anywhere(address, port, SOCK_STREAM, flags);
    return unless(fd < 0 || listen(fd, SOMAXCONN), fd);
}

int aw_udp_bind(const char *address, unsigned port)
{
    return bound_anywhere(address, port, SOCK_DGRAM, 0);
}

int aw_unix_listen(const char *path)
{
    union address a = {.un = {.sun_family = AF_UNIX}};
    if (strlen(path) >= sizeof a.un.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(a.un.sun_path, path, strlen(path) + 1);
    int fd = new_socket(AF_UNIX, SOCK_STREAM);
    return unless(
        fd < 0 || bind(fd, &a.any, sizeof a.un) || listen(fd, SOMAXCONN), fd);
}

unsigned aw_local_port(int fd)
{
    union address a = {.any = {.sa_family = AF_UNSPEC}};
    socklen_t size = sizeof a;
    if (getsockname(fd, &a.any, &size))
        return 0;
    if (a.any.sa_family == AF_INET6)
        return ntohs(a.in6.sin6_port);
    return a.any.sa_family == AF_INET ? ntohs(a.in.sin_port) : 0;
}

/* --- connections --------------------------------------------------------- */

/* An error of one connection, not of the listening socket. */
static bool given_up(int error)
{
    return error == EINTR || error == ECONNABORTED || error == EPROTO;
}

int awfr_aw_accept(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_accept *f = (struct awf_aw_accept *)self;
    if (outcome)
        return outcome;
    do
        f->ret = accept4(f->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    while (f->ret < 0 && given_up(errno));
    if (f->ret >= 0)
        return 0;
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        return errno;
    self->state = 1;
    return awi_fd_await(t, f->fd, AW_READ, NULL);
}

/* What an attempt has come to; EALREADY: nothing yet. */
static int result_of(int fd)
{
    int error = 0;
    union address a;
    socklen_t size = sizeof error, peer = sizeof a;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size))
        return errno;
    if (error == 0 && getpeername(fd, &a.any, &peer))
        return errno == ENOTCONN ? EALREADY : errno;
    return error;
}

int awfr_aw_connect(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_connect *f = (struct awf_aw_connect *)self;
    if (outcome)
        return outcome;
    if (self->state)
        outcome = result_of(f->fd);
    else if (connect(f->fd, f->to, f->size))
        outcome = errno;
    if (outcome != EINPROGRESS && outcome != EALREADY && outcome != EINTR)
        return outcome;
    self->state = 1;
    return awi_fd_await(t, f->fd, AW_WRITE, NULL);
}

void awi_handler_failed(int error)
{
    struct aw_loop *l = awi_here();
    if (error != ECONNRESET && error != EPIPE)
        awi_report(l, l->running, error,
                   "Error in the handler of a connection");
}

/* --- datagrams ----------------------------------------------------------- */

/* What an operation that failed with errno is to do. */
static int wait_or_fail(struct aw_task *t, struct aw_frame *self, int fd,
                        int events)
{
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        return errno;
    self->state = 1;
    return awi_fd_await(t, fd, events, NULL);
}

int awfr_aw_recv_from(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_recv_from *f = (struct awf_aw_recv_from *)self;
    ssize_t r;
    if (outcome)
        return outcome;
    do
        r = recvfrom(f->fd, f->p, f->n, MSG_DONTWAIT, f->from, f->size);
    while (r < 0 && errno == EINTR);
    if (r < 0)
        return wait_or_fail(t, self, f->fd, AW_READ);
    f->ret = (size_t)r;
    return 0;
}

int awfr_aw_send_to(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_send_to *f = (struct awf_aw_send_to *)self;
    ssize_t r;
    if (outcome)
        return outcome;
    do
        r = sendto(f->fd, f->p, f->n, MSG_DONTWAIT | MSG_NOSIGNAL, f->to,
                   f->size);
    while (r < 0 && errno == EINTR);
    return r < 0 ? wait_or_fail(t, self, f->fd, AW_WRITE) : 0;
}

AWI_DESC(aw_accept, awi_store_int);
AWI_DESC(aw_connect, NULL);
AWI_DESC(aw_recv_from, awi_store_size);
AWI_DESC(aw_send_to, NULL);
