#!/bin/sh
# SPDX-License-Identifier: MIT
# tests/same/CONSTRUCTS.md names functions that exist, 300 or more, and every
# file of tests/same/c.
cd "$(dirname "$0")/../same" || exit 2
bad=0
cases=$(sed -n 's/^| .* | `\([a-z0-9]*\.c:[a-z0-9_]*\)` |$/\1/p' CONSTRUCTS.md)
for case in $cases; do
    grep -q "[ *]${case#*:}(.*)\$" "c/${case%:*}" && continue
    echo "CONSTRUCTS.md: no $case"
    bad=1
done
for f in c/*.c; do
    grep -q "\`${f#c/}:" CONSTRUCTS.md && continue
    echo "CONSTRUCTS.md: nothing of $f"
    bad=1
done
n=$(echo "$cases" | sort -u | wc -l)
[ "$n" -ge 300 ] || { echo "CONSTRUCTS.md: $n cases"; bad=1; }
exit $bad
