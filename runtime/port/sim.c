/* SPDX-License-Identifier: 0BSD
 * Port `sim`: see sim.h. */
#include "sim.h"

#include "../impl.h"

#define MANY_TURNS 50000000u

static struct {
    int64_t now;
    struct aw_sim_event *script; /* sorted by tick */
    int64_t charge;
    uint32_t limit;
    uint32_t turns; /* at this tick */
    bool ran;       /* the turn under way is to be charged */
    void (*on_stuck)(const char *what);
    struct {
        int events, error;
    } fd[AW_SIM_FDS];
} sim = {.limit = MANY_TURNS};

void aw_sim_reset(int64_t now)
{
    sim.now = now;
    sim.script = NULL;
    sim.charge = 0;
    sim.limit = MANY_TURNS;
    sim.turns = 0;
    sim.ran = false;
    sim.on_stuck = NULL;
    for (int fd = 0; fd < AW_SIM_FDS; fd++)
        sim.fd[fd].events = sim.fd[fd].error = 0;
}

void aw_sim_fd(int fd, int events)
{
    sim.fd[fd].events = events;
}

void aw_sim_fd_error(int fd, int error)
{
    sim.fd[fd].error = error;
}

void aw_sim_at(struct aw_sim_event *e, int64_t at,
               void (*fn)(struct aw_sim_event *self))
{
    struct aw_sim_event **p = &sim.script;
    while (*p && (*p)->at <= at)
        p = &(*p)->next;
    e->at = at;
    e->fn = fn;
    e->next = *p;
    *p = e;
}

void aw_sim_charge(int64_t ticks)
{
    sim.charge = ticks;
}

void aw_sim_limit(uint32_t turns)
{
    sim.limit = turns ? turns : MANY_TURNS;
    sim.turns = 0;
}

void aw_sim_on_stuck(void (*fn)(const char *what))
{
    sim.on_stuck = fn;
}

static void stuck(const char *what)
{
    if (sim.on_stuck)
        sim.on_stuck(what);
    else
        awi_port_panic(what, "sim", 0);
}

int awi_port_open(struct aw_loop *l)
{
    l->port.poll = true;
    l->port.forgets = true;
    awi_fd_open(l);
    sim.turns = 0;
    return 0;
}

void awi_port_close(struct aw_loop *l)
{
    (void)l;
    awi_pool_trim();
}

int awi_port_fd(struct aw_loop *l)
{
    (void)l;
    return -1;
}

int64_t awi_port_now(void)
{
    return sim.now;
}

int64_t awi_port_now_up(void)
{
    return sim.now;
}

int64_t awi_port_now_us(void)
{
    return sim.now * 1000;
}

/* --- descriptors --------------------------------------------------------- */

int awi_port_watch(struct aw_loop *l, int fd, int events)
{
    (void)l;
    if (fd >= AW_SIM_FDS)
        return EBADF;
    return events ? sim.fd[fd].error : 0;
}

int awi_port_close_fd(struct aw_loop *l, int fd)
{
    (void)l;
    return fd < AW_SIM_FDS ? 0 : EBADF;
}

static void look_at_fds(struct aw_loop *l)
{
    for (int fd = 0; fd < AW_SIM_FDS && l->fds.count > 0; fd++)
        if (sim.fd[fd].events)
            awi_fd_ready(l, fd, sim.fd[fd].events);
}

/* --- time ---------------------------------------------------------------- */

static void pass_time(int64_t to)
{
    if (to > sim.now) {
        sim.now = to;
        sim.turns = 0;
    }
}

static void run_script(void)
{
    while (sim.script && sim.script->at <= sim.now) {
        struct aw_sim_event *e = sim.script;
        sim.script = e->next;
        e->fn(e);
    }
}

static void charge(void)
{
    if (sim.ran)
        pass_time(sim.now + sim.charge);
    sim.ran = false;
}

void awi_port_poll(struct aw_loop *l)
{
    charge();
    run_script();
    look_at_fds(l);
    sim.ran = !awi_is_idle(l) || awi_wheel_next(&l->wheel) <= sim.now;
    if (sim.ran && ++sim.turns > sim.limit) {
        sim.turns = 0;
        stuck("livelock: the clock stands still");
    }
}

void awi_port_wait(struct aw_loop *l, int64_t deadline)
{
    charge();
    look_at_fds(l);
    if (!awi_is_idle(l))
        return;
    if (sim.script && sim.script->at < deadline)
        deadline = sim.script->at;
    if (deadline == INT64_MAX)
        stuck("deadlock: nothing is left to wait for");
    else
        pass_time(deadline);
}

void awi_port_wake(struct aw_loop *l)
{
    (void)l;
}

unsigned awi_port_lock(void)
{
    return 0;
}

void awi_port_unlock(unsigned was)
{
    (void)was;
}
