/* SPDX-License-Identifier: 0BSD
 * Port `epoll`, for Linux: the monotonic clock, epoll_pwait2 for waits to the
 * nanosecond (epoll_wait, rounded up, on older kernels), an eventfd for wakes
 * from other threads and signal handlers. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "../impl.h"

#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int awi_port_open(struct aw_loop *l)
{
    struct epoll_event e = {EPOLLIN, {NULL}};
    l->port.fd = epoll_create1(EPOLL_CLOEXEC);
    l->port.wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
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
}

static int64_t now_plus(int64_t ns)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + (t.tv_nsec + ns) / 1000000;
}

int awi_port_fd(struct aw_loop *l)
{
    return l->port.fd;
}

int64_t awi_port_now(void)
{
    return now_plus(0);
}

int64_t awi_port_now_up(void)
{
    return now_plus(999999);
}

/* The time from now until tick `deadline` begins; no wait is longer than a
 * day, which loses nothing. */
static struct timespec until(int64_t deadline)
{
    struct timespec now, left = {86400, 0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t sec = deadline / 1000 - now.tv_sec;
    long nsec = (long)(deadline % 1000) * 1000000 - now.tv_nsec;
    if (nsec < 0) {
        sec--;
        nsec += 1000000000;
    }
    if (sec < 0)
        left.tv_sec = 0;
    else if (sec < 86400)
        left = (struct timespec){(time_t)sec, nsec};
    return left;
}

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
    struct epoll_event e[8];
    uint64_t count;
    int n = wait_events(l->port.fd, e, 8, left);
    for (int i = 0; i < n; i++)
        if (!e[i].data.ptr && read(l->port.wake_fd, &count, 8) < 0)
            continue;
}

void awi_port_poll(struct aw_loop *l)
{
    struct timespec none = {0, 0};
    take_events(l, &none);
}

void awi_port_wait(struct aw_loop *l, int64_t deadline)
{
    struct timespec left = until(deadline);
    take_events(l, deadline == INT64_MAX ? NULL : &left);
}

void awi_port_wake(struct aw_loop *l)
{
    uint64_t one = 1;
    int saved = errno;
    if (write(l->port.wake_fd, &one, 8) < 0)
        errno = saved;
    errno = saved;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

unsigned awi_port_lock(void)
{
    pthread_mutex_lock(&mutex);
    return 0;
}

void awi_port_unlock(unsigned was)
{
    (void)was;
    pthread_mutex_unlock(&mutex);
}
