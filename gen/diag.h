/* SPDX-License-Identifier: MIT
 * Diagnostics: collected while the pipeline runs, printed by the driver in
 * the order of the source. Every message is a line of diag.def. */
#ifndef GEN_DIAG_H
#define GEN_DIAG_H

#include <stdarg.h>
#include <stdbool.h>

#include "gen/token.h"
#include "gen/vec.h"

struct unit;
struct buf;

enum diag_level { DIAG_ERROR, DIAG_WARNING };

enum diag_id {
#define DIAG(id, level, name, text) D_##id,
#include "gen/diag.def"
    DIAG_COUNT
};

struct diag_note {
    struct span at;
    const char *text;
};

/* What -W... say about warnings; all zero is nothing: warnings are shown. */
struct diag_switches {
    bool quiet;                 /* -w: none is shown */
    bool none;                  /* -Wno-all: none that is not asked for */
    bool fatal;                 /* -Werror: each is an error */
    int8_t shown[DIAG_COUNT];   /* 1 -Wname, -1 -Wno-name */
    int8_t failed[DIAG_COUNT];  /* 1 -Werror=name, -1 -Wno-error=name */
};

/* Applies `-W` followed by `what`. False when no warning has that name. */
bool diag_switch(struct diag_switches *s, const char *what);

/* The span of a message about no place of the input. */
#define DIAG_NOWHERE ((struct span){UINT32_MAX, UINT32_MAX})

/* One collected diagnostic. */
struct diag_item {
    enum diag_id id;
    enum diag_level level;      /* after unit->switches */
    struct span at;
    const char *text;           /* formatted */
    VEC(struct diag_note) notes;
};

/* Reports message `id` at the tokens of `at` (the caret at the first, the
 * range over all); the arguments fill the message's format. A warning that
 * is switched off, or about a system header, is dropped. An error counts
 * in unit->errors; after unit->error_limit of them the rest are only counted.
 * The same message at the same place is reported once. */
void diag(struct unit *u, struct span at, enum diag_id id, ...);

/* Puts what was collected into the order of the source; those of one place
 * stay as they were reported. */
void diag_sort(struct unit *u);

/* Forgets the warnings about bodies when there is an error that is none of
 * them: they are for bodies without errors. */
void diag_drop_warnings(struct unit *u);

/* Adds a note to the diagnostic reported last: another place, printf text.
 * Does nothing when that one was not collected. */
void diag_note(struct unit *u, struct span at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* What diag.def says about a message. */
enum diag_level diag_level_of(enum diag_id id);
const char *diag_name(enum diag_id id);

/* Prints everything collected, gcc style: `file:line:col: error: text
 * [name]`, the source line, caret and range. Where the user's file can be
 * read and has the token on that line, the line and the column are those of
 * the file, not of its preprocessed text. */
void diag_print(const struct unit *u, struct buf *out, bool color);

/* The same for programs: a line with a JSON array in the shape of gcc's
 * -fdiagnostics-format=json, empty when nothing was collected. A message has
 * its "name", a warning its "option". (diag_json.c) */
void diag_print_json(const struct unit *u, struct buf *out);

#endif
