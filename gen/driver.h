/* SPDX-License-Identifier: MIT
 * The pipeline: preprocessed text in, C text out. Everything a run knows is
 * in one struct unit, so the compiler can run any number of times in one
 * process; nothing here touches files or prints. */
#ifndef GEN_DRIVER_H
#define GEN_DRIVER_H

#include <stdbool.h>
#include <stdint.h>

#include "gen/buf.h"
#include "gen/str.h"

/* What --dump= can show: a representation, after the pass that makes it. */
#define DRIVER_DUMPS(X) \
    X(TOKENS, "tokens") \
    X(AST, "ast")       \
    X(NORM, "norm")     \
    X(CFG, "cfg")       \
    X(LIVE, "live")     \
    X(FRAME, "frame")

struct diag_switches;

enum driver_dump {
    DUMP_NONE,
#define X(id, name) DUMP_##id,
    DRIVER_DUMPS(X)
#undef X
};

/* Also the exit status of the program. */
enum driver_status {
    DRIVER_OK,          /* done */
    DRIVER_ERRORS,      /* errors in the input, unusable files */
    DRIVER_MISUSE,      /* of the command line */
    DRIVER_INTERNAL,    /* out of memory, a broken invariant */
};

struct driver_options {
    const char *name;           /* of the input, for messages and banner */
    const char *output;         /* what the output's own lines are called */
    enum driver_dump dump;      /* write this instead of C */
    bool no_line;               /* no #line directives in the output */
    bool poison;                /* the output overwrites what is dead */
    bool no_heap;               /* what takes memory at run time is an error */
    uint32_t frame_limit;       /* bytes, 0: none */
    size_t stack;               /* bytes of the C stack; 0: 8 MiB or more */
    bool color;                 /* of the messages */
    bool json;                  /* messages as JSON */
    const struct diag_switches *switches;       /* -W...; NULL: none */
    const char *const *unknown; /* names of -W that are no warning's, */
    uint32_t nunknown;          /* reported as such */
    const char *const *prefix_maps;     /* OLD=NEW: files as the output */
    uint32_t nprefix_maps;      /* names them; see unit_quote_file */
    const char *header;         /* -H: its name, NULL when none is wanted; */
    struct str source;          /* then the input before preprocessing, */
    struct buf *header_out;     /* and where the header's text goes */
};

/* Compiles text[0..n), which must be NUL-terminated beyond n. Appends the C
 * text or the dump to `out` (meaningless unless DRIVER_OK is returned) and
 * messages to `msgs`. Both stay the caller's. */
enum driver_status driver_compile(struct str text,
                                  const struct driver_options *o,
                                  struct buf *out, struct buf *msgs);

#endif
