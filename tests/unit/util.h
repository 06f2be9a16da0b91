/* SPDX-License-Identifier: MIT
 * Helpers that suites share. */
#ifndef TESTS_UNIT_UTIL_H
#define TESTS_UNIT_UTIL_H

#include "gen/unit.h"

/* A scanned and verified unit over s[0..n), which must be NUL-terminated and
 * stay; the input is called "in.c". */
void lex_bytes(struct unit *u, const char *s, size_t n);
void lex_text(struct unit *u, const char *z);

/* A template for mkstemp and mkdtemp, in $TMPDIR or where the system puts
 * such files. */
struct temp_name {
    char path[200];
};
struct temp_name temp_name(void);

/* Pseudo random numbers, the same on every machine; any seed. */
uint32_t next_random(uint64_t *seed);

#endif
