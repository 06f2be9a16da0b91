/* SPDX-License-Identifier: 0BSD
 * aw_to_thread: a queue of calls and a few threads that take from it. A call
 * is its frame, in the memory of the task that awaits it, which therefore
 * waits until the thread has let go of it.
 *
 *   QUEUED --> RUNNING --> DONE      under the lock
 *
 * The thread sets the flag of the call under the lock too, and who is resumed
 * by it takes the lock once: then the thread does not touch the loop any
 * more. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "impl_io.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

#ifndef AW_THREADS
#define AW_THREADS 8
#endif

/* A thread that has nothing to do for so long ends. */
#define IDLE_SECONDS 10

typedef struct awf_aw_to_thread call;

enum place { QUEUED, RUNNING, DONE };

static struct {
    pthread_mutex_t lock;
    pthread_cond_t more;
    call *first, *last;
    unsigned queued, threads, idle;
} pool = {
    PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, NULL, NULL, 0, 0, 0};

/* --- the queue, under the lock ------------------------------------------- */

static void append(call *c)
{
    c->next = NULL;
    if (pool.last)
        pool.last->next = c;
    else
        pool.first = c;
    pool.last = c;
    pool.queued++;
}

static void take_out(call *c)
{
    call *before = NULL;
    for (call *p = pool.first; p != c; p = p->next)
        before = p;
    if (before)
        before->next = c->next;
    else
        pool.first = c->next;
    if (pool.last == c)
        pool.last = before;
    pool.queued--;
}

/* --- threads ------------------------------------------------------------- */

/* false: nothing has come for a long time. */
static bool wait_for_more(void)
{
    struct timespec until;
    int error = 0;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += IDLE_SECONDS;
    pool.idle++;
    while (!pool.first && error == 0)
        error = pthread_cond_timedwait(&pool.more, &pool.lock, &until);
    pool.idle--;
    return pool.first != NULL;
}

static void *work(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&pool.lock);
    while (pool.first || wait_for_more()) {
        call *c = pool.first;
        take_out(c);
        c->place = RUNNING;
        pthread_mutex_unlock(&pool.lock);
        c->ret = c->fn(c->arg);
        pthread_mutex_lock(&pool.lock);
        c->place = DONE;
        aw_flag_set(&c->ended);
    }
    pool.threads--;
    pthread_mutex_unlock(&pool.lock);
    return NULL;
}

/* Signals are for the program's own threads. */
static int new_thread(void)
{
    sigset_t all, before;
    pthread_t t;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&t, NULL, work, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (error == 0) {
        pool.threads++;
        pthread_detach(t);
    }
    return error;
}

static int submit(call *c)
{
    int error = 0;
    pthread_mutex_lock(&pool.lock);
    append(c);
    if (pool.queued > pool.idle && pool.threads < AW_THREADS)
        error = new_thread();
    if (pool.threads > 0)
        error = 0;
    if (error)
        take_out(c);
    else
        pthread_cond_signal(&pool.more);
    pthread_mutex_unlock(&pool.lock);
    return error;
}

/* --- the async function -------------------------------------------------- */

/* Whether the call is over, and with it all that a thread does with it; one
 * that has not begun is given up. */
static bool let_go(call *c)
{
    pthread_mutex_lock(&pool.lock);
    bool queued = c->place == QUEUED, done = c->place == DONE;
    if (queued)
        take_out(c);
    pthread_mutex_unlock(&pool.lock);
    return queued || (done && !AWI_LOAD(&c->ended.pending));
}

int awfr_aw_to_thread(struct aw_frame *self, struct aw_task *t, int outcome)
{
    call *c = (call *)self;
    if (self->state == 0) {
        self->state = 1;
        c->cancelled = false;
        c->place = QUEUED;
        c->ended = (aw_flag)AW_FLAG_INIT;
        c->ended.loop = awi_here();
        outcome = submit(c);
        if (outcome)
            return outcome;
    } else {
        c->cancelled |= outcome != 0;
        if (let_go(c))
            return c->cancelled ? AW_CANCELLED : 0;
    }
    c->ended.waiter = t;
    return awi_wait(t, AWI_FLAG, &c->ended);
}

static void store_pointer(void *dst, const struct aw_frame *self)
{
    *(void **)dst = ((const call *)(const void *)self)->ret;
}

AWI_DESC(aw_to_thread, store_pointer);
