/* SPDX-License-Identifier: 0BSD
 * Streams. Each operation first tries, and waits when the system says so. One
 * that got less than it asked for has emptied (filled) the socket: the next one
 * waits at once, which saves a call that fails. That is safe because ports
 * watch level-triggered. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "impl_io.h"

#include <signal.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* A stream that never has to wait lets others run after so many operations. */
#define STREAK 64

void aw_stream_init(aw_stream *s, int fd, void *in, size_t in_size, void *out,
                    size_t out_size)
{
    *s = (aw_stream){.fd = fd,
                     .in = in,
                     .in_size = in_size,
                     .out = out,
                     .out_size = out_size};
}

int aw_stream_set_buffer(aw_stream *s, void *in, size_t in_size)
{
    size_t count = s->end - s->begin;
    if (count > in_size)
        return EMSGSIZE;
    if (count > 0)
        memmove(in, s->in + s->begin, count);
    s->in = in;
    s->in_size = in_size;
    s->begin = 0;
    s->end = count;
    return 0;
}

int aw_stream_close(aw_stream *s)
{
    int fd = s->fd;
    s->fd = -1;
    return fd < 0 ? 0 : aw_fd_close(fd);
}

/* --- the system ---------------------------------------------------------- */

/* Whether to try again: interrupted, or no socket as it turns out. */
AWI_APART static bool again(aw_stream *s)
{
    if (errno == ENOTSOCK && !s->plain)
        return s->plain = true;
    return errno == EINTR;
}

static ssize_t get(aw_stream *s, const struct iovec *v)
{
    ssize_t r;
    do
        r = s->plain ? read(s->fd, v->iov_base, v->iov_len)
                     : recv(s->fd, v->iov_base, v->iov_len, MSG_DONTWAIT);
    while (r < 0 && again(s));
    return r;
}

/* writev to a pipe, without SIGPIPE: kept back, and taken if it has come. */
static ssize_t write_quietly(int fd, const struct iovec *v, int n)
{
    sigset_t pipe, before, pending;
    const struct timespec none = {0, 0};
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    ssize_t r = writev(fd, v, n);
    int error = errno;
    if (r < 0 && error == EPIPE && !sigismember(&pending, SIGPIPE))
        while (sigtimedwait(&pipe, NULL, &none) < 0 && errno == EINTR)
            ;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return r;
}

