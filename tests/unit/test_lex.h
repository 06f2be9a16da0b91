/* SPDX-License-Identifier: MIT
 * The suite of the scanner is written in two files. */
#ifndef TESTS_UNIT_TEST_LEX_H
#define TESTS_UNIT_TEST_LEX_H

#include <check.h>

/* test_lex_text.c */
TCase *lex_text_tests(void);

#endif
