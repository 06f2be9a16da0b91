/* SPDX-License-Identifier: 0BSD
 * aw_mailbox: a queue between loops. Under its lock nobody waits, but whoever
 * is to go on may be woken there.
 *
 *   (at once)      LISTED --> CHOSEN      there is a message, or room, for it
 *                         \-> REFUSED     closed
 *
 * As in sync.c, messages and room are kept for those who were chosen until
 * they have come for them; one that is cancelled passes its turn on. A waiter
 * is part of the frame that waits. It is woken by its flag, under the lock,
 * and takes the lock when it goes on: then nobody else touches it any more,
 * unless its own loop is yet to see the flag (it was cancelled just then). */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "impl_io.h"

#include <pthread.h>
#include <string.h>

enum mail_state { LISTED, CHOSEN, REFUSED };

/* A mailbox has the one of these that its address says, so that it needs
 * neither a beginning nor an end. */
#define LOCKS 16
#define LOCK PTHREAD_MUTEX_INITIALIZER
#define LOCK_4 LOCK, LOCK, LOCK, LOCK
static pthread_mutex_t locks[LOCKS] = {LOCK_4, LOCK_4, LOCK_4, LOCK_4};

static pthread_mutex_t *lock_of(const aw_mailbox *m)
{
    uintptr_t n = (uintptr_t)m / 64;
    return &locks[(n ^ n >> 4 ^ n >> 8) % LOCKS];
}

/* --- under the lock ------------------------------------------------------ */

static void line_up(aw_mailbox *m, struct awi_mail *w)
{
    struct awi_mail **line = &m->line[w->get], *first = *line;
    w->state = LISTED;
    w->next = first ? first : w;
    w->last = first ? first->last : w;
    w->last->next = w;
    w->next->last = w;
    if (!first)
        *line = w;
}

static void leave_line(aw_mailbox *m, struct awi_mail *w)
{
    struct awi_mail **line = &m->line[w->get];
    w->last->next = w->next;
    w->next->last = w->last;
    if (*line == w)
        *line = w->next == w ? NULL : w->next;
}

/* The first in line goes on; false: there is none. */
static bool wake_first(aw_mailbox *m, bool get, enum mail_state state)
{
    struct awi_mail *w = m->line[get];
    if (!w)
        return false;
    leave_line(m, w);
    w->state = (uint8_t)state;
    aw_flag_set(&w->woken);
    return true;
}

/* How many messages to get, how much room to put, nobody was chosen for. */
static size_t left(const aw_mailbox *m, bool get)
{
    size_t all = get ? m->count : m->capacity - m->count;
    return all - m->chosen[get];
}

static void choose(aw_mailbox *m)
{
    for (int get = 0; get < 2; get++)
        while (left(m, get) > 0 && wake_first(m, get, CHOSEN))
            m->chosen[get]++;
}

/* Puts the message, or gets one. */
static void carry(aw_mailbox *m, void *message, bool get)
{
    size_t at = get ? m->head : (m->head + m->count) % m->capacity;
    char *place = (char *)m->array + at * m->size;
    if (get) {
        memcpy(message, place, m->size);
        m->head = (m->head + 1) % m->capacity;
        m->count--;
    } else {
        memcpy(place, message, m->size);
        m->count++;
    }
    choose(m);
}

/* 0, or EPIPE, or EAGAIN: it has to wait. */
static int try_at_once(aw_mailbox *m, void *message, bool get)
{
    if (m->closed && (!get || left(m, get) == 0))
        return EPIPE;
    if (left(m, get) == 0)
        return EAGAIN;
    carry(m, message, get);
    return 0;
}

static int begin(struct awi_mail *w)
{
    int error = try_at_once(w->mailbox, w->message, w->get);
    if (error != EAGAIN)
        return error;
    line_up(w->mailbox, w);
    return AW_PENDING;
}

/* A waiter goes on, cancelled or because it was woken. */
static int go_on(struct awi_mail *w)
{
    aw_mailbox *m = w->mailbox;
    int outcome = w->cancelled ? AW_CANCELLED : 0;
    if (w->state == LISTED) {
        leave_line(m, w);
        return outcome;
    }
    if (AWI_LOAD(&w->woken.pending))
        return AW_PENDING;
    if (w->state == CHOSEN)
        m->chosen[w->get]--;
    if (outcome == 0 && (w->state == REFUSED || (m->closed && !w->get)))
        outcome = EPIPE;
    if (outcome == 0)
        carry(m, w->message, w->get);
    else
        choose(m);
    return outcome;
}

/* --- what programs call -------------------------------------------------- */

int aw_mailbox_post(aw_mailbox *m, const void *message)
{
    pthread_mutex_t *lock = lock_of(m);
    pthread_mutex_lock(lock);
    int error = try_at_once(m, (void *)(uintptr_t)message, false);
    pthread_mutex_unlock(lock);
    return error;
}

void aw_mailbox_close(aw_mailbox *m)
{
    pthread_mutex_t *lock = lock_of(m);
    pthread_mutex_lock(lock);
    m->closed = true;
    for (int get = 0; get < 2; get++)
        while (wake_first(m, get, REFUSED))
            continue;
    pthread_mutex_unlock(lock);
}

static void set_up(struct awi_mail *w, aw_mailbox *m, const void *message,
                   bool get)
{
    *w = (struct awi_mail){.mailbox = m,
                           .message = (void *)(uintptr_t)message,
                           .woken = AW_FLAG_INIT,
                           .get = get};
    w->woken.loop = awi_here();
}

static int step(struct awi_mail *w, struct aw_frame *self, struct aw_task *t,
                int outcome)
{
    pthread_mutex_t *lock = lock_of(w->mailbox);
    w->cancelled |= outcome != 0;
    pthread_mutex_lock(lock);
    outcome = self->state ? go_on(w) : begin(w);
    pthread_mutex_unlock(lock);
    self->state = 1;
    if (outcome != AW_PENDING)
        return outcome;
    w->woken.waiter = t;
    return awi_wait(t, AWI_FLAG, &w->woken);
}

int awfr_aw_mailbox_put(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_mailbox_put *f = (struct awf_aw_mailbox_put *)self;
    if (self->state == 0)
        set_up(&f->wait, f->mailbox, f->message, false);
    return step(&f->wait, self, t, outcome);
}

int awfr_aw_mailbox_get(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_mailbox_get *f = (struct awf_aw_mailbox_get *)self;
    if (self->state == 0)
        set_up(&f->wait, f->mailbox, f->message, true);
    return step(&f->wait, self, t, outcome);
}

AWI_DESC(aw_mailbox_put, NULL);
AWI_DESC(aw_mailbox_get, NULL);
