/* SPDX-License-Identifier: 0BSD
 * Input and output for programs with an operating system: descriptors,
 * sockets, streams, servers, threads, signals, processes. All of this is apart
 * from <aw.h>, whose core needs none. Functions are called on the thread of a
 * loop, and from tasks where they are async. Errors are errno values, AW_EOF
 * and AW_NO_HOST.
 *
 * Every async function here may end with AW_CANCELLED; it leaves the
 * descriptor, and whoever waits for its other direction, as they were: what
 * can be read then is read by the next one. So aw_wait_for_ms() gives each of
 * them a deadline. SIGPIPE never comes. */
#ifndef AW_IO_H
#define AW_IO_H

/* As of aw_gen.h: no warnings for what a program does not use. */
#if defined __AWAITC__ && defined __GNUC__
#pragma GCC system_header
#endif

#include "aw.h"

#include <sys/socket.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --- descriptors --------------------------------------------------------- */

#define AW_READ 1
#define AW_WRITE 2

/* Waits until fd can be read (AW_READ), written (AW_WRITE), or either of both
 * (the sum); returns which. An error or the end of the peer counts as what was
 * asked for. What is ready already is noticed by the next turn; what cannot be
 * waited for, a regular file, is ready at once. That the loop knows may be
 * older than what other processes did, so fd should be non-blocking.
 * Errors: EBUSY: another task waits for the same of fd; EBADF: fd is not open,
 * or was closed meanwhile by aw_fd_close; EINVAL: events; ENOMEM. */
_Async int aw_fd_wait(int fd, int events);

/* Closes fd; those who wait for it get EBADF. The way to close whatever was
 * waited for: after a mere close() its waiters would wait for whoever gets its
 * number next. 0 or an error; fd is closed in any case. Outside a loop, too. */
int aw_fd_close(int fd);

/* --- sockets ------------------------------------------------------------- */

/* All sockets from here are non-blocking and close-on-exec. These wait for
 * nothing and return a descriptor, or -1 and errno. Addresses are numeric,
 * NULL is every one of the machine, IPv4 and IPv6; port 0 is any free one. */
#define AW_REUSE_PORT 1     /* several loops share the connections of a port */
int aw_tcp_listen(const char *address, unsigned port, int flags);
int aw_unix_listen(const char *path);
int aw_udp_bind(const char *address, unsigned port);

/* The port a socket is bound to, of its peer; 0: none. */
unsigned aw_local_port(int fd);

/* The next connection of a listening socket: its descriptor, the caller's.
 * Errors: those of accept(2) but for connections that were given up before;
 * EMFILE and the like leave the connection where it is; EBUSY as above. */
_Async int aw_accept(int fd);

/* Connects a socket, whose error it throws: ECONNREFUSED, ETIMEDOUT ... After
 * an error, a cancellation included, the socket can only be closed. */
_Async void aw_connect(int fd, const struct sockaddr *to, socklen_t size);

/* A connection to a service ("http", "80") of a host, by name (looked up in
 * another thread) or address; the descriptor is the caller's. Addresses are
 * tried in the order of the system; from the first one of the other family on
 * as well, when the first family has not succeeded after 250 ms. Throws the
 * first error when none succeeds; AW_NO_HOST when there is no such name. */
_Async int aw_open_connection(const char *host, const char *service);
_Async int aw_open_unix_connection(const char *path);

/* One datagram: its size, cut at n, and where it is from (NULL: not asked;
 * *size is the room there, then what was used); sends one (NULL, 0: to the
 * peer the socket is connected with). */
_Async size_t aw_recv_from(int fd, void *p, size_t n, struct sockaddr *from,
                           socklen_t *size);
_Async void aw_send_to(int fd, const void *p, size_t n,
                       const struct sockaddr *to, socklen_t size);

/* --- streams ------------------------------------------------------------- */

/* Bytes in order, over a socket or a pipe (which has to be non-blocking). The
 * buffers are the program's, and either may be missing. Fields that no comment
 * offers are the library's. One task may read while another one writes. Only
 * one stream for a descriptor. */
