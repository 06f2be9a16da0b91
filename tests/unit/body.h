/* SPDX-License-Identifier: MIT
 * Bodies as the suites of the parser write them. */
#ifndef TESTS_UNIT_BODY_H
#define TESTS_UNIT_BODY_H

#include "gen/buf.h"
#include "gen/lower.h"
#include "gen/unit.h"

/* Lexes, parses, checks (and verifies, without errors) a whole unit; plain
 * bodies too. */
void parse_text(struct unit *u, const char *z);

/* The dump of the first statements of `async int f(...)`, whose body is z:
 * what the dump shows behind "  block\n", two levels less indented. Malloced.
 * Fails the test when there are errors. */
char *dump_body(const char *z);

/* "undeclared 2:5, type 2:9": names and places of the messages for a unit
 * with this text. Malloced. */
char *errors_of(const char *z);

/* `async int f(...)` of dump_body after norm, cfg, live and frame, each checked
 * by its own verify. Fails the test when there are errors. */
struct prepared {
    struct unit u;
    struct buf text;
    const struct compiled *f;
};
void prepare_body(struct prepared *p, const char *z);
void prepared_free(struct prepared *p);

/* Its local of that name, as an index of the flow graph. */
uint32_t prepared_local(const struct prepared *p, const char *name);

/* The same names in the order of the input, a blank between. Malloced. */
char *prepared_names(const struct prepared *p, struct bits set);

/* Declarations in front of every body of dump_body. */
extern const char body_prelude[];

#endif