/* To a pipe, or several pieces. */
AWI_APART static ssize_t put_otherwise(aw_stream *s, struct iovec *v, int n)
{
    struct msghdr m = {.msg_iov = v, .msg_iovlen = (size_t)n};
    return s->plain ? write_quietly(s->fd, v, n)
                    : sendmsg(s->fd, &m, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static ssize_t put(aw_stream *s, struct iovec *v, int n)
{
    ssize_t r;
    do
        r = s->plain || n > 1 ? put_otherwise(s, v, n)
                              : send(s->fd, v->iov_base, v->iov_len,
                                     MSG_DONTWAIT | MSG_NOSIGNAL);
    while (r < 0 && again(s));
    return r;
}

/* It is time for the others. */
static bool tired(aw_stream *s)
{
    if (++s->streak <= STREAK)
        return false;
    s->streak = 0;
    return true;
}

static int give_way(struct aw_task *t, struct aw_frame *self)
{
    self->state = 1;
    awi_sleep(0, t);
    return AW_PENDING;
}

/* 0: try again. */
static int wait_for(struct aw_task *t, struct aw_frame *self, aw_stream *s,
                    int way)
{
    self->state = 1;
    s->streak = 0;
    int error = awi_fd_await(t, s->fd, way, &s->watch);
    if (error != EBUSY)
        s->full &= (uint8_t)~way;
    return error == EPERM ? 0 : error;
}

/* Fills v[n] from the system (AW_READ), or sends it (AW_WRITE); *done is how
 * many bytes, for reads 0 at the end. AW_PENDING: to be called again with the
 * outcome. */
static int transfer(struct aw_task *t, struct aw_frame *self, aw_stream *s,
                    int way, struct iovec *v, int n, size_t *done)
{
    int error = 0;
    if (s->fd < 0)
        return EBADF;
    if (tired(s))
        return give_way(t, self);
    while (error == 0) {
        if (!(s->full & way)) {
            ssize_t r = way == AW_READ ? get(s, v) : put(s, v, n);
            size_t size = v->iov_len + (n > 1 ? v[1].iov_len : 0);
            if (r > 0 && (size_t)r < size)
                s->full |= (uint8_t)way;
            if (r >= 0) {
                *done = (size_t)r;
                return 0;
            }
            if (errno != EAGAIN && errno != EWOULDBLOCK)
                return errno;
        }
        error = wait_for(t, self, s, way);
    }
    return error;
}

/* --- reading ------------------------------------------------------------- */

static int receive(struct aw_task *t, struct aw_frame *self, aw_stream *s,
                   void *p, size_t size, size_t *n)
{
    struct iovec v = {p, size};
    return transfer(t, self, s, AW_READ, &v, 1, n);
}

/* More bytes behind those in the buffer. */
static int fill(struct aw_task *t, struct aw_frame *self, aw_stream *s,
                size_t *n)
{
    size_t count = s->end - s->begin;
    if (s->begin > 0 && (count == 0 || s->end == s->in_size)) {
        if (count > 0)
            memmove(s->in, s->in + s->begin, count);
        s->begin = 0;
        s->end = count;
    }
    if (s->end == s->in_size)
        return ENOBUFS;
    int r = receive(t, self, s, s->in + s->end, s->in_size - s->end, n);
    if (r == 0)
        s->end += *n;
    return r;
}

static size_t take(aw_stream *s, void *p, size_t n)
{
    if (n > s->end - s->begin)
        n = s->end - s->begin;
    memcpy(p, s->in + s->begin, n);
    s->begin += n;
    return n;
}

/* Out of the buffer; what is not smaller than that goes past it. */
static int some(struct aw_task *t, struct aw_frame *self, aw_stream *s, void *p,
                size_t size, size_t *n)
{
    if (s->begin == s->end) {
        if (size >= s->in_size)
            return receive(t, self, s, p, size, n);
        int r = fill(t, self, s, n);
        if (r || *n == 0)
            return r;
    }
    *n = take(s, p, size);
    return 0;
}

int awfr_aw_stream_read(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_stream_read *f = (struct awf_aw_stream_read *)self;
    f->ret = 0;
    if (outcome || f->n == 0)
        return outcome;
    return some(t, self, f->s, f->p, f->n, &f->ret);
}

int awfr_aw_stream_read_exactly(struct aw_frame *self, struct aw_task *t,
                                int outcome)
{
    struct awf_aw_stream_read_exactly *f =
        (struct awf_aw_stream_read_exactly *)self;
    aw_stream *s = f->s;
    if (self->state == 0)
        s->got = 0;
    while (outcome == 0 && s->got < f->n) {
        size_t n = 0;
        outcome = some(t, self, s, (char *)f->p + s->got, f->n - s->got, &n);
        if (outcome == 0 && n == 0)
            outcome = AW_EOF;
        s->got += n;
    }
    return outcome;
}

int awfr_aw_stream_fill(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_stream_fill *f = (struct awf_aw_stream_fill *)self;
    f->ret = 0;
    return outcome ? outcome : fill(t, self, f->s, &f->ret);
}

/* Where `what` begins in p[size]; size: nowhere. */
static size_t search(const char *p, size_t size, const char *what, size_t n)
{
    for (size_t at = 0; size - at >= n; at++) {
        const char *first = memchr(p + at, what[0], size - at - n + 1);
        if (!first)
            return size;
        at = (size_t)(first - p);
        if (memcmp(first, what, n) == 0)
            return at;
    }
    return size;
}

int awfr_aw_stream_read_until(struct aw_frame *self, struct aw_task *t,
                              int outcome)
{
    struct awf_aw_stream_read_until *f =
        (struct awf_aw_stream_read_until *)self;
    aw_stream *s = f->s;
    size_t more = 1;
    f->ret = 0;
    if (self->state == 0)
        f->seen = 0;
    if (f->n == 0)
        return EINVAL;
    while (outcome == 0) {
        size_t count = s->end - s->begin;
        if (count >= f->seen + f->n) {
            size_t at = f->seen + search(s->in + s->begin + f->seen,
                                         count - f->seen, f->what, f->n);
            if (at < count) {
                f->ret = at + f->n;
                return 0;
            }
            f->seen = count - f->n + 1;
        }
        if (more == 0)
            return 0;
        outcome = fill(t, self, s, &more);
    }
    return outcome;
}

/* The length of the line that the buffer begins with; 0 when its end is not
 * there yet. */
static size_t line_length(const aw_stream *s)
{
    size_t count = s->end - s->begin;
    const char *p = s->in + s->begin;
    const char *end = count ? memchr(p, '\n', count) : NULL;
    return end ? (size_t)(end - p) + 1 : 0;
}

int awfr_aw_stream_read_line(struct aw_frame *self, struct aw_task *t,
                             int outcome)
{
    struct awf_aw_stream_read_line *f = (struct awf_aw_stream_read_line *)self;
    aw_stream *s = f->s;
    size_t n, more = 1;
    if (f->size == 0 || s->in_size == 0)
        return EINVAL;
    while (outcome == 0) {
        n = line_length(s);
        if (n == 0 && more == 0)
            n = s->end - s->begin;
        if ((n ? n : s->end - s->begin) >= f->size)
            return EMSGSIZE;
        if (n || more == 0) {
            f->ret = take(s, f->line, n);
            f->line[n] = '\0';
            return 0;
        }
        outcome = fill(t, self, s, &more);
    }
    return outcome == ENOBUFS ? EMSGSIZE : outcome;
}

/* --- writing ------------------------------------------------------------- */

/* r bytes have been sent: first those in the buffer. How many were not. */
static size_t sent(aw_stream *s, size_t r)
{
    size_t old = r < s->out_count ? r : s->out_count;
    s->out_count -= old;
    if (s->out_count > 0)
        memmove(s->out, s->out + old, s->out_count);
    return r - old;
}

/* Sends some of the buffer and of p[size] behind it; *n is how many of those
 * were sent. */
static int transmit(struct aw_task *t, struct aw_frame *self, aw_stream *s,
                    const void *p, size_t size, size_t *n)
{
    struct iovec v[2] = {{s->out, s->out_count}, {(void *)(uintptr_t)p, size}};
    int first = s->out_count ? 0 : 1;
    int error =
        transfer(t, self, s, AW_WRITE, v + first, (size ? 2 : 1) - first, n);
    if (error == 0)
        *n = sent(s, *n);
    return error;
}

int awfr_aw_stream_write(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_stream_write *f = (struct awf_aw_stream_write *)self;
    aw_stream *s = f->s;
    if (self->state == 0)
        s->put = 0;
    while (outcome == 0 && s->put < f->n) {
        const char *p = (const char *)f->p + s->put;
        size_t rest = f->n - s->put, n = 0;
        if (rest <= s->out_size - s->out_count) {
            memcpy(s->out + s->out_count, p, rest);
            s->out_count += rest;
            n = rest;
        } else {
            outcome = transmit(t, self, s, p, rest, &n);
        }
        s->put += n;
    }
    return outcome;
}

static int drain(struct aw_task *t, struct aw_frame *self, aw_stream *s,
                 int outcome)
{
    size_t n = 0;
    while (outcome == 0 && s->out_count > 0)
        outcome = transmit(t, self, s, NULL, 0, &n);
    return outcome;
}

int awfr_aw_stream_drain(struct aw_frame *self, struct aw_task *t, int outcome)
{
    return drain(t, self, ((struct awf_aw_stream_drain *)self)->s, outcome);
}

int awfr_aw_stream_write_eof(struct aw_frame *self, struct aw_task *t,
                             int outcome)
{
    aw_stream *s = ((struct awf_aw_stream_write_eof *)self)->s;
    outcome = drain(t, self, s, outcome);
    if (outcome == 0 && shutdown(s->fd, SHUT_WR))
        outcome = errno;
    return outcome;
}

AWI_DESC(aw_stream_read, awi_store_size);
AWI_DESC(aw_stream_read_exactly, NULL);
AWI_DESC(aw_stream_read_line, awi_store_size);
AWI_DESC(aw_stream_fill, awi_store_size);
AWI_DESC(aw_stream_read_until, awi_store_size);
AWI_DESC(aw_stream_write, NULL);
AWI_DESC(aw_stream_drain, NULL);
AWI_DESC(aw_stream_write_eof, NULL);
