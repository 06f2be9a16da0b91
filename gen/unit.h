/* SPDX-License-Identifier: MIT
 * Everything one run of the compiler knows: there is no file-scope state.
 * Each field is filled by the pass named beside it and read by later ones. */
#ifndef GEN_UNIT_H
#define GEN_UNIT_H

#include "gen/ast.h"
#include "gen/diag.h"
#include "gen/scope.h"
#include "gen/source.h"
#include "gen/type.h"

/* The first aw_task_storage(f) of the unit. */
struct use_of_storage {
    struct decl *f;
    tokidx at;
};

/* The first use of an async function in a body. */
struct async_use {
    struct decl *d;
    struct span at;
};

struct unit {
    struct arena arena;         /* lives as long as the unit */
    struct arena *tree;         /* of the body in work: its tree and what is
                                   made of it; outside of bodies, &arena */
    struct func *bodies;        /* that have a tree of their own, newest
                                   first */
    struct source src;          /* driver, source.c */
    struct atoms atoms;         /* lex.c; keywords entered by unit_init */
    VEC(struct token) toks;     /* lex.c; the last one is TK_EOF */
    struct types types;         /* unit_init */
    struct scopes scopes;       /* parse */
    VEC(struct piece) pieces;   /* parse_decl.c */
    VEC(struct func *) funcs;   /* parse_decl.c, in order */
    VEC(struct decl *) decls;   /* parse_decl.c: all at file scope, in order */
    VEC(struct use_of_storage) storages;        /* parse_spec.c, in order */
    VEC(struct async_use) uses; /* sema_expr.c, in order */
    VEC(struct edit) edits;     /* parse, sorted by position at its end */
    VEC(struct diag_item *) diags;
    const struct diag_switches *switches;       /* driver; NULL: none */
    const char *const *prefix_maps;             /* driver: OLD=NEW, ... */
    uint32_t nprefix_maps;
    void (*body_read)(void *ctx, struct func *f);       /* driver: parse has
                                   read it; NULL: nothing to do */
    void *body_ctx;
    bool parse_all_bodies;      /* set by tests: plain functions too */
    uint32_t errors;
    uint32_t unread;            /* parse: declarations that it could not read
                                   and left to the C compiler */
    uint32_t error_limit;       /* 20; 0 is none */
    size_t stack;               /* driver_options.stack: how deep to go */
    bool diag_muted;            /* diag.c: the last message was dropped, and
                                   so are its notes */
};

/* A unit over `text`, which must stay and be NUL-terminated; `name` is what
 * messages call the input before any line marker. `fail` as in arena_init.
 * Offsets have 32 bits: the text is shorter than 4 GiB. */
void unit_init(struct unit *u, struct str text, const char *name,
               void (*fail)(void *ctx), void *ctx);
void unit_free(struct unit *u);

/* The tree of f, a new function, is in work; it is no longer: back to what was
 * before. unit_release frees all that was made of the body of f, which is
 * NULL from then on, as are the lists of what stands in it. */
struct arena *unit_enter(struct unit *u, struct func *f);
void unit_leave(struct unit *u, struct arena *outer);
void unit_release(struct unit *u, struct func *f);

/* The text of one token, of a range (from the first byte of its first token
 * to the last byte of its last). */
struct str unit_tok(const struct unit *u, tokidx t);
struct str unit_text(const struct unit *u, struct span at);
/* The name of a file as the output says it, quoted: where the last of
 * unit->prefix_maps whose OLD it begins with has one, with NEW instead. */
void unit_quote_file(const struct unit *u, struct str file, struct buf *to);
struct loc unit_loc(const struct unit *u, tokidx t);

#endif
