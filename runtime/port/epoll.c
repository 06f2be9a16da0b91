/* SPDX-License-Identifier: 0BSD
 * Port `epoll`, for Linux: epoll_pwait2 for waits to the nanosecond
 * (epoll_wait, rounded up, on older kernels), an eventfd for wakes from other
 * threads and signal handlers. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "posix.h"

#include "../aw_io.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

int awi_port_open(struct aw_loop *l)
{
    struct epoll_event e = {.events = EPOLLIN};
    l->port.fd = epoll_create1(EPOLL_CLOEXEC);
    l->port.wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    e.data.fd = l->port.wake_fd;
    awi_fd_open(l);
    if (l->port.fd >= 0 && l->port.wake_fd >= 0 &&
        epoll_ctl(l->port.fd, EPOLL_CTL_ADD, l->port.wake_fd, &e) == 0)
        return 0;
    int error = errno;
    awi_port_close(l);
    return error;
}

void awi_port_close(struct aw_loop *l)
{
    if (l->port.fd >= 0)
        close(l->port.fd);
    if (l->port.wake_fd >= 0)
        close(l->port.wake_fd);
    awi_pool_trim();
}

int awi_port_fd(struct aw_loop *l)
{
    return l->port.fd;
}

/* --- descriptors --------------------------------------------------------- */

int awi_port_watch(struct aw_loop *l, int fd, int events)
{
    struct epoll_event e = {0};
    e.events = (events & AW_READ ? (uint32_t)EPOLLIN : 0) |
               (events & AW_WRITE ? (uint32_t)EPOLLOUT : 0);
    e.data.fd = fd;
    int op = events ? EPOLL_CTL_MOD : EPOLL_CTL_DEL;
    if (epoll_ctl(l->port.fd, op, fd, &e) == 0 ||
        (events && errno == ENOENT &&
         epoll_ctl(l->port.fd, EPOLL_CTL_ADD, fd, &e) == 0))
        return 0;
    return errno;
}

/* A copy of fd elsewhere, in a child process, must not keep it watched. */
int awi_port_close_fd(struct aw_loop *l, int fd)
{
    if (l)
        awi_port_watch(l, fd, 0);
    return awi_close(fd);
}

static int events_of(uint32_t e)
{
    if (e & (EPOLLERR | EPOLLHUP))
        return AW_READ | AW_WRITE;
    return (e & EPOLLIN ? AW_READ : 0) | (e & EPOLLOUT ? AW_WRITE : 0);
}

/* --- waiting ------------------------------------------------------------- */

static int wait_events(int fd, struct epoll_event *e, int n,
                       const struct timespec *left)
{
#ifdef SYS_epoll_pwait2
    long r = syscall(SYS_epoll_pwait2, fd, e, n, left, NULL, 0);
    if (r >= 0 || errno != ENOSYS)
        return (int)r;
#endif
    if (!left)
        return epoll_wait(fd, e, n, -1);
    return epoll_wait(
        fd, e, n,
        (int)(left->tv_sec * 1000 + (left->tv_nsec + 999999) / 1000000));
}

static void take_events(struct aw_loop *l, const struct timespec *left)
{
    struct epoll_event e[64];
    uint64_t count;
    int n = wait_events(l->port.fd, e, 64, left);
    for (int i = 0; i < n; i++)
        if (e[i].data.fd != l->port.wake_fd)
            awi_fd_ready(l, e[i].data.fd, events_of(e[i].events));
        else if (read(l->port.wake_fd, &count, 8) < 0)
            continue;
    l->port.poll = l->fds.count > 0;
}

/* Who has just waited has polled. */
void awi_port_poll(struct aw_loop *l)
{
    struct timespec none = {0, 0};
    if (!l->port.fresh)
        take_events(l, &none);
    l->port.fresh = false;
}

void awi_port_wait(struct aw_loop *l, int64_t deadline)
{
    struct timespec left;
    if (deadline != INT64_MAX)
        left = awi_until(deadline);
    take_events(l, deadline == INT64_MAX ? NULL : &left);
    l->port.fresh = l->port.poll;
}

void awi_port_wake(struct aw_loop *l)
{
    uint64_t one = 1;
    int saved = errno;
    if (write(l->port.wake_fd, &one, 8) < 0)
        errno = saved;
    errno = saved;
}
