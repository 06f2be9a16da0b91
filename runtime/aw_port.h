/* SPDX-License-Identifier: 0BSD
 * What a port is: everything that touches the system, one file each under
 * port/, chosen at link time. A port keeps its state in struct awi_port of
 * the loop. Hosted ports get memory from pool.c, messages from hosted.c. */
#ifndef AW_PORT_H
#define AW_PORT_H

#include "aw.h"

#ifdef __cplusplus
extern "C" {
#endif

struct aw_loop;

/* Belongs to the port, inside the loop; zero before awi_port_open. */
struct awi_port {
    int fd;
    int wake_fd;
    bool poll;              /* awi_port_poll is wanted at every turn */
    bool fresh;             /* it has been polled: the next one is done */
    bool forgets;           /* awi_port_watch is wanted for every wait */
    void *set;              /* memory of the port */
    size_t room;
};

/* Where the port's state of a loop is. */
struct awi_port *awi_port_of(struct aw_loop *l);

/* Called with each new loop and before it goes; 0 or an error. */
int awi_port_open(struct aw_loop *l);
void awi_port_close(struct aw_loop *l);

/* Monotonic milliseconds, rounded down and up: deadlines are counted from the
 * upper one and due by the lower one, so no sleep ends early. Any thread. */
int64_t awi_port_now(void);
int64_t awi_port_now_up(void);

/* Microseconds of the same clock, for traces: hosted ports. */
int64_t awi_port_now_us(void);

/* Looks once, without waiting, at what may make tasks ready. */
void awi_port_poll(struct aw_loop *l);

/* Sleeps until awi_port_now() >= deadline (INT64_MAX: no deadline) or a wake;
 * a wake that came since the last wait ended counts. May return early. */
void awi_port_wait(struct aw_loop *l, int64_t deadline);

/* Makes the wait of `l` return. Any thread, interrupts, signal handlers. */
void awi_port_wake(struct aw_loop *l);

/* A descriptor that is readable when the wait would return at once, for a
 * foreign loop; -1 when there is no such thing. */
int awi_port_fd(struct aw_loop *l);

/* Descriptors, for ports that have them; fd.c is all that calls these.
 * watch: from now on awi_fd_ready() is called by poll and wait while fd has
 * one of these events (AW_READ, AW_WRITE), no longer of others; 0: of none. 0
 * or an error, EPERM: fd is always ready. close_fd: closes fd, which nobody
 * waits for any more; l may be NULL; 0 or an error. */
int awi_port_watch(struct aw_loop *l, int fd, int events);
int awi_port_close_fd(struct aw_loop *l, int fd);

/* What such a port calls: awi_fd_open in its own open; ready with the events
 * that fd has (both when it is broken), failed when fd cannot be waited for.
 * As long as nobody waits, `poll` of the port may be false. */
void awi_fd_open(struct aw_loop *l);
void awi_fd_ready(struct aw_loop *l, int fd, int events);
void awi_fd_failed(struct aw_loop *l, int fd, int error);

/* A short critical section against awi_port_wake's callers; `lock` gives what
 * `unlock` takes. Not nested. */
unsigned awi_port_lock(void);
void awi_port_unlock(unsigned was);

/* Memory (aligned for any object of the language of `size` bytes, NULL when
 * there is none), and the default exception handler. */
void *awi_port_alloc(size_t size);
void awi_port_free(void *p, size_t size);
void awi_port_report(const aw_error_report *report);

/* Prints and ends the program: an error of the program that no code can
 * handle (`throw 0`). Does not return. */
#ifdef __GNUC__
__attribute__((noreturn))
#endif
void awi_port_panic(const char *message, const char *function, unsigned line);

#ifdef __cplusplus
}
#endif
#endif
