/* SPDX-License-Identifier: MIT
 * Which async functions never suspend: those without an await, and those
 * that await nothing but such functions by name. Awaiting them needs neither
 * a suspension point nor room in the frame. */
#ifndef GEN_SUSPEND_H
#define GEN_SUSPEND_H

#include "gen/unit.h"

/* Fills func.direct of every async function from index `first` on; those before
 * are filled and call none of these. One in a cycle of calls counts
 * as suspending: its depth must not be the C stack's. */
void suspend_find(struct unit *u, uint32_t first);

#endif
