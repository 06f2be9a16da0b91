/* SPDX-License-Identifier: MIT
 * Where a message is shown. The preprocessor expands macros and collapses
 * white space, so lines of the preprocessed text are not what the user
 * wrote: this finds the same token in the user's file where it can. */
#ifndef GEN_DIAG_PLACE_H
#define GEN_DIAG_PLACE_H

#include "gen/unit.h"

struct diag_file;

/* The files read during one diag_print; all zero is none. */
struct diag_files {
    struct diag_file *head;
};

/* A line to show, and the bytes [from, to) of it that are meant. */
struct diag_place {
    struct str file;
    uint32_t line;
    struct str text;
    size_t from, to;
};

/* The place of the tokens of `span`. Its strings live as long as u and fs. */
struct diag_place diag_place(const struct unit *u, struct diag_files *fs,
                             struct span span);

/* Has an item before item i said the same of the same place? A macro that
 * mentions its argument twice makes two of one. */
bool diag_repeats(const struct unit *u, struct diag_files *fs, uint32_t i);

void diag_files_free(struct diag_files *f);

#endif
