/* SPDX-License-Identifier: MIT
 * Functions that other files call: the symbols that make stale objects fail
 * to link, and the header of -H.
 *
 * Whoever defines the external async function f defines two symbols as well,
 *     awf_f_layout_changed_recompile_HASH      over its whole frame
 *     awf_f_signature_changed_recompile_HASH   over result and parameters
 * and whoever calls it refers to the first when it embeds the frame, to the
 * second when it only knows a prototype. Hashes are taken over the shapes
 * (type_shape.h) of what each side sees, so that they also differ when a type
 * is not the same in both. Frames are those of the output, read back: what a
 * function is lowered to is not this module's business. */
#ifndef GEN_PUBLISH_H
#define GEN_PUBLISH_H

#include "gen/out.h"

struct publish_options {
    const char *name;   /* of the header, for its guard; NULL: none wanted */
    struct str source;  /* the input as the user wrote it, for its #includes */
    struct buf *header; /* receives the header, without the banner */
};

/* Appends the symbols to c, the complete code of u, and writes the header.
 * `back` is room for the output as a unit; the caller frees it, also when
 * the arena's hook left this function. May find errors. */
void publish(struct unit *u, struct unit *back, struct code *c,
             const struct publish_options *o);

/* ---- shared by the publish_*.c files -------------------------------------
 */

/* One external async function that is defined here. */
struct published {
    struct func *func;
    const struct tag *frame; /* in the output */
    const char *members;     /* of the published struct, a line each */
    uint32_t hash;
};
VEC_TYPE(publisheds, struct published);

/* publish_head.c: the text of the header. */
void publish_header(struct unit *u, const struct publisheds *of,
                    const struct publish_options *o);

/* publish_need.c: appends what makes the types of the signatures known: the
 * #include lines of the input they come from, then the declarations of the
 * input's own. */
void publish_needs(struct unit *u, const struct publisheds *of,
                   struct str source, struct buf *to);

/* Tokens as they may stand in a header for plain C, on one line. */
const char *publish_text(struct unit *u, struct span at);

/* Appends text a line each that ends with `{` or `;`, indented by braces. */
void publish_lines(struct buf *to, const char *text);

#endif
