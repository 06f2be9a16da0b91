/* SPDX-License-Identifier: 0BSD
 * Port `poll`, the portable twin of `epoll`: poll(), waits to the millisecond,
 * a pipe for wakes. Each wait of the loop asks for all who wait; the array for
 * that grows with them, and comes from the allocator. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "posix.h"

#include "../aw_io.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

/* port.fd is the end of the pipe that is read. */
static int set_up_pipe(struct aw_loop *l)
{
    int end[2];
    if (pipe(end))
        return errno;
    for (int i = 0; i < 2; i++) {
        fcntl(end[i], F_SETFL, O_NONBLOCK);
        fcntl(end[i], F_SETFD, FD_CLOEXEC);
    }
    l->port.fd = end[0];
    l->port.wake_fd = end[1];
    return 0;
}

/* Room for n descriptors beside the pipe. */
static int make_room(struct aw_loop *l, size_t n)
{
    size_t room = l->port.room;
    if (n < room)
        return 0;
    room = 2 * n + 16;
    void *set = awi_port_alloc(room * sizeof(struct pollfd));
    if (!set)
        return ENOMEM;
    if (l->port.set)
        awi_port_free(l->port.set, l->port.room * sizeof(struct pollfd));
    l->port.set = set;
    l->port.room = room;
    return 0;
}

int awi_port_open(struct aw_loop *l)
{
    l->port.set = NULL;
    l->port.room = 0;
    l->port.forgets = true;
    awi_fd_open(l);
    return set_up_pipe(l);
}

void awi_port_close(struct aw_loop *l)
{
    close(l->port.fd);
    close(l->port.wake_fd);
    if (l->port.set)
        awi_port_free(l->port.set, l->port.room * sizeof(struct pollfd));
    awi_pool_trim();
}

/* There is none that knows of all the others. */
int awi_port_fd(struct aw_loop *l)
{
    (void)l;
    return -1;
}

/* --- descriptors --------------------------------------------------------- */

int awi_port_watch(struct aw_loop *l, int fd, int events)
{
    if (events && fcntl(fd, F_GETFD) < 0)
        return errno;
    return events ? make_room(l, l->fds.count + 1) : 0;
}

int awi_port_close_fd(struct aw_loop *l, int fd)
{
    (void)l;
    return awi_close(fd);
}

/* Appends the tree at n: as deep as a descriptor has bits. */
static struct pollfd *collect(struct pollfd *p, struct awi_node *n)
{
    for (; n; n = n->prev) {
        int64_t wanted = n->u.when;
        *p++ = (struct pollfd){(int)(wanted >> 2),
                               (short)((wanted & AW_READ ? POLLIN : 0) |
                                       (wanted & AW_WRITE ? POLLOUT : 0)),
                               0};
        p = collect(p, n->next);
    }
    return p;
}

static int events_of(int e)
{
    if (e & (POLLERR | POLLHUP))
        return AW_READ | AW_WRITE;
    return (e & POLLIN ? AW_READ : 0) | (e & POLLOUT ? AW_WRITE : 0);
}

/* Two may wait for one descriptor: the first one's turn wakes the second. */
static void look_at(struct aw_loop *l, const struct pollfd *p)
{
    int events = p->events & POLLIN ? AW_READ : 0;
    if (p->events & POLLOUT)
        events |= AW_WRITE;
    if (p->revents & POLLNVAL)
        awi_fd_failed(l, p->fd, EBADF);
    else if (p->revents)
        awi_fd_ready(l, p->fd, events_of(p->revents) & events);
}

/* --- waiting ------------------------------------------------------------- */

static void take_events(struct aw_loop *l, int ms)
{
    struct pollfd alone, *set = l->port.set ? l->port.set : &alone;
    char bytes[64];
    set[0] = (struct pollfd){l->port.fd, POLLIN, 0};
    struct pollfd *end = set + 1;
    for (size_t i = 0; i < AWI_TREES && l->fds.count > 0; i++)
        end = collect(end, l->fds.tree[i].root);
    int n = poll(set, (nfds_t)(end - set), ms);
    while (n > 0 && --end > set)
        if (end->revents)
            look_at(l, end);
    if (n > 0 && set->revents)
        while (read(l->port.fd, bytes, sizeof bytes) > 0)
            ;
    l->port.poll = l->fds.count > 0;
}

void awi_port_poll(struct aw_loop *l)
{
    if (!l->port.fresh)
        take_events(l, 0);
    l->port.fresh = false;
}

void awi_port_wait(struct aw_loop *l, int64_t deadline)
{
    take_events(l, awi_until_ms(deadline));
    l->port.fresh = l->port.poll;
}

void awi_port_wake(struct aw_loop *l)
{
    int saved = errno;
    if (write(l->port.wake_fd, "", 1) < 0)
        errno = saved;
    errno = saved;
}
