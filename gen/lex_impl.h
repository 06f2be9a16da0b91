/* SPDX-License-Identifier: MIT
 * What the rules of grammar/lex.re and the code around them share. Nothing
 * else includes this. */
#ifndef GEN_LEX_IMPL_H
#define GEN_LEX_IMPL_H

#include "gen/lex.h"

struct lexer {
    struct unit *u;
    const unsigned char *start;     /* of the lexeme being read */
    const unsigned char *cur;       /* where to read on */
    const unsigned char *end;       /* of the text; a NUL stands there */
    struct atom *atom;              /* of an identifier just read */
    bool bol;                       /* nothing but white space and comments
                                       so far on this line */
};

/* lex.re: reads past blanks, comments and directives to the next token:
 * [start, cur) and its kind; TK_EOF at the end, as often as asked. */
enum tok_kind lex_scan(struct lexer *x);

/* ---- lex_util.c: the actions of the rules ------------------------------ */

/* The identifier or keyword in [start, cur): sets atom, returns the kind.
 * `plain` says that it has no backslashes. */
enum tok_kind lex_ident(struct lexer *x, bool plain);

/* Reads on after the ( of R"delimiter( to the end of the literal. */
enum tok_kind lex_raw_string(struct lexer *x);

/* ---- lex_line.c: what may stand between tokens ------------------------- */

/* The length of the line splice at p, a backslash; 0 when it is none. */
size_t lex_splice(const unsigned char *p, const unsigned char *end);

/* Where the block comment that p is in ends; `end` when it does not. */
const unsigned char *lex_comment(const unsigned char *p,
                                 const unsigned char *end);

/* Where the line that p is in ends, at its \n or `end`, splices honoured. */
const unsigned char *lex_line_end(const unsigned char *p,
                                  const unsigned char *end);

/* Copies s[0..n) without its splices; returns the new length. */
size_t lex_unsplice(char *to, const unsigned char *s, size_t n);

/* Reads the directive whose # is at `start`, records it as a line mark or a
 * directive, and leaves `cur` at the end of its line. */
void lex_directive(struct lexer *x);

/* ---- lex_check.c ------------------------------------------------------- */

/* What lex_verify finds wrong, and at which byte; NULL when nothing is. */
const char *lex_check(const struct unit *u, uint32_t *off);

#endif
