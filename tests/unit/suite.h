/* SPDX-License-Identifier: MIT
 * What every suite includes: Check, and the prototypes of all suites. */
#ifndef TESTS_UNIT_SUITE_H
#define TESTS_UNIT_SUITE_H

#include <check.h>

#define SUITE(module) Suite *suite_##module(void);
#include "tests/unit/suites.def"
#undef SUITE

#define LEN(array) (sizeof(array) / sizeof *(array))

#endif
