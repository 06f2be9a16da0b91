/* SPDX-License-Identifier: 0BSD
 * Input and output for programs with an operating system: descriptors. All of
 * this is apart from <aw.h>, whose core needs none. Functions are called on
 * the thread of a loop, and from tasks where they are async. An async function
 * here may end with AW_CANCELLED; it leaves the descriptor, and whoever waits
 * for its other direction, as they were. */
#ifndef AW_IO_H
#define AW_IO_H

#include "aw.h"

#ifdef __AWAITC__
#include "aw_io_gen.h"
#endif

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

#ifdef __cplusplus
}
#endif
#endif
