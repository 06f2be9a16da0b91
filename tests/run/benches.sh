#!/bin/sh
# SPDX-License-Identifier: MIT
# The programs of tests/bench: each is built, if its tools are here, and finds
# its own result right for a few operations; and what becomes of its figures.
# Times do not matter here.
#   benches.sh [WORKLOAD...]
. "$(dirname "$0")/../lib.sh"
begin benches
if [ "${1:-}" = --one ]; then
    name=$(basename "$2")
    BENCH_PART=100000 timeout 60 "$2" >"$2.out" 2>&1
    status=$?
    value='-\{0,1\}[0-9][0-9.e+-]*'
    if [ $status != 0 ] || [ ! -s "$2.out" ] ||
        grep -qv "^[a-z0-9-]* $value \(B\|ns $value\)\$" "$2.out"; then
        fail "$name" "exit status $status"
        head -n 4 "$2.out"
    else
        ok
    fi
    exit
fi

# Known figures: medians, range and ratio, for the eye and the README.
reports()
{
    printf 'w1 resume %s ns %s\n' 'hand 2' 3 'ours 5' 9 'hand 4' 3 'ours 7' 9 \
        'hand 3' 3 'ours 6' 8 >"$work/samples"
    echo 'a compiler' >"$work/tools"
    awk -f tests/bench/table.awk -v order='hand ours rust' \
        -v tools="$work/tools" -v json="$work/result.json" \
        -v plot="$work/result.dat" "$work/samples" >"$work/table" &&
        grep -q '^w1 resume (ns)  *ours  *6  *5 - 7  *2.00  *9$' \
            "$work/table" &&
        grep -q '^w1·resume 1 2$' "$work/result.dat" || return
    find_python || return 0
    RESULT=$work/result.json "$PYTHON" tests/bench/cost.py >"$work/cost" &&
        grep -q '^| two tasks .* | 6 (2) | 3 |$' "$work/cost"
}

if [ $# = 0 ]; then
    check reports "see $work/table, $work/cost" reports
    if tests/bench/frames.sh >"$work/frames" 2>&1; then
        ok
    else
        fail frames "$(grep '^left out' "$work/frames")"
    fi
    set -- $(cd tests/bench && echo w*)
fi
OPT=-O0 tests/bench/build.sh "$work" "$@" >"$work/build.log" 2>&1
status=$?
sed -n 's/^left out: no /skip benches: no /p' "$work/build.log"
check build "exit status $status: $(grep -v '^left out: no ' \
    "$work/build.log")" [ $status = 0 ]
for w in "$@"; do
    check "$w" 'is not in tests/bench/README.md' \
        grep -q "^| .*\`$w\`" tests/bench/README.md
done
each $(find "$work" -name 'w*-*' ! -name '*.*')
finish
