/* SPDX-License-Identifier: MIT
 * Where a unit's text comes from: the user's own C preprocessor, run with the
 * user's flags, or a file that is preprocessed already. */
#ifndef GEN_CPP_H
#define GEN_CPP_H

#include <stdbool.h>

#include "gen/buf.h"
#include "gen/vec.h"

typedef VEC(const char *) cpp_args;

struct cpp_job {
    cpp_args cc;                /* the compiler and arguments of its own */
    cpp_args args;              /* passed on: -I -D -U -std= ... */
    const char *input;          /* "-" is standard input */
    bool deps;                  /* -MD, -MMD: also write a depfile */
    bool dep_user;              /* -MMD: without system headers */
    bool dep_phony;             /* -MP */
    cpp_args dep_targets;       /* -MT X, -MQ X; when empty, `output` and
                                   `header` */
    const char *output;
    const char *header;         /* -H; NULL without */
};

/* Splits a command at blanks onto the end of `to`; quotes and backslashes keep
 * blanks in a word as they do in a shell, nothing else is special. False when
 * a quote stays open. */
bool cpp_split(struct arena *a, cpp_args *to, const char *command);

/* Runs `cc -E`: text receives its standard output, deps the depfile if one
 * is wanted; its messages go to our standard error. False after appending
 * why to err (nothing when the preprocessor has said it itself). */
bool cpp_run(struct arena *a, const struct cpp_job *j, struct buf *text,
             struct buf *deps, struct buf *err);

/* Reads a whole file, "-" for standard input. False and a message in err. */
bool cpp_read(const char *path, struct buf *text, struct buf *err);

#endif
