/* SPDX-License-Identifier: MIT
 * Output files: complete or not at all. The text goes to a temporary in the
 * same folder, which is renamed at the end; so the old file stays until then,
 * and after any failure. */
#ifndef GEN_OUTFILE_H
#define GEN_OUTFILE_H

#include <stdbool.h>

#include "gen/buf.h"

enum outfile_kind {
    OUTFILE_OURS,       /* replaces only what begins with our banner, and
                           empty files */
    OUTFILE_ANY,        /* replaces anything */
};

/* Writes `text` to `path`; "-" is standard output. What is no regular file
 * (a terminal, /dev/null, a pipe) is written in place. A new file gets the
 * permissions that umask leaves, an old one keeps its own. False after
 * appending a message to err. */
bool outfile_write(const char *path, const struct buf *text,
                   enum outfile_kind kind, struct buf *err);

#endif
