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

/* c-ares' sockets are in a set, an epoll descriptor, so that one task waits for
 * all of them. One that does not get there runs into c-ares' deadline. */
static void on_socket(void *set, ares_socket_t fd, int reads, int writes)
{
    struct epoll_event e = {.data.fd = fd};
    e.events = (reads ? EPOLLIN : 0u) | (writes ? EPOLLOUT : 0u);
    epoll_ctl(*(int *)set, EPOLL_CTL_DEL, fd, NULL);
    if (e.events)
        epoll_ctl(*(int *)set, EPOLL_CTL_ADD, fd, &e);
}

/* For as long as it is not cancelled: waits for a socket until c-ares' next
 * deadline, which is another one when something was asked, and says what it
 * was. Both ways of a socket may be tried: neither blocks. */
static async void drive(ares_channel channel, int set, aw_flag *asked)
{
    for (struct timeval minute = {60, 0}, soon, *t;;) {
        struct epoll_event e = {.data.fd = ARES_SOCKET_BAD};
        t = ares_timeout(channel, &minute, &soon);
        await aw_race(aw_fd_wait(set, AW_READ), aw_flag_wait(asked),
                      aw_sleep_ms(t->tv_sec * 1000 + t->tv_usec / 1000 + 1));
        epoll_wait(set, &e, 1, 0);
        ares_process_fd(channel, e.data.fd, e.data.fd);
    }
}

/* --- questions ----------------------------------------------------------- */

struct resolver {
    ares_channel channel;
    int set;
    aw_flag asked;
};

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
    aw_flag_set(&r->asked);
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
    struct resolver r = {NULL, epoll_create1(EPOLL_CLOEXEC), AW_FLAG_INIT};
    struct ares_options o = {.timeout = 400,
                             .tries = 3,
                             .lookups = (char *)"b",
                             .sock_state_cb = on_socket,
                             .sock_state_cb_data = &r.set};
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
    await aw_race(look_up_all(&r, argv + 2, q),
                  drive(r.channel, r.set, &r.asked));
    for (int i = 0; i + 2 < argc; i++)
        printf("%s: %s\n", argv[i + 2],
               q[i].status ? ares_strerror(q[i].status) : q[i].address);
    return 0;
}
