/* SPDX-License-Identifier: MIT
 * aw_fd_wait on scripted descriptors: who is woken, when, and by what.
 * ports: sim */
#include <aw_io.h>
#include <errno.h>
#include <stdio.h>
#include "port/sim.h"

static async void wait_for(const char *name, int fd, int events)
{
    int got = 0, error = 0;
    try {
        got = await aw_fd_wait(fd, events);
    } catch (AW_CANCELLED) {
        error = AW_CANCELLED;
    } catch (int e) {
        error = e;
    }
    printf("%3d %s: %s, %d\n", (int)aw_now_ms(), name, aw_strerror(error), got);
}

static void both(struct aw_sim_event *e)
{
    (void)e;
    aw_sim_fd(3, AW_READ | AW_WRITE);
}

static void readable(struct aw_sim_event *e)
{
    (void)e;
    aw_sim_fd(3, AW_READ);
}

/* A reader and a writer, in the order of the descriptor's events. */
static async void directions(void)
{
    static struct aw_sim_event at_10, at_20;
    aw_sim_at(&at_10, 10, readable);
    aw_sim_at(&at_20, 20, both);
    await aw_gather(wait_for("reader", 3, AW_READ),
                    wait_for("writer", 3, AW_WRITE),
                    wait_for("second reader", 3, AW_READ),
                    wait_for("either", 3, AW_READ | AW_WRITE));
    await wait_for("ready already", 3, AW_READ | AW_WRITE);
    aw_sim_fd(3, 0);
}

/* Cancelling one leaves the other; what is cancelled can be waited for
 * again. */
static async void cancelled(void)
{
    aw_task(void) r = aw_create_task(wait_for("cancelled", 3, AW_READ));
    aw_task(void) w = aw_create_task(wait_for("left alone", 3, AW_WRITE));
    await aw_sleep_ms(5);
    aw_cancel(r);
    await r;
    aw_task(void) again = aw_create_task(wait_for("again", 3, AW_READ));
    await aw_sleep_ms(5);
    aw_sim_fd(3, AW_READ | AW_WRITE);
    await aw_gather(w, again);
    aw_sim_fd(3, 0);
    aw_task_release(r);
    aw_task_release(w);
    aw_task_release(again);
}

/* Ready and cancelled in the same turn: the cancellation wins. */
static async void at_once(void)
{
    aw_task(void) r = aw_create_task(wait_for("at once", 3, AW_READ));
    await aw_sleep_ms(1);
    aw_sim_fd(3, AW_READ);
    await aw_sleep_ms(0);
    printf("    cancel: %d\n", aw_cancel(r));
    await r;
    aw_task_release(r);
    aw_sim_fd(3, 0);
}

static async void closed(void)
{
    aw_task(void) r = aw_create_task(wait_for("closed reader", 3, AW_READ));
    aw_task(void) w = aw_create_task(wait_for("closed writer", 3, AW_WRITE));
    aw_task(void) o = aw_create_task(wait_for("another", 11, AW_WRITE));
    await aw_sleep_ms(5);
    printf("    close: %d\n", aw_fd_close(3));
    await aw_gather(r, w);
    aw_sim_fd(11, AW_WRITE);
    await o;
    aw_sim_fd(11, 0);
    aw_task_release(r);
    aw_task_release(w);
    aw_task_release(o);
}

static async void errors(void)
{
    await wait_for("no events", 3, 0);
    await wait_for("no such events", 3, 8);
    await wait_for("negative", -1, AW_READ);
    await wait_for("not open", 99, AW_READ);
    aw_sim_fd_error(4, EPERM);
    await wait_for("a regular file", 4, AW_READ | AW_WRITE);
    aw_sim_fd_error(4, ENOMEM);
    await wait_for("no memory", 4, AW_READ);
    aw_sim_fd_error(4, 0);
    printf("    close: %d %d\n", aw_fd_close(-1), aw_fd_close(99));
}

static async void spin(int *turns)
{
    for (;; ++*turns)
        await aw_sleep_ms(0);
}

/* Those who never sleep do not keep others from their descriptors. */
static async void not_starved(void)
{
    static struct aw_sim_event at;
    int turns = 0, which;
    aw_sim_charge(1);
    aw_sim_at(&at, aw_now_ms() + 10, readable);
    which = await aw_race(spin(&turns), wait_for("beside spinners", 3,
                                                 AW_READ));
    printf("    first: %d, after %d turns\n", which, turns);
    aw_sim_charge(0);
    aw_sim_fd(3, 0);
}

/* Many, most of them cancelled, on descriptors whose ways in the tree meet. */
static async void many(void)
{
    aw_task(void) t[AW_SIM_FDS];
    int fd;
    for (int i = 0; i < AW_SIM_FDS; i++) {
        fd = i * 13 % AW_SIM_FDS;
        t[fd] = aw_create_task(wait_for("many", fd, AW_READ));
    }
    await aw_sleep_ms(5);
    for (int i = 0; i < AW_SIM_FDS; i++) {
        fd = i * 5 % AW_SIM_FDS;
        if (fd % 8)
            aw_cancel(t[fd]);
        else
            aw_sim_fd(fd, AW_READ);
    }
    for (int i = 0; i < AW_SIM_FDS; i++) {
        await t[i];
        aw_sim_fd(i, 0);
        aw_task_release(t[i]);
    }
}

async int main(void)
{
    await directions();
    await cancelled();
    await at_once();
    await closed();
    await errors();
    await not_starved();
    await many();
    return 0;
}
