/* SPDX-License-Identifier: MIT
 * The code tree's flat form and its printer. Passes append items to a
 * `struct code`; only the printer decides columns, line breaks and `#line`.
 *
 * The printer knows at every moment which user line the C compiler believes
 * it reads (`#line` there), and goes back to the output's own lines after
 * user text (`#line` back), so that every line of the output is attributed
 * to whoever wrote it. */
#ifndef GEN_OUT_H
#define GEN_OUT_H

#include "gen/buf.h"
#include "gen/unit.h"

enum code_kind {
    CODE_TEXT,  /* text, no newline in it */
    CODE_SPAN,  /* the tokens of `at`, edits applied */
    CODE_NL,    /* start a line, of ours */
    CODE_AT,    /* start a line that belongs to user token at.from */
    CODE_IN,    /* what follows is indented one step more */
    CODE_OUT,   /* one step less */
    CODE_LABEL, /* the line just started is a label: one step less */
    CODE_GAP,   /* the directives that stand before token at.from */
    CODE_PASS,  /* the tokens of `at` byte for byte, with all text before
                   the first; edits applied */
    CODE_LIST,  /* the items of another list */
};

struct code_item {
    uint8_t kind;
    uint32_t n; /* of edits, of list */
    struct span at;
    union {
        const char *text;
        const struct edit *edits; /* sorted, inside `at` */
        struct code_item *list;
    };
};

struct code {
    struct arena *arena;
    VEC(struct code_item) items;
};

void code_init(struct code *c, struct arena *a);
void code_text(struct code *c, const char *text);
void code_printf(struct code *c, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void code_nl(struct code *c);

/* Lines of declarations, indented by their braces. */
void code_lines(struct code *c, const char *text);
void code_at(struct code *c, tokidx t);
void code_in(struct code *c);
void code_out(struct code *c);
void code_label(struct code *c);
/* All items of `from`, which shares the arena and is complete. */
void code_append(struct code *c, const struct code *from);
void code_gap(struct code *c, tokidx t);
void code_span(struct code *c, struct span at, const struct edit *edits,
               uint32_t n);
void code_pass(struct code *c, struct span at, const struct edit *edits,
               uint32_t n);

/* A range of tokens with edits as one line of text, in the arena. */
const char *code_render(struct unit *u, struct span at,
                        const struct edit *edits, uint32_t n);

struct out_options {
    const char *name;  /* the output file, for its own #line */
    bool no_line;      /* no #line at all */
    bool quiet_system; /* mark expanded system headers, see out.c */
};

/* Prints a list that grows. out_more: what has joined it since, after which
 * the CODE_LISTs in it are empty: what they hold need not stay. out_end: the
 * last line. `opt` and `to` must stay. */
struct printer;
struct printer *out_begin(struct unit *u, const struct out_options *opt,
                          struct buf *to);
void out_more(struct printer *p, struct code *c);
void out_end(struct printer *p);

/* Prints the whole list to `to`. */
void out_print(const struct unit *u, const struct code *c,
               const struct out_options *opt, struct buf *to);

#endif
