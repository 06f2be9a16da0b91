/* SPDX-License-Identifier: MIT
 * Broken invariants between passes. They are bugs of the compiler, never of
 * its input: the program says which, writes nothing and exits with 3 (main.c
 * makes that of the abort here). */
#ifndef GEN_VERIFY_H
#define GEN_VERIFY_H

/* `pass` is whose result is wrong, `what` the invariant. */
_Noreturn void verify_failed(const char *pass, const char *what);

#define VERIFY(pass, invariant)                                                \
    ((invariant) ? (void)0 : verify_failed((pass), #invariant))

#endif
