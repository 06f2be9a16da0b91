/* SPDX-License-Identifier: MIT
 * The scanner (grammar/lex.re, by re2c) and the line map it fills. */
#ifndef GEN_LEX_H
#define GEN_LEX_H

#include "gen/unit.h"

/* Fills u->toks, u->src.marks and u->src.directives from u->src.text.
 * Never fails: what is no token of C becomes TK_OTHER, which the parser
 * reports when it meets it in code that it reads. Works on any bytes. */
void lex(struct unit *u);

/* Checks the boundary's invariant: spans ascend, do not overlap, end with
 * TK_EOF at the end of the text, and all bytes between them are white space,
 * comments, splices or directives. Aborts with a message when not. */
void lex_verify(const struct unit *u);

/* --dump=tokens */
void lex_dump(const struct unit *u, struct buf *out);

#endif
