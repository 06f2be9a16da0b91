/* SPDX-License-Identifier: 0BSD
 * Shared between the files of input and output. */
#ifndef AW_IMPL_IO_H
#define AW_IMPL_IO_H

#include "impl.h"

#include "aw_io.h"
#include "aw_io_gen.h"

/* What is known of the port's watch of a descriptor, so that the port is not
 * asked again for each wait: see fd.c. At first all zero. */
struct awi_watch {
    uint64_t epoch;
    int events;
};

/* The running task waits in `self` for events of fd, with the port's help or
 * (EPERM) without need to wait. `w` is that of the descriptor, or NULL. */
int awi_fd_await(struct aw_task *t, struct aw_frame *self, int fd, int events,
                 struct awi_watch *w);

/* Which of its events a task that was resumed well from there has got. */
static inline int awi_fd_events(const struct aw_task *t)
{
    return (int)(intptr_t)(void *)t->m.n.prev;
}

#endif
