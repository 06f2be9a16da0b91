/* SPDX-License-Identifier: MIT
 * The limit: state machines as an expert writes them by hand. A frame knows
 * how to go on and whom to call back; a task is its innermost frame; ready
 * tasks stand in an intrusive list. */
#ifndef HAND_H
#define HAND_H

#include "bench.h"

enum outcome { PENDING, DONE };

struct task;
struct frame {
    enum outcome (*resume)(struct task *, struct frame *);
    struct frame *parent;
    int state;
};

struct task {
    struct task *next;
    struct frame *leaf; /* resumed next */
};

static struct {
    struct task *head, **tail;
} ready = {NULL, &ready.head};

static inline void make_ready(struct task *t)
{
    t->next = NULL;
    *ready.tail = t;
    ready.tail = &t->next;
}

static inline void start(struct task *t, struct frame *f,
                         enum outcome (*resume)(struct task *, struct frame *))
{
    f->resume = resume;
    f->parent = NULL;
    f->state = 0;
    t->leaf = f;
    make_ready(t);
}

/* Runs what is ready until nothing is. */
static inline void run_ready(void)
{
    while (ready.head) {
        struct task *t = ready.head;
        struct frame *f = t->leaf;

        ready.head = t->next;
        if (!ready.head)
            ready.tail = &ready.head;
        while (f && f->resume(t, f) == DONE) {
            f = f->parent;
            t->leaf = f;
        }
    }
}

#endif
