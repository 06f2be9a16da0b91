/* SPDX-License-Identifier: MIT
 * Plays ping-pong with an echo server: client PORT CONNECTIONS TRIPS prints
 * the round trips a second of 64 bytes, and TRIPS. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

static char ball[64];

static int dial(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((unsigned short)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&to, sizeof to))
        exit(1);
    return fd;
}

static void serve_ball(int fd)
{
    if (write(fd, ball, sizeof ball) != sizeof ball)
        exit(1);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    int n = atoi(argv[2]), e = epoll_create1(0);
    long trips = atol(argv[3]);
    for (int i = 0; i < n; i++) {
        struct epoll_event ev = {.events = EPOLLIN,
                                 .data.fd = dial(atoi(argv[1]))};
        epoll_ctl(e, EPOLL_CTL_ADD, ev.data.fd, &ev);
        serve_ball(ev.data.fd);
    }
    double start = now();
    for (long done = 0; done < trips;) {
        struct epoll_event ev[64];
        int k = epoll_wait(e, ev, 64, -1);
        for (int i = 0; i < k; i++, done++) {
            if (read(ev[i].data.fd, ball, sizeof ball) != sizeof ball)
                return 1;
            serve_ball(ev[i].data.fd);
        }
    }
    printf("%.0f %ld\n", (double)trips / (now() - start), trips);
    return 0;
}
