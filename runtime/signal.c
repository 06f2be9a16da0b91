/* SPDX-License-Identifier: 0BSD
 * Signals: a flag for each, which the handler sets. The flags stay for ever,
 * because a handler may still run on another thread when its signal is
 * closed. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "impl_io.h"

#include <signal.h>
#include <string.h>

#define SIGNALS 65

static aw_flag flags[SIGNALS];
static struct sigaction before[SIGNALS];
static bool taken[SIGNALS];

static void on_signal(int number)
{
    aw_flag_set(&flags[number]);
}

/* Under the lock. */
static int take(int number)
{
    struct sigaction now;
    memset(&now, 0, sizeof now);
    now.sa_handler = on_signal;
    now.sa_flags = SA_RESTART;
    sigemptyset(&now.sa_mask);
    if (taken[number])
        return EBUSY;
    aw_flag_clear(&flags[number]);
    if (sigaction(number, &now, &before[number]))
        return errno;
    taken[number] = true;
    return 0;
}

int aw_signal_open(int number)
{
    if (number <= 0 || number >= SIGNALS)
        return EINVAL;
    unsigned was = awi_port_lock();
    int error = take(number);
    awi_port_unlock(was);
    return error;
}

static bool is_open(int number)
{
    return number > 0 && number < SIGNALS && taken[number];
}

void aw_signal_close(int number)
{
    if (!is_open(number))
        return;
    unsigned was = awi_port_lock();
    sigaction(number, &before[number], NULL);
    taken[number] = false;
    awi_port_unlock(was);
    struct aw_task *t = flags[number].waiter;
    flags[number].waiter = NULL;
    if (t)
        awi_ready(awi_here(), t, EINVAL);
}

int awfr_aw_signal_wait(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_signal_wait *f = (struct awf_aw_signal_wait *)self;
    if (self->state)
        return outcome;
    if (!is_open(f->number))
        return EINVAL;
    self->state = 1;
    f->wait.aw.state = 0;
    f->wait.flag = &flags[f->number];
    return awi_call(self, t, &f->wait.aw, &awfd_aw_flag_wait);
}

AWI_DESC(aw_signal_wait, NULL);
