/* SPDX-License-Identifier: MIT
 * Diagnostics: collected while the pipeline runs, printed by the driver in
 * source order of their finding. Every message is a line of diag.def. */
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

/* One collected diagnostic. */
struct diag_item {
    enum diag_id id;
    struct span at;
    const char *text;           /* formatted */
    VEC(struct diag_note) notes;
};

/* Reports message `id` at the tokens of `at` (the caret at the first, the
 * range over all); the arguments fill the message's format. An error counts
 * in unit->errors; after unit->error_limit of them the rest are only counted.
 * The same message at the same place is reported once. */
void diag(struct unit *u, struct span at, enum diag_id id, ...);

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

#endif
