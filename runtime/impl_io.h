/* SPDX-License-Identifier: 0BSD
 * Shared between the files of input and output. */
#ifndef AW_IMPL_IO_H
#define AW_IMPL_IO_H

#include "impl.h"

#include "aw_io.h"
#include "aw_io_gen.h"

/* The running task waits for events of fd, with the port's help or
 * (EPERM) without need to wait. `w` is that of the descriptor, or NULL. */
int awi_fd_await(struct aw_task *t, int fd, int events, struct awi_watch *w);

/* Which of its events a task that was resumed well from there has got. */
static inline int awi_fd_events(const struct aw_task *t)
{
    return (int)(intptr_t)(void *)t->m.n.prev;
}

/* A descriptor of an async function here. `storing` is its store, or NULL. */
#define AWI_DESC(function, storing) \
    const struct aw_desc awfd_##function = { \
        .resume = awfr_##function, \
        .store = storing, \
        .name = #function, \
        .file = "", \
        .lines = awi_no_lines, \
        .size = sizeof(struct awf_##function), \
        .align = sizeof(uint64_t), \
        .states = 2, \
    }
extern const unsigned awi_no_lines[2];

/* The results of those that have one of this type. */
void awi_store_int(void *dst, const struct aw_frame *self);
void awi_store_size(void *dst, const struct aw_frame *self);

/* The running task, a connection's, has failed. */
void awi_handler_failed(int error);

#endif
