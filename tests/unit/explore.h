/* SPDX-License-Identifier: MIT
 * The model check of the runtime: the search for runs, the program that runs,
 * and what is looked at before each of its steps. */
#ifndef TESTS_UNIT_EXPLORE_H
#define TESTS_UNIT_EXPLORE_H

#include "runtime/impl.h"
#include "tests/unit/rt.h"

enum { KIDS = 3, FREE = 2, P = 3, TASKS = 4, DEPTH = 400, STATES = 1 << 16 };

/* What a child, or F, does. */
enum act {
    NAP, SLEEP_1, SLEEP_2, THROW_1, STUBBORN, SLOW, EXPIRE, TAKE_LOCK, TAKE_SEM,
    WAIT_EVENT, WAIT_FLAG, SET_BOTH, WAIT_CONDITION, NOTIFY, MEET, PUT, GET,
    CLOSE, JOIN_OTHER, ACTS
};

/* What P awaits. */
enum form {
    CALL_1, GATHER_2, GATHER_UNHELD, GATHER_F, GATHER_TASKS, RACE_2, RACE_F,
    WAIT_FOR_1, WAIT_FOR_F, WAIT_FOR_2, SHIELD_1, SHIELD_F, GROUP_2,
    GROUP_LIMIT, TIMEOUT_1, TIMEOUTS, TRY_2, NESTED, ROOTED, JOIN_F, FORMS
};

/* The choices of this run, each out of how many, and counts. */
extern struct search {
    int at[DEPTH], of[DEPTH];   /* choices of this run, and out of how many */
    int length, pos;
    unsigned long runs, steps, states;
    uint64_t seen[STATES];
} search;

/* The next run; false after the last one. */
bool advance(void);

/* The program under test and how far it is. */
extern struct world {
    enum form form;
    enum act act[KIDS];
    bool free_first;
    int cancels, most;          /* injected, and at most */
    struct aw_task *task[TASKS];    /* kids, F, P; NULL: not there any more */
    bool asked[TASKS], saw[TASKS];
    int entered[TASKS], cleaned[TASKS];
    bool in_step;
    int depth;                  /* of calls within a step */
    long bytes;
    aw_lock lock;
    aw_semaphore semaphore;
    aw_event event;
    aw_flag flag;
    aw_condition condition;
    aw_barrier barrier;
    int room[1];
    struct aw_queue queue;
} w;

/* The program and its cancellations, for people. */
const char *describe(void);

#define REQUIRE(what) \
    do { \
        if (!(what)) \
            ck_abort_msg("%s: %s", #what, describe()); \
    } while (0)

/* Nobody waits for an object that would let them pass. */
void check_objects(void);

/* A cancellation, or none, where it stands: a choice. */
void inject(void);

/* Every resume function of the program is called through this. */
int step(int (*resume)(struct aw_frame *, struct aw_task *, int),
         struct aw_frame *self, struct aw_task *t, int outcome);

#endif
