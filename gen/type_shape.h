/* SPDX-License-Identifier: MIT
 * A type as a declaration that names nothing but the runtime's own types, and
 * takes the same bytes: structs are spelled out, an enum is its integer,
 * every pointer is one of two. What is made so can be declared in any file,
 * and two frames with the same text have the same layout. */
#ifndef GEN_TYPE_SHAPE_H
#define GEN_TYPE_SHAPE_H

#include "gen/buf.h"
#include "gen/type.h"

/* Appends the type, several lines when it has a struct in it, not indented.
 * Members are called awf_1, awf_2 ... by *count, which goes on: names of
 * locals are nobody's business, and may be macros elsewhere. The shape of a
 * shape is that shape. False when the size of an array in it is not known, or
 * it has too many structs inside one another. */
bool type_shape(struct types *t, struct buf *out, const struct type *ty,
                uint32_t *count);

/* The same for one member of `tag`, as a declaration with `;` and newline. */
bool type_shape_member(struct types *t, struct buf *out, const struct tag *tag,
                       const struct member *m, uint32_t *count);

#endif
