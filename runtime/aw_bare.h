/* SPDX-License-Identifier: 0BSD
 * For programs without an operating system that are linked with port `bare`:
 * its clock, and what of it a program may define for itself. */
#ifndef AW_BARE_H
#define AW_BARE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* `ms` more milliseconds have passed. From the interrupt of a timer, SysTick
 * for instance, or from aw_bare_idle. */
void aw_bare_tick(unsigned ms);

/* The rest are weak functions of the port: a program that defines one of these
 * has its own instead. */

/* Sleeps until an interrupt is pending; called with interrupts kept away, which
 * must not keep it from waking. Nothing is due for `ms` milliseconds, or ever
 * (INT64_MAX): who stops the tick for so long says what has passed by
 * aw_bare_tick. The port's own is WFI. */
void aw_bare_idle(int64_t ms);

/* Keeps interrupts away, and gives what unlock takes to let them come again
 * where they could before. The port's own set and restore PRIMASK; there are
 * none for processors other than Cortex-M. */
unsigned aw_bare_lock(void);
void aw_bare_unlock(unsigned was);

/* Prints text: of errors that nobody awaits, and before a halt. The port's own
 * drops it. */
void aw_bare_print(const char *text);

/* The program cannot go on (`throw 0` and the like); must not return. The
 * port's own keeps interrupts away and stays there. */
void aw_bare_halt(void);

#ifdef __cplusplus
}
#endif
#endif
