#!/bin/sh
# SPDX-License-Identifier: MIT
# Every Check suite; `run.sh SUITE` one of them.
. "$(dirname "$0")/../lib.sh"
begin unit

# check_program PROGRAM: adds its counts, shows its failures.
check_program()
{
    log=$work/log
    CK_DEFAULT_TIMEOUT=60 CK_VERBOSITY=normal "$1" >"$log" 2>&1
    counts=$(sed -n \
        's/.*%: Checks: \(.*\), Failures: \(.*\), Errors: /\1 \2 /p' \
        "$log")
    # shellcheck disable=SC2086 # three numbers
    set -- ${counts:-1 0 1}
    bad=$(($2 + $3))
    [ $bad = 0 ] || grep -v '^Running suite\|^ \|%: Checks: ' "$log" |
        sed 's/^/FAIL unit: /'
    yes ok | head -n $(($1 - bad)) >>"$RESULTS"
    yes fail | head -n $bad >>"$RESULTS"
}

[ $# = 0 ] || export CK_RUN_SUITE="$1"
check_program "$B/unit"
finish
