/* SPDX-License-Identifier: 0BSD
 * Port `uv`: port epoll, whose descriptor libuv watches, and whose waits are
 * runs of libuv's loop. So descriptors need no handles of libuv, whose memory
 * would outlive those who wait. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "../aw_port.h"

int awi_epoll_open(struct aw_loop *l);
void awi_epoll_close(struct aw_loop *l);
void awi_epoll_poll(struct aw_loop *l);
void awi_epoll_wait(struct aw_loop *l, int64_t deadline);

/* The same file, but that these are parts of what stands below. */
#define awi_port_open awi_epoll_open
#define awi_port_close awi_epoll_close
#define awi_port_poll awi_epoll_poll
#define awi_port_wait awi_epoll_wait
/* NOLINTNEXTLINE(bugprone-suspicious-include) */
#include "epoll.c"
#undef awi_port_open
#undef awi_port_close
#undef awi_port_poll
#undef awi_port_wait

#include "../aw_uv.h"

/* port.set of a loop. */
struct ours {
    struct aw_loop *l;
    uv_loop_t *loop;
    uv_poll_t poll;
    uv_timer_t timer;
    uv_prepare_t prepare;
    bool due;               /* the timer has fired */
    int open;               /* handles */
};

static AWI_THREAD uv_loop_t *chosen;

void aw_uv_use(uv_loop_t *loop)
{
    chosen = loop;
}

static struct ours *ours_of(struct aw_loop *l)
{
    return l->port.set;
}

/* uv_run has come back: that is all we want. */
static void on_poll(uv_poll_t *h, int status, int events)
{
    (void)h;
    (void)status;
    (void)events;
}

static void on_timer(uv_timer_t *h)
{
    ((struct ours *)h->data)->due = true;
}

/* Before it sleeps libuv runs timers and idle handles. Its sleep is over at
 * once when that is what we have waited for; no timer would end it. */
static void on_prepare(uv_prepare_t *h)
{
    struct ours *o = h->data;
    if (o->due || !awi_is_idle(o->l))
        uv_stop(o->loop);
}

static void on_close(uv_handle_t *h)
{
    ((struct ours *)h->data)->open--;
}

static int set_up(struct aw_loop *l, struct ours *o)
{
    o->l = l;
    o->loop = chosen ? chosen : uv_default_loop();
    o->timer.data = o->prepare.data = o->poll.data = o;
    o->due = false;
    uv_timer_init(o->loop, &o->timer);
    uv_prepare_init(o->loop, &o->prepare);
    uv_prepare_start(&o->prepare, on_prepare);
    o->open = 2;
    int error = uv_poll_init(o->loop, &o->poll, l->port.fd);
    if (error)
        return -error;
    o->open = 3;
    return -uv_poll_start(&o->poll, UV_READABLE, on_poll);
}

void awi_port_close(struct aw_loop *l)
{
    struct ours *o = ours_of(l);
    uv_close((uv_handle_t *)&o->timer, on_close);
    uv_close((uv_handle_t *)&o->prepare, on_close);
    if (o->open == 3)
        uv_close((uv_handle_t *)&o->poll, on_close);
    while (o->open > 0)
        uv_run(o->loop, UV_RUN_NOWAIT);
    awi_port_free(o, sizeof *o);
    awi_epoll_close(l);
}

int awi_port_open(struct aw_loop *l)
{
    int error = awi_epoll_open(l);
    if (error)
        return error;
    l->port.poll = true;
    l->port.set = awi_port_alloc(sizeof(struct ours));
    if (!l->port.set) {
        awi_epoll_close(l);
        return ENOMEM;
    }
    error = set_up(l, ours_of(l));
    if (error)
        awi_port_close(l);
    return error;
}

void awi_port_poll(struct aw_loop *l)
{
    if (!l->port.fresh) {
        uv_run(ours_of(l)->loop, UV_RUN_NOWAIT);
        awi_epoll_poll(l);
    }
    l->port.fresh = false;
    l->port.poll = true;
}

/* libuv's idea of the present is as old as its last turn. */
void awi_port_wait(struct aw_loop *l, int64_t deadline)
{
    struct ours *o = ours_of(l);
    uv_update_time(o->loop);
    o->due = false;
    if (deadline != INT64_MAX)
        uv_timer_start(&o->timer, on_timer, (uint64_t)awi_until_ms(deadline),
                       0);
    uv_run(o->loop, UV_RUN_ONCE);
    uv_timer_stop(&o->timer);
    awi_epoll_poll(l);
    l->port.fresh = l->port.poll = true;
}
