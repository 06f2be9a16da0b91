/* SPDX-License-Identifier: MIT
 * Names looked up by c-ares. pkg: libcares
 *
 *     cares SERVER:PORT NAME...       the addresses, all at the same time */
#include <aw_io.h>
#include <ares.h>
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

/* --- the adapter --------------------------------------------------------- */

/* c-ares' sockets are in an epoll descriptor of their own, so that one task
 * waits for all of them. */
struct resolver {
    ares_channel channel;
    int set;
    aw_event asked; /* there is one more question: the deadline has changed */
};

static void on_socket(void *r, ares_socket_t fd, int reads, int writes)
{
    int set = ((struct resolver *)r)->set;
    struct epoll_event e = {.events = (reads ? EPOLLIN : 0u) |
                                      (writes ? EPOLLOUT : 0u),
                            .data.fd = fd};
    epoll_ctl(set, EPOLL_CTL_DEL, fd, NULL);
    if (e.events)
        epoll_ctl(set, EPOLL_CTL_ADD, fd, &e);
}

/* For as long as it is not cancelled: waits for a socket until c-ares' next
 * deadline, and says what it was. */
static async void drive(struct resolver *r)
{
    for (;;) {
        struct timeval minute = {60, 0}, left;
        struct epoll_event of = {.data.fd = ARES_SOCKET_BAD};
        ares_timeout(r->channel, &minute, &left);
        aw_event_clear(&r->asked);
        await aw_try(aw_wait_for_ms(
            aw_race(aw_fd_wait(r->set, AW_READ), aw_event_wait(&r->asked)),
            left.tv_sec * 1000 + (left.tv_usec + 999) / 1000));
        epoll_wait(r->set, &of, 1, 0);
        ares_process_fd(r->channel,
                        of.events & ~(uint32_t)EPOLLOUT ? of.data.fd
                                                        : ARES_SOCKET_BAD,
                        of.events & EPOLLOUT ? of.data.fd : ARES_SOCKET_BAD);
    }
}

/* --- questions ----------------------------------------------------------- */

struct question {
    aw_event answered;
    int status;
    char address[INET_ADDRSTRLEN];
};

static void on_answer(void *arg, int status, int timeouts, struct hostent *host)
{
    struct question *q = arg;
    (void)timeouts;
    if (status == ARES_EDESTRUCTION)
        return; /* nobody waits any more */
    q->status = status;
    if (status == ARES_SUCCESS)
        inet_ntop(AF_INET, host->h_addr_list[0], q->address, sizeof q->address);
    aw_event_set(&q->answered);
}

static async void look_up(struct resolver *r, const char *name,
                          struct question *q)
{
    ares_gethostbyname(r->channel, name, AF_INET, on_answer, q);
    aw_event_set(&r->asked);
    await aw_event_wait(&q->answered);
}

/* --- a program ----------------------------------------------------------- */

static async void look_up_all(struct resolver *r, char **names,
                              struct question *q)
{
    aw_group (g) {
        for (int i = 0; names[i]; i++)
            aw_group_spawn(g, look_up(r, names[i], &q[i]));
    }
}

async int main(int argc, char **argv)
{
    struct resolver r = {NULL, epoll_create1(EPOLL_CLOEXEC), AW_EVENT_INIT};
    struct ares_options o = {.timeout = 400,
                             .tries = 3,
                             .lookups = (char *)"b",
                             .sock_state_cb = on_socket,
                             .sock_state_cb_data = &r};
    struct question *q = calloc((size_t)argc, sizeof *q);
    if (argc < 3 || !q || r.set < 0 ||
        ares_init_options(&r.channel, &o,
                          ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |
                              ARES_OPT_LOOKUPS | ARES_OPT_SOCK_STATE_CB) ||
        ares_set_servers_ports_csv(r.channel, argv[1]))
        return 1;
    defer
    {
        ares_destroy(r.channel);
        close(r.set);
        free(q);
    }
    await aw_race(look_up_all(&r, argv + 2, q), drive(&r));
    for (int i = 0; i + 2 < argc; i++)
        printf("%s: %s\n", argv[i + 2],
               q[i].status ? ares_strerror(q[i].status) : q[i].address);
    return 0;
}
