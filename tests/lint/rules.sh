#!/bin/sh
# SPDX-License-Identifier: MIT
# RULES.md: each case that it names exists; each test of the runtime that is
# one of these, and each function of aw.h, is named there.
cd "$(dirname "$0")/../.." || exit 2
rules=tests/unit/RULES.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

# The last column of the tables, one name a line; the first of the second.
sed -n 's/^|.*|\(.*\)|$/\1/p' "$rules" | grep -o '`[^`]*`' | tr -d '`' |
    sort -u >"$work/named"
grep -o '`aw_[a-z_]*`' "$rules" | tr -d '`' | sort -u >"$work/functions"
{
    sed -n 's/^START_TEST(\(.*\))$/\1/p' tests/unit/test_rt_*.c
    ls tests/run/*.aw | sed 's|tests/\(.*\)\.aw|\1|'
} | sort -u >"$work/exist"
sed -n 's/^START_TEST(\(.*\))$/\1/p' tests/unit/test_rt_*.c |
    sort -u >"$work/tests"
sed -n 's/^[^ #*}].*[ *]\(aw_[a-z_]*\)(.*/\1/p' runtime/aw.h |
    grep -v '^aw_task$\|^aw_queue$' | sort -u >"$work/aw.h"

report()
{
    sed "s|^|$1: |"
    bad=1
}
comm -23 "$work/named" "$work/exist" >"$work/a"
comm -23 "$work/tests" "$work/named" |
    grep -v '^random_programs_\|^every_cancel\|^boxed_\|^nodes_' >"$work/b"
comm -23 "$work/aw.h" "$work/functions" >"$work/c"
[ -s "$work/a" ] && report 'no such case' <"$work/a"
[ -s "$work/b" ] && report "not in $rules" <"$work/b"
[ -s "$work/c" ] && report "aw.h, not in $rules" <"$work/c"
exit $bad
