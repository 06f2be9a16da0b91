/* SPDX-License-Identifier: MIT
 * Tokens are spans of the unit's text. What lies between two tokens (white
 * space, line markers, pragmas) is the text between their spans, so nothing
 * of the input is ever lost. A range [a, b) of token indices names a piece
 * of source everywhere in the compiler. */
#ifndef GEN_TOKEN_H
#define GEN_TOKEN_H

#include <stdint.h>

#include "gen/str.h"

enum tok_kind {
#define TOKEN(name, text) TK_##name,
#define KEYWORD(name, text) TK_##name,
#include "grammar/token.def"
    TK_COUNT
};

/* Words and forms of the dialect, as found in atom.word. Zero is no word. */
enum word {
    WORD_NONE,
#define WORD(name, text, reserved) WORD_##name, WORD_##name##_ALWAYS,
#include "grammar/token.def"
#define FORM(name, text) FORM_##name,
#include "grammar/token.def"
    WORD_COUNT
};

struct token {
    uint32_t off;           /* byte offset in the unit's text */
    uint32_t len : 24;      /* bytes, line splices included; a longer one is
                               several TK_OTHER */
    uint32_t kind : 8;      /* enum tok_kind */
    struct atom *atom;      /* TK_IDENT and keywords; NULL otherwise */
};

enum { TOKEN_MAX = (1 << 24) - 1 };

typedef uint32_t tokidx;

struct span {
    tokidx from, to;        /* half open */
};

/* Whether a lies within b. */
bool tok_inside(struct span a, struct span b);

/* "';'", "identifier": how messages name a kind. */
const char *tok_kind_name(enum tok_kind k);

#endif
