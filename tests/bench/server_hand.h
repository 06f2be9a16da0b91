/* SPDX-License-Identifier: MIT
 * What the servers written by hand have in common: a listener on some port,
 * which is printed, and its clients. Sockets do not block. */
#ifndef SERVER_HAND_H
#define SERVER_HAND_H

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>

static inline int listen_here(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    socklen_t size = sizeof a;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    bind(fd, (struct sockaddr *)&a, sizeof a);
    listen(fd, SOMAXCONN);
    getsockname(fd, (struct sockaddr *)&a, &size);
    printf("%d\n", ntohs(a.sin_port));
    fflush(stdout);
    return fd;
}

/* -1: there is none now. */
static inline int next_client(int listener)
{
    int one = 1, fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
    if (fd >= 0)
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

#endif
