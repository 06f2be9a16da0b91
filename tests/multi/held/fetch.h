/* SPDX-License-Identifier: MIT */
#ifndef FETCH_H
#define FETCH_H
#include <aw.h>

void say(const char *what, int id);

/* Two parts at once; part `bad` fails after 10 ms with 70 + bad, the other
 * cleans up. */
_Async int both(int bad, int cleanup);

/* Some tries, the failed one's children still there. */
_Async int again(int tries);

/* Given up after `ms`, or cancelled, while its part cleans up. */
_Async int limited(int ms, int cleanup);
#endif
