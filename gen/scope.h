/* SPDX-License-Identifier: MIT
 * Name lookup. The visible declaration of a name hangs on its atom; opening
 * a scope costs nothing, closing it restores what its names hid. Labels are
 * not here: they belong to functions (parse_stmt.c). */
#ifndef GEN_SCOPE_H
#define GEN_SCOPE_H

#include "gen/ast.h"

struct scope_undo {
    struct atom *name;
    struct decl *decl;      /* what the name meant outside */
    struct tag *tag;        /* the same for its tag; `is_tag` says which */
    bool is_tag;
};

/* The open scopes; all zero but the arena is the file scope alone. */
struct scopes {
    struct arena *arena;
    uint32_t depth;                     /* 0 file scope */
    VEC(struct scope_undo) undo;
    VEC(uint32_t) marks;                /* undo.n when each scope opened */
};

void scope_open(struct scopes *s);
void scope_close(struct scopes *s);

/* Makes d (or t) what its name means until its scope closes; sets depth. */
void scope_bind(struct scopes *s, struct decl *d);
void scope_bind_tag(struct scopes *s, struct tag *t);

/* The declaration (tag) of the name in the innermost scope only; NULL. */
struct decl *scope_here(const struct scopes *s, const struct atom *name);
struct tag *scope_tag_here(const struct scopes *s, const struct atom *name);

#endif
