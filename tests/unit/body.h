/* SPDX-License-Identifier: MIT
 * Bodies as the suites of the parser write them. */
#ifndef TESTS_UNIT_BODY_H
#define TESTS_UNIT_BODY_H

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

/* Declarations in front of every body of dump_body. */
extern const char body_prelude[];

#endif
