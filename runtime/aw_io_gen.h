/* SPDX-License-Identifier: 0BSD
 * The frames of the async functions of <aw_io.h>, for generated code and the
 * runtime; see aw_gen.h. */
#ifndef AW_IO_GEN_H
#define AW_IO_GEN_H

#if defined __AWAITC__ && defined __GNUC__
#pragma GCC system_header
#endif

#include "aw_gen.h"

#ifdef __cplusplus
extern "C" {
#endif

struct awf_aw_fd_wait {
    struct aw_frame aw;
    int ret;
    int fd;
    int events;
};

struct awf_aw_accept {
    struct aw_frame aw;
    int ret;
    int fd;
};

struct awf_aw_connect {
    struct aw_frame aw;
    int fd;
    const struct sockaddr *to;
    socklen_t size;
};

struct awf_aw_recv_from {
    struct aw_frame aw;
    size_t ret;
    int fd;
    void *p;
    size_t n;
    struct sockaddr *from;
    socklen_t *size;
};

struct awf_aw_send_to {
    struct aw_frame aw;
    int fd;
    const void *p;
    size_t n;
    const struct sockaddr *to;
    socklen_t size;
};

struct awf_aw_stream_read {
    struct aw_frame aw;
    size_t ret;
    aw_stream *s;
    void *p;
    size_t n;
};

struct awf_aw_stream_read_exactly {
    struct aw_frame aw;
    aw_stream *s;
    void *p;
    size_t n;
};

struct awf_aw_stream_read_line {
    struct aw_frame aw;
    size_t ret;
    aw_stream *s;
    char *line;
    size_t size;
};

struct awf_aw_stream_fill {
    struct aw_frame aw;
    size_t ret;
    aw_stream *s;
};

struct awf_aw_stream_read_until {
    struct aw_frame aw;
    size_t ret;
    aw_stream *s;
    const void *what;
    size_t n;
    size_t seen;            /* bytes in which it does not begin */
};

struct awf_aw_stream_write {
    struct aw_frame aw;
    aw_stream *s;
    const void *p;
    size_t n;
};

struct awf_aw_stream_drain {
    struct aw_frame aw;
    aw_stream *s;
};

struct awf_aw_stream_write_eof {
    struct aw_frame aw;
    aw_stream *s;
};

/* A call on another thread is a member of its queue. */
struct awf_aw_to_thread {
    struct aw_frame aw;
    void *ret;
    void *(*fn)(void *arg);
    void *arg;
    struct awf_aw_to_thread *next;
    aw_flag ended;
    uint8_t place;          /* see thread.c */
    bool cancelled;
};

/* Who waits for a mailbox is a member of its line, see mailbox.c. */
struct awi_mail {
    aw_mailbox *mailbox;
    void *message;
    struct awi_mail *next, *last;
    aw_flag woken;
    uint8_t state;
    bool get, cancelled;
};

struct awf_aw_mailbox_put {
    struct aw_frame aw;
    aw_mailbox *mailbox;
    const void *message;
    struct awi_mail wait;
};

struct awf_aw_mailbox_get {
    struct aw_frame aw;
    aw_mailbox *mailbox;
    void *message;
    struct awi_mail wait;
};

struct awf_aw_signal_wait {
    struct aw_frame aw;
    int number;
    struct awf_aw_flag_wait wait;
};

struct awf_aw_process_wait {
    struct aw_frame aw;
    int ret;
    aw_process *process;
};

AWI_FUNCTION(aw_fd_wait);
AWI_FUNCTION(aw_accept);
AWI_FUNCTION(aw_connect);
AWI_FUNCTION(aw_recv_from);
AWI_FUNCTION(aw_send_to);
AWI_FUNCTION(aw_stream_read);
AWI_FUNCTION(aw_stream_read_exactly);
AWI_FUNCTION(aw_stream_read_line);
AWI_FUNCTION(aw_stream_fill);
AWI_FUNCTION(aw_stream_read_until);
AWI_FUNCTION(aw_stream_write);
AWI_FUNCTION(aw_stream_drain);
AWI_FUNCTION(aw_stream_write_eof);
AWI_FUNCTION(aw_to_thread);
AWI_FUNCTION(aw_mailbox_put);
AWI_FUNCTION(aw_mailbox_get);
AWI_FUNCTION(aw_signal_wait);
AWI_FUNCTION(aw_process_wait);

#ifdef __cplusplus
}
#endif
#endif
