/* SPDX-License-Identifier: MIT
 * Diagnostics: collected while the pipeline runs, printed by the driver in
 * source order of their finding. Every message is a line of diag.def. */
#ifndef GEN_DIAG_H
#define GEN_DIAG_H

#include <stdarg.h>
#include <stdbool.h>

#include "gen/token.h"

struct unit;
struct buf;

enum diag_level { DIAG_ERROR, DIAG_WARNING };

enum diag_id {
#define DIAG(id, level, name, text) D_##id,
#include "gen/diag.def"
    DIAG_COUNT
};

/* Reports message `id` at the tokens of `at` (the caret at the first, the
 * range over all); the arguments fill the message's format. An error sets
 * unit->errors; after 20 of them the rest are only counted. */
void diag(struct unit *u, struct span at, enum diag_id id, ...);

/* Adds a note to the diagnostic reported last: another place, printf text. */
void diag_note(struct unit *u, struct span at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Prints everything collected, gcc style: `file:line:col: error: text
 * [name]`, the source line, caret and range. */
void diag_print(const struct unit *u, struct buf *out, bool color);

#endif
