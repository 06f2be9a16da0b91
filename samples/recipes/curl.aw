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

/* libcurl's sockets are in a set, an epoll descriptor, so that one task waits
 * for all of them. What it says of a socket is a number from 0 to 4. */
static int on_socket(CURL *h, curl_socket_t fd, int what, void *set, void *more)
{
    static const uint32_t of[] = {0, EPOLLIN, EPOLLOUT, EPOLLIN | EPOLLOUT, 0};
    struct epoll_event e = {.events = of[what], .data.fd = fd};
    (void)h, (void)more;
    epoll_ctl(*(int *)set, EPOLL_CTL_DEL, fd, NULL);
    return e.events ? epoll_ctl(*(int *)set, EPOLL_CTL_ADD, fd, &e) : 0;
}

/* Waits for a socket until libcurl's next deadline, which is another one when
 * something has begun, and says what it was. */
static async void step(CURLM *multi, int set, aw_flag *begun)
{
    struct epoll_event e = {.data.fd = CURL_SOCKET_TIMEOUT};
    int running;
    long ms;
    curl_multi_timeout(multi, &ms);
    await aw_race(aw_fd_wait(set, AW_READ), aw_flag_wait(begun),
                  aw_sleep_ms(ms < 0 ? 60000 : ms));
    epoll_wait(set, &e, 1, 0);
    curl_multi_socket_action(multi, e.data.fd, 0, &running);
}

/* --- transfers ----------------------------------------------------------- */

struct transfers {
    CURLM *multi;
    int set;
    aw_flag begun;
};

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
        await step(t->multi, t->set, &t->begun);
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
    aw_flag_set(&all->begun);
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
                            AW_FLAG_INIT};
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
    curl_multi_setopt(all.multi, CURLMOPT_SOCKETDATA, &all.set);
    await aw_race(get_all(&all, argv + 1, t), drive(&all));
    for (int i = 0; i + 1 < argc; i++)
        if (t[i].result)
            printf("%s\n", curl_easy_strerror(t[i].result));
        else
            printf("%ld, %zu bytes, sum %u\n", t[i].status, t[i].size,
                   t[i].sum);
    return 0;
}
