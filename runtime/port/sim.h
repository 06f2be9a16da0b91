/* SPDX-License-Identifier: 0BSD
 * Port `sim`, for tests: the clock is virtual and stands still while tasks
 * run; where another port would sleep, it jumps to the deadline. Programs
 * need nothing of this header; without it, being stuck ends them with a
 * message. State is one for the process. */
#ifndef AW_SIM_H
#define AW_SIM_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Something from outside, an interrupt or another thread: run at tick `at`,
 * between two steps. The object is the caller's until it has run. */
struct aw_sim_event {
    int64_t at;
    void (*fn)(struct aw_sim_event *self);
    struct aw_sim_event *next;
};

/* Back to the beginning: tick `now`, nothing scripted, no charge, defaults. */
void aw_sim_reset(int64_t now);

/* Puts an event into the script; equal ticks run in order of scripting. */
void aw_sim_at(struct aw_sim_event *e, int64_t at,
               void (*fn)(struct aw_sim_event *self));

/* Descriptors are made up: from 0 to AW_SIM_FDS - 1, others are EBADF. fd has
 * these events (AW_READ, AW_WRITE) from now on, until told otherwise; a wait
 * for it that is asked of the port fails with `error`, if not 0. */
#define AW_SIM_FDS 32
void aw_sim_fd(int fd, int events);
void aw_sim_fd_error(int fd, int error);

/* Each turn that runs tasks takes this many ticks, charged at its end. */
void aw_sim_charge(int64_t ticks);

/* More than `turns` at one tick are a livelock; 0 is the default, many. */
void aw_sim_limit(uint32_t turns);

/* Who is told when nothing can ever happen again ("deadlock"), or of a
 * livelock. It must not return, or change something: a scripted event, the
 * limit. NULL: a message and abort(). */
void aw_sim_on_stuck(void (*fn)(const char *what));

#ifdef __cplusplus
}
#endif
#endif
