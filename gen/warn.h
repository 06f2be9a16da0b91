/* SPDX-License-Identifier: MIT
 * Warnings: what is no error by the rules of the dialect but a mistake in
 * most programs. Each is silent where it cannot be sure. */
#ifndef GEN_WARN_H
#define GEN_WARN_H

#include "gen/unit.h"

/* Reports what is suspicious in the parsed bodies of u, which has no errors;
 * changes nothing. */
void warn(struct unit *u);

/* The same for one function. */
void warn_func(struct unit *u, struct func *f);

#endif
