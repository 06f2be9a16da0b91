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
    uv_loop_t *loop;
    uv_poll_t poll;
    uv_timer_t timer;
    int open; /* handles */
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
    (void)h;
}

static void on_close(uv_handle_t *h)
{
    ((struct ours *)h->data)->open--;
}

static int set_up(struct aw_loop *l)
{
    struct ours *o = l->port.set = awi_port_alloc(sizeof *o);
    if (!o)
        return ENOMEM;
    o->loop = chosen ? chosen : uv_default_loop();
    o->open = 0;
    int error = uv_timer_init(o->loop, &o->timer);
    if (error == 0)
        error = uv_poll_init(o->loop, &o->poll, l->port.fd);
    if (error == 0)
        error = uv_poll_start(&o->poll, UV_READABLE, on_poll);
    o->timer.data = o->poll.data = o;
    o->open = 2;
    return -error;
}

int awi_port_open(struct aw_loop *l)
{
    int error = awi_epoll_open(l);
    l->port.poll = true;
    l->port.set = NULL;
    if (error == 0 && (error = set_up(l)) != 0) {
        if (l->port.set)
            awi_port_free(l->port.set, sizeof(struct ours));
        awi_epoll_close(l);
    }
    return error;
}

void awi_port_close(struct aw_loop *l)
{
    struct ours *o = ours_of(l);
    uv_close((uv_handle_t *)&o->poll, on_close);
    uv_close((uv_handle_t *)&o->timer, on_close);
    while (o->open > 0)
        uv_run(o->loop, UV_RUN_NOWAIT);
    awi_port_free(o, sizeof *o);
    awi_epoll_close(l);
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
    if (deadline != INT64_MAX)
        uv_timer_start(&o->timer, on_timer, (uint64_t)awi_until_ms(deadline),
                       0);
    uv_run(o->loop, UV_RUN_ONCE);
    uv_timer_stop(&o->timer);
    awi_epoll_poll(l);
    l->port.fresh = l->port.poll = true;
}
