/* SPDX-License-Identifier: MIT
 * The preprocessed text of one unit and the map from its bytes to the user's
 * files and lines. The map has one entry for each line marker; between two
 * markers lines count up by one. */
#ifndef GEN_SOURCE_H
#define GEN_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "gen/str.h"
#include "gen/vec.h"

/* One line marker (`# 12 "f.h" 1 3 4` or `#line 12 "f.h"`), or the start of
 * the text. */
struct line_mark {
    uint32_t off;           /* first byte after the marker's line */
    uint32_t marker;        /* first byte of the marker's own line */
    uint32_t line;          /* line number at `off` */
    struct str file;        /* decoded name (escapes undone) */
    bool system;            /* flag 3 */
    bool enter, leave;      /* flags 1 and 2: into an included file, back */
};

/* A preprocessing directive other than a line marker that `cc -E` leaves in
 * place (#pragma, #ident): copied where it stands. */
struct directive {
    uint32_t off, len;
};

struct source {
    struct str text;        /* NUL-terminated beyond n */
    const char *name;       /* what the user called the input */
    VEC(struct line_mark) marks;        /* by off, never empty */
    VEC(struct directive) directives;   /* by off */
    uint32_t *lines;        /* where each line but the first begins */
    uint32_t nlines;
};

/* A source over `text` with its first mark: line 1 of `name`, after the byte
 * order mark if there is one. */
void source_init(struct source *s, struct arena *a, struct str text,
                 const char *name);

/* Index of the last mark at or before a byte; the first when it lies before
 * that. */
uint32_t source_mark(const struct source *s, uint32_t off);

struct loc {
    struct str file;
    uint32_t line, col;     /* from 1; col counts bytes of the text */
    bool system;
};

/* The place of a byte, in O(log lines). To walk forwards over all of them a
 * struct source_cursor is faster. */
struct loc source_loc(const struct source *s, uint32_t off);

/* The same for non-decreasing offsets: the text is walked once. All zero is
 * the cursor at the start. */
struct source_cursor {
    uint32_t mark, off, line;
    uint32_t bol;               /* where the line of `off` begins */
};
struct loc source_cursor_loc(const struct source *s, struct source_cursor *c,
                             uint32_t off);

#endif
