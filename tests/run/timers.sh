#!/bin/sh
# SPDX-License-Identifier: MIT
# The suites of the runtime with the timers that a small machine takes: a
# wheel of 5 levels of 16, and a list (AW_WHEEL_BITS in runtime/impl.h).
#   timers.sh [4 | 0]
. "$(dirname "$0")/../lib.sh"
begin timers
CORE='block box dump error fd flag gather hold hosted loop pool sync task timer'

# The main program of the suites rt_*.
main_of_suites()
{
    echo '#include "tests/unit/suite.h"'
    echo 'int main(void) {'
    echo 'SRunner *r = srunner_create(NULL);'
    sed -n 's/^SUITE(\(rt_.*\))$/srunner_add_suite(r, suite_\1());/p' \
        tests/unit/suites.def
    echo 'srunner_run_all(r, CK_ENV);'
    echo 'return srunner_ntests_failed(r) != 0; }'
}

if [ "${1:-}" = --one ]; then
    d=$work/$2
    main_of_suites >"$d.c"
    # shellcheck disable=SC2046,SC2086 # lists of files and options
    if ! gcc -w -O0 -g -std=gnu11 -I. -DAW_WHEEL_BITS="$2" -DAW_WHEEL_LEVELS=5 \
        "$d.c" tests/unit/rt.c tests/unit/explore.c tests/unit/test_rt_*.c \
        $(printf 'runtime/%s.c ' $CORE) runtime/port/sim.c \
        $(pkg-config --libs check) -o "$d.x" >"$d.log" 2>&1; then
        fail "$2" "does not compile, see $d.log"
    elif EXPLORE_STRIDE=997 CHAOS_COUNT=20 timeout 300 "$d.x" >"$d.log" 2>&1
    then
        ok
    else
        fail "$2" "$(grep -m 1 ':[FE]:' "$d.log")"
    fi
    exit
fi
[ $# = 0 ] && set -- 4 0
each "$@"
finish
