/* SPDX-License-Identifier: 0BSD
 * What the ports for POSIX systems share; the clock and the lock of aw_port.h
 * are in posix.c too. */
#ifndef AW_POSIX_H
#define AW_POSIX_H

#include "../impl.h"

#include <time.h>

/* The time from now until tick `deadline` begins; no wait is longer than a
 * day, which loses nothing. */
struct timespec awi_until(int64_t deadline);

/* The same in milliseconds, rounded up; -1 without a deadline. */
int awi_until_ms(int64_t deadline);

/* close, which is done even when it was interrupted; 0 or an error. */
int awi_close(int fd);

#endif
