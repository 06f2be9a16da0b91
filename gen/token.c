/* SPDX-License-Identifier: MIT */
#include "gen/token.h"

const char *tok_kind_name(enum tok_kind k)
{
    static const char *const plain[] = {
#define TOKEN(name, text) text,
#define KEYWORD(name, text) text,
#include "grammar/token.def"
    };
    static const char *const quoted[] = {
#define TOKEN(name, text) "'" text "'",
#define KEYWORD(name, text) "'" text "'",
#include "grammar/token.def"
    };
    if (k >= TK_COUNT)
        return "nothing";
    return k <= TK_OTHER ? plain[k] : quoted[k];
}

bool tok_inside(struct span a, struct span b)
{
    return b.from <= a.from && a.to <= b.to;
}
