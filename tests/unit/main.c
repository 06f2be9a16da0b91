/* SPDX-License-Identifier: MIT
 * Runs every suite of suites.def; CK_RUN_SUITE and its like work. */
#include "tests/unit/suite.h"

#include <stdlib.h>

int main(void)
{
    SRunner *r = srunner_create(NULL);
#define SUITE(module) srunner_add_suite(r, suite_##module());
#include "tests/unit/suites.def"
#undef SUITE
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
