/* SPDX-License-Identifier: MIT
 * An echo server as one writes it by hand: epoll, level-triggered; a client
 * that does not take its answer is given up. */
#define _GNU_SOURCE
#include "../server_hand.h"

#include <sys/epoll.h>
#include <unistd.h>

static int loop;

static void watch(int fd)
{
    struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(loop, EPOLL_CTL_ADD, fd, &e);
}

static void take(int listener)
{
    int fd;
    while ((fd = next_client(listener)) >= 0)
        watch(fd);
}

static void echo(int fd)
{
    char buffer[4096];
    ssize_t n = recv(fd, buffer, sizeof buffer, 0);
    if (n <= 0 || send(fd, buffer, (size_t)n, MSG_NOSIGNAL) != n)
        close(fd);
}

int main(void)
{
    int listener = listen_here();
    loop = epoll_create1(0);
    watch(listener);
    for (;;) {
        struct epoll_event e[64];
        int n = epoll_wait(loop, e, 64, -1);
        for (int i = 0; i < n; i++) {
            if (e[i].data.fd == listener)
                take(listener);
            else
                echo(e[i].data.fd);
        }
    }
}
