/* SPDX-License-Identifier: MIT
 * HTTP with keep-alive as one writes it by hand: epoll, level-triggered; a
 * client that does not take its answer is given up. */
#define _GNU_SOURCE
#include "../server_hand.h"
#include "response.h"

#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

struct client {
    int fd;
    size_t count;
    char in[ROOM];
};

static int loop, listener;

static void watch(int fd, void *who)
{
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = who};
    epoll_ctl(loop, EPOLL_CTL_ADD, fd, &e);
}

static void take(void)
{
    int fd;
    while ((fd = next_client(listener)) >= 0) {
        struct client *c = malloc(sizeof *c);
        c->fd = fd;
        c->count = 0;
        watch(fd, c);
    }
}

/* Answers what is complete; false: the client has to go. */
static int answer(struct client *c)
{
    char *p = c->in, *end;
    size_t left = c->count;
    while ((end = memmem(p, left, "\r\n\r\n", 4))) {
        left -= (size_t)(end + 4 - p);
        p = end + 4;
        if (send(c->fd, response, ANSWER, MSG_NOSIGNAL) != ANSWER)
            return 0;
    }
    memmove(c->in, p, left);
    c->count = left;
    return left < ROOM;
}

static void serve(struct client *c)
{
    ssize_t n = recv(c->fd, c->in + c->count, ROOM - c->count, 0);
    if (n > 0) {
        c->count += (size_t)n;
        if (answer(c))
            return;
    }
    close(c->fd);
    free(c);
}

int main(void)
{
    listener = listen_here();
    loop = epoll_create1(0);
    watch(listener, NULL);
    for (;;) {
        struct epoll_event e[64];
        int n = epoll_wait(loop, e, 64, -1);
        for (int i = 0; i < n; i++) {
            if (e[i].data.ptr)
                serve(e[i].data.ptr);
            else
                take();
        }
    }
}