typedef struct aw_stream {
    int fd;                 /* -1: closed */
    char *in;               /* in[begin] to in[end - 1] have been read, and */
    size_t in_size;         /* not yet taken */
    size_t begin, end;
    char *out;              /* out[0] ... are yet to be sent */
    size_t out_size, out_count;
    size_t got, put;        /* how much a read_exactly or write had done when
                               it ended with an error */
    struct awi_watch {      /* what the port was asked for, see fd.c */
        uint64_t epoch;
        int events;
    } watch;
    uint16_t streak;        /* operations since it last waited */
    uint8_t full;           /* AW_WRITE, AW_READ: that has to wait first */
    bool plain;             /* no socket */
} aw_stream;

/* A stream over fd, which becomes the stream's; buffers of these sizes, NULL
 * and 0 for none. No error. */
void aw_stream_init(aw_stream *s, int fd, void *in, size_t in_size, void *out,
                    size_t out_size);

/* Closes it; those who wait in it get EBADF, what was not sent is lost. Closed
 * already: does nothing. 0 or an error of close. */
int aw_stream_close(aw_stream *s);

/* Up to n bytes, as soon as there are any; their number, 0 at the end. Errors:
 * ECONNRESET ..., EBUSY: another task reads. */
_Async size_t aw_stream_read(aw_stream *s, void *p, size_t n);

/* n bytes, or AW_EOF when there are fewer before the end: s->got of them. */
_Async void aw_stream_read_exactly(aw_stream *s, void *p, size_t n);

/* A line with its newline, and a NUL, into line[size]; its length, 0 at the
 * end. The last one may have no newline. EMSGSIZE: the line does not fit there
 * or in the buffer, and stays in it; EINVAL: there is no read buffer. Lines are
 * taken as a whole: a deadline loses no byte. */
_Async size_t aw_stream_read_line(aw_stream *s, char *line, size_t size);

/* For parsers that look into the buffer: reads more behind what is in there,
 * which may be moved to its front; the number of new bytes, 0 at the end.
 * ENOBUFS: it is full. */
_Async size_t aw_stream_fill(aw_stream *s);

/* Reads until `what`, n bytes, is in the buffer: how many bytes there are up to
 * its end, to be looked at and taken with the functions below; 0 when the
 * stream ends before. ENOBUFS: the buffer is full without it; EINVAL: n is 0.
 */
_Async size_t aw_stream_read_until(aw_stream *s, const void *what, size_t n);

/* Another read buffer for the stream, which moves what it has read there; the
 * program has the old one back. While somebody reads, too. EMSGSIZE, and
 * nothing is done: that does not fit. */
int aw_stream_set_buffer(aw_stream *s, void *in, size_t in_size);

/* What has been read and not taken, how much that is; takes n of it. */
static inline char *aw_stream_data(const aw_stream *s)
{
    return s->in + s->begin;
}
static inline size_t aw_stream_available(const aw_stream *s)
{
    return s->end - s->begin;
}
static inline void aw_stream_take(aw_stream *s, size_t n)
{
    s->begin += n;
}

/* Writes all n bytes: into the buffer while they fit, else to the system, as
 * fast as the peer takes them. What is in the buffer goes with the next write
 * that does not fit, or by drain. Errors: EPIPE, ECONNRESET ..., EBUSY: another
 * task writes; s->put of the n bytes are gone or in the buffer. */
_Async void aw_stream_write(aw_stream *s, const void *p, size_t n);

/* Sends what is in the buffer; write_eof then tells the peer that this is the
 * end, and reading goes on (ENOTSOCK: a pipe; close it). */
_Async void aw_stream_drain(aw_stream *s);
_Async void aw_stream_write_eof(aw_stream *s);

/* --- servers ------------------------------------------------------------- */

/* For each connection of the listening socket fd a task runs handler(client,
 * ctx), then client is closed. TCP_NODELAY is set, here and for connections by
 * name: small answers do not wait. It has no buffers until the handler gives it
 * some: they belong to the handler's frame. A handler's error is reported to
 * the loop's exception handler (ECONNRESET and EPIPE are not) and ends only its
 * own connection. fd becomes the server's. */
typedef struct aw_server {
    int fd;
    _Async void (*handler)(aw_stream *client, void *ctx);
    void *ctx;
    size_t limit;           /* of connections at a time; 0: none */
    size_t connections;     /* now */
    bool stopped;
    aw_event room;
} aw_server;
#define AW_SERVER_INIT(fd, handler, ctx) \
    {(fd), (handler), (ctx), 0, 0, false, AW_EVENT_INIT}

