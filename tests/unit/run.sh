#!/bin/sh
# SPDX-License-Identifier: MIT
# Every Check suite; `run.sh SUITE...` some of them.
. "${0%/*}/../lib.sh"
begin unit

# A fork for each test costs 20 times the test, so there is one process for a
# suite, but where a test must die: the parent of those cannot see their leaks.
environment()
{
    if grep -q 'raise_signal\|exit_test' "tests/unit/test_$1.c"; then
        echo ASAN_OPTIONS=detect_leaks=0
    else
        echo CK_FORK=no
    fi
}

# count NUMBER WORD: so many results
count()
{
    yes "$2" | head -n "$1" >>"$RESULTS"
}

if [ "${1:-}" = --one ]; then
    log=$work/$2
    env $(environment "$2") CK_RUN_SUITE="$2" CK_DEFAULT_TIMEOUT=120 \
        CK_VERBOSITY=normal "$B/unit" >"$log" 2>&1
    status=$?
    counts=$(sed -n \
        's/.*%: Checks: \(.*\), Failures: \(.*\), Errors: /\1 \2 /p' "$log")
    # shellcheck disable=SC2086 # three numbers
    set -- "$2" ${counts:-1 0 1}
    bad=$(($3 + $4))
    if [ $status != 0 ] && [ $bad = 0 ]; then
        bad=1
    fi
    [ $bad = 0 ] || grep -v '^Running suite\|^ \|%: Checks: ' "$log" |
        head -n 20 | sed "s/^/FAIL unit\/$1: /"
    count $(($2 - bad)) ok
    count $bad fail
    exit
fi
[ $# = 0 ] && set -- $(sed -n 's/^SUITE(\(.*\))$/\1/p' tests/unit/suites.def)
each "$@"
finish
