/* SPDX-License-Identifier: MIT
 * The command line, in gcc's spellings. What is not known is refused, never
 * ignored: a flag that changed nothing would be a silent mistake. */
#ifndef GEN_OPTS_H
#define GEN_OPTS_H

#include "gen/cpp.h"
#include "gen/diag.h"
#include "gen/driver.h"

enum opts_action {
    OPTS_COMPILE,
    OPTS_HELP,
    OPTS_VERSION,
    OPTS_MISUSE,        /* a message was appended */
};

/* -x: what the inputs are, whatever their names say. */
enum opts_language { LANGUAGE_BY_NAME, LANGUAGE_C, LANGUAGE_PREPROCESSED };

enum opts_color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct opts {
    struct arena *arena;
    struct buf *err;
    bool help, version;
    cpp_args inputs;            /* at least one after OPTS_COMPILE */
    const char *input;          /* of opts_select; "-" is standard input */
    const char *output;         /* "-" is standard output; never NULL after
                                   opts_parse said OPTS_COMPILE */
    const char *header;         /* -H; NULL without */
    const char *depfile;        /* -MF or its default; NULL without -MD */
    bool preprocessed;          /* the input is; by flag or by its name */
    enum opts_language language;
    cpp_args prefix_maps;       /* OLD=NEW */
    bool no_line;
    bool poison;
    bool no_heap;
    uint32_t frame_limit;       /* bytes; 0: none */
    enum driver_dump dump;
    enum opts_color color;
    bool json;                  /* -fdiagnostics-format=json */
    struct diag_switches warn;
    cpp_args unknown;           /* what -W names and no warning is called */
    struct cpp_job cpp;
};

/* Reads argv[1..argc) into o. `cc` is the compiler to run when --cc names
 * none (NULL: "cc"). Strings point into argv or the arena; messages go to
 * err. The first input is selected. */
enum opts_action opts_parse(struct opts *o, struct arena *a, int argc,
                            char **argv, const char *cc, struct buf *err);

/* Makes input i the one that the fields of o are about. False after a
 * message: what is asked for cannot be done for this one. */
bool opts_select(struct opts *o, uint32_t i);

void opts_help(struct buf *out);

#endif
