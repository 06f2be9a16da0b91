/* SPDX-License-Identifier: MIT
 * For the programs here: checks, descriptors that must not leak. */
#ifndef CHECK_H
#define CHECK_H

#include <aw_io.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static int failures;
#define ALWAYS(x) \
    ((x) ? 0 : (failures++, printf("line %d: not %s\n", __LINE__, #x)))
/* When a call of the system fails it may be otherwise. */
#define CHECK(x) ALWAYS((x) || getenv("FAULT"))

/* Two ends of a connection. */
static inline void pair(int fd[2])
{
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fd))
        abort();
}

static inline void close_pair(int fd[2])
{
    aw_fd_close(fd[0]);
    aw_fd_close(fd[1]);
}

static inline int open_fds(void)
{
    int n = 0;
    for (int fd = 0; fd < 1024; fd++)
        n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

static async void nothing(void)
{
}

/* What is open, once what opens something for good has done so: libuv. */
static inline int open_before(void)
{
    aw_run(nothing());
    return open_fds();
}

static inline int finish(int error, int before)
{
    CHECK(error == 0);
    ALWAYS(open_fds() == before);
    printf("failures: %d\n", failures);
    return failures > 0;
}

#endif
