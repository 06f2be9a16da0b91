#!/bin/sh
# SPDX-License-Identifier: MIT
# Every test suite, one after the other (each runs its cases in parallel), and
# the sum of their counts as the last line. A suite is tests/NAME.sh or
# tests/NAME/run.sh; those without results are failures, not silence.
cd "$(dirname "$0")/.." || exit 2
mode=${MODE:-release}
summary=build/test/summary
mkdir -p build/test
: >"$summary"

suites='unit golden errors warnings'
[ "$mode" = asan ] || suites="$suites cli deep run net multi tsan valgrind debug
    gdb trace trail timers alloc typing types same constructs csmith twins
    reference install firmware editors benches fuzz asan lint"

# A share of what `make csmith`, `make fuzz`, `make valgrind` and `make faults`
# do.
export CSMITH_LIMITS='--max-funcs 4 --max-block-size 3' CSMITH_CONFIGS=1
export FUZZ_SECONDS=4 FUZZ_EVERY=8 VALGRIND_EVERY=8 FAULT_EVERY=4

passed=0
failed=0
for suite in $suites; do
    script=tests/$suite/run.sh
    [ -f "$script" ] || script=tests/run/$suite.sh
    [ -f "$script" ] || script=tests/same/$suite.sh
    log=build/test/$mode-$suite.log
    start=$(date +%s)
    "$script" >"$log" 2>&1
    status=$?
    cat "$log"
    counts=$(sed -n \
        "s/^$suite: \([0-9]*\) passed, \([0-9]*\) failed\$/\1 \2/p" "$log" |
        tail -n 1)
    # shellcheck disable=SC2086 # two words
    set -- ${counts:-0 1}
    [ -n "$counts" ] || echo "FAIL $suite: ended without a result ($status)"
    echo "    ($suite took $(($(date +%s) - start)) s)"
    passed=$((passed + $1))
    failed=$((failed + $2))
done
echo "$passed passed, $failed failed" | tee "$summary"
[ "$failed" = 0 ]