/* Serves until aw_server_stop(), then until the last connection has ended.
 * Cancelled, it cancels the connections and waits for them. Without free
 * descriptors it goes on when a connection has ended or 100 ms later. Tasks
 * come from the allocator. */
_Async void aw_serve(aw_server *s);

/* The same as a task; NULL as of aw_create_task. */
aw_task(void) aw_start_server(aw_server *s);

/* No more connections: closes s->fd. Those that are there go on. */
void aw_server_stop(aw_server *s);

/* --- threads ------------------------------------------------------------- */

/* fn(arg) on another thread, for what blocks; its result. Up to AW_THREADS (8)
 * run at a time, the others queue. A thread cannot be interrupted: cancelled,
 * this waits for fn to return, and ends with AW_CANCELLED; an fn that has not
 * begun never does. Signals are blocked there. ENOMEM or EAGAIN: there is no
 * thread at all. */
_Async void *aw_to_thread(void *(*fn)(void *arg), void *arg);

/* A queue between loops, one a thread: bounded, over the program's array, whose
 * elements are the messages; they are copied. Any thread may post to it and
 * close it (no signal handler may), tasks of any loop put and get. First in,
 * first out, also among those who wait, of whatever loops they are. The struct
 * and its array must stay until nobody uses them any more. */
typedef struct aw_mailbox {
    void *array;
    size_t size;            /* of a message */
    size_t capacity, count;
    size_t head;            /* index of the oldest message */
    struct awi_mail *line[2];   /* those who wait to put, to get */
    size_t chosen[2];       /* not yet resumed */
    bool closed;
} aw_mailbox;
#define AW_MAILBOX_INIT(array) \
    {(array), sizeof *(array), sizeof(array) / sizeof *(array), 0, 0, \
     {0, 0}, {0, 0}, false}

/* Puts *message in and never waits: 0; EAGAIN: it is full; EPIPE: closed. */
int aw_mailbox_post(aw_mailbox *m, const void *message);

/* The same, and waits while it is full; EPIPE: closed. */
_Async void aw_mailbox_put(aw_mailbox *m, const void *message);

/* The oldest message, into *message; waits while there is none; EPIPE: closed,
 * and nothing is left. */
_Async void aw_mailbox_get(aw_mailbox *m, void *message);

/* No more messages. Those who wait get EPIPE; what is in it can be got. */
void aw_mailbox_close(aw_mailbox *m);

/* --- signals ------------------------------------------------------------- */

/* From open to close a signal does not do what it did before, but is kept for
 * aw_signal_wait; several that come before the next wait are one. For the whole
 * process, from any thread. 0; EBUSY: open already; EINVAL: no such signal. */
int aw_signal_open(int number);
void aw_signal_close(int number);

/* Waits until it comes, or has come since the last wait. EBUSY: another task
 * waits for it; EINVAL: it is not open, or was closed meanwhile. */
_Async void aw_signal_wait(int number);

/* --- processes ----------------------------------------------------------- */

/* A program that runs beside this one. The ends of its pipes are non-blocking
 * and close-on-exec, and made for aw_stream_init; -1: there is none. Whoever
 * takes one over sets it to -1. */
typedef struct aw_process {
    int pid;
    int in, out, err;       /* what we write to; what we read from */
    int fd;                 /* readable when it has ended */
    int status;             /* of aw_process_wait, once it has `ended` */
    bool ended;
} aw_process;

/* Starts argv[0] (looked for in PATH) with these arguments, NULL behind the
 * last one. `pipes` is the sum of what it does not share with us. 0 or an
 * error: ENOENT ..., ENOSYS: Linux before 5.3. */
#define AW_STDIN 1
#define AW_STDOUT 2
#define AW_STDERR 4
int aw_process_start(aw_process *p, char *const argv[], int pipes);

/* Its exit status, or minus the signal that ended it; may be awaited again. One
 * that is never awaited stays a zombie. EBUSY: another task waits. */
_Async int aw_process_wait(aw_process *p);

/* Sends it a signal; 0, or ESRCH once it was awaited to its end. */
int aw_process_kill(aw_process *p, int signal);

/* Closes the pipes; the process runs on. */
void aw_process_close(aw_process *p);

#ifdef __cplusplus
}
#endif

#if defined __AWAITC__ && !defined AW_EDITOR
#include "aw_io_gen.h"
#endif
#endif
