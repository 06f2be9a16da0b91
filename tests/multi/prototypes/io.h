/* SPDX-License-Identifier: MIT
 * An ordinary header, for plain C too. */
#ifndef IO_H
#define IO_H

#include <aw.h>

struct job {
    int id;
    double weight;
};

_Async double run_job(struct job j, const char *name);
_Async void idle(void);
extern int calls;

#endif
