/* SPDX-License-Identifier: MIT
 * The parser: recursive descent, one function a production, its grammar
 * above it. parse_decl.c reads declarations and splits the unit into pieces,
 * parse_stmt.c and parse_expr.c the bodies of functions that need us. */
#ifndef GEN_PARSE_H
#define GEN_PARSE_H

#include "gen/unit.h"

/* Reads the whole unit: fills pieces, funcs, decls and edits. Errors are
 * diagnosed and recovered from at the end of the declaration or statement. */
void parse(struct unit *u);

/* Checks the boundary: pieces tile the tokens; every EX_IDENT of a parsed
 * body is bound, every expression typed; has_await and its like agree with
 * the children. Aborts with a message when not. Only without errors. */
void parse_verify(const struct unit *u);

/* --dump=ast */
void parse_dump(const struct unit *u, struct buf *out);

/* ---- shared by the parse_*.c files ------------------------------------ */

struct parser {
    struct unit *u;
    tokidx pos;                 /* the token to look at */
    tokidx limit;               /* reads TK_EOF from here on */
    struct func *func;          /* the body being read, or NULL */
    struct stmt *loop;          /* innermost target of continue */
    struct stmt *breakable;     /* innermost target of break */
    struct stmt *switch_;       /* innermost target of case */
    uint32_t unevaluated;       /* inside sizeof, typeof, _Generic selector */
    uint32_t nesting;           /* recursion depth, limited */
};

#endif
