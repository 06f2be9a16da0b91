/* SPDX-License-Identifier: MIT
 * Downloads by libcurl, all at the same time. pkg: libcurl
 *
 *     curl URL...     the status, the size and the sum of the bytes of each */
#include <aw_io.h>
#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

/* --- the adapter --------------------------------------------------------- */

/* libcurl's sockets are in an epoll descriptor of their own, so that one task
 * waits for all of them. */
struct transfers {
    CURLM *multi;
    int set;
    aw_event begun; /* there is one more: the deadline has changed */
};

static int on_socket(CURL *h, curl_socket_t fd, int what, void *t, void *known)
{
    int set = ((struct transfers *)t)->set;
    struct epoll_event e = {.events = (what & CURL_POLL_IN ? EPOLLIN : 0u) |
                                      (what & CURL_POLL_OUT ? EPOLLOUT : 0u),
                            .data.fd = fd};
    (void)h;
    (void)known;
    epoll_ctl(set, EPOLL_CTL_DEL, fd, NULL);
    return what == CURL_POLL_REMOVE ? 0 : epoll_ctl(set, EPOLL_CTL_ADD, fd, &e);
}

/* Waits for a socket until libcurl's next deadline, and says what it was. */
static async void step(struct transfers *t)
{
    struct epoll_event of = {.data.fd = CURL_SOCKET_TIMEOUT};
    int running;
    long ms;
    curl_multi_timeout(t->multi, &ms);
    aw_event_clear(&t->begun);
    await aw_try(aw_wait_for_ms(
        aw_race(aw_fd_wait(t->set, AW_READ), aw_event_wait(&t->begun)),
        ms < 0 ? 60000 : ms));
    epoll_wait(t->set, &of, 1, 0);
    curl_multi_socket_action(t->multi, of.data.fd, 0, &running);
}

/* --- transfers ----------------------------------------------------------- */

struct transfer {
    aw_event ended;
    CURLcode result;
    long status;
    size_t size;
    unsigned sum;
};

static async void drive(struct transfers *t)
{
    struct transfer *ended;
    for (CURLMsg *m;;) {
        int left;
        await step(t);
        while ((m = curl_multi_info_read(t->multi, &left))) {
            curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &ended);
            ended->result = m->data.result;
            aw_event_set(&ended->ended);
        }
    }
}

static size_t on_data(char *p, size_t one, size_t n, void *arg)
{
    struct transfer *t = arg;
    (void)one;
    for (size_t i = 0; i < n; i++)
        t->sum += (unsigned char)p[i];
    t->size += n;
    return n;
}

static async void get(struct transfers *all, const char *url,
                      struct transfer *t)
{
    CURL *h = curl_easy_init();
    if (!h)
        throw ENOMEM;
    defer curl_easy_cleanup(h);
    curl_easy_setopt(h, CURLOPT_URL, url);
    curl_easy_setopt(h, CURLOPT_PRIVATE, t);
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, on_data);
    curl_easy_setopt(h, CURLOPT_WRITEDATA, t);
    curl_multi_add_handle(all->multi, h);
    defer curl_multi_remove_handle(all->multi, h);
    aw_event_set(&all->begun);
    await aw_event_wait(&t->ended);
    curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &t->status);
}

/* --- a program ----------------------------------------------------------- */

static async void get_all(struct transfers *all, char **urls,
                          struct transfer *t)
{
    aw_group (g) {
        for (int i = 0; urls[i]; i++)
            aw_group_spawn(g, get(all, urls[i], &t[i]));
    }
}

async int main(int argc, char **argv)
{
    struct transfers all = {curl_multi_init(), epoll_create1(EPOLL_CLOEXEC),
                            AW_EVENT_INIT};
    struct transfer *t = calloc((size_t)argc, sizeof *t);
    if (!all.multi || all.set < 0 || !t)
        return 1;
    defer
    {
        curl_multi_cleanup(all.multi);
        close(all.set);
        free(t);
    }
    curl_multi_setopt(all.multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(all.multi, CURLMOPT_SOCKETDATA, &all);
    await aw_race(get_all(&all, argv + 1, t), drive(&all));
    for (int i = 0; i + 1 < argc; i++)
        if (t[i].result)
            printf("%s\n", curl_easy_strerror(t[i].result));
        else
            printf("%ld, %zu bytes, sum %u\n", t[i].status, t[i].size,
                   t[i].sum);
    return 0;
}
