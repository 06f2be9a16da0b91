#!/bin/sh
# SPDX-License-Identifier: MIT
# Short functions and files: half of the functions at most 16 lines, nine in
# ten at most 40, none over 80 but a flat switch; no file over 700 lines, no
# line over 80 columns.
cd "$(dirname "$0")/../.." || exit 2
bad=0
files=$(git ls-files 'gen/*.c' 'runtime/*.c' 'tests/*.c' |
    grep -v '^grammar/bootstrap')
lengths=$(mktemp)
trap 'rm -f "$lengths"' EXIT

# shellcheck disable=SC2086 # a list of files
awk -f tests/lint/size.awk $files | sort -n >"$lengths"
# half and nine tenths of the product, not of the tests
grep -v ' tests/' "$lengths" | awk '
    { len[NR] = $1 }
    END {
        half = len[int((NR + 1) / 2)]; most = len[int(NR * 0.9)]
        if (half > 16) print "median function has", half, "lines"
        if (most > 40) print "nine in ten functions have", most, "lines"
        exit half > 16 || most > 40
    }' || bad=1
# A flat switch: a third of its lines or more are labels.
awk '$1 > 80 && $2 * 3 < $1 { print $3 ": " $4 " has " $1 " lines"; bad = 1 }
    END { exit bad }' "$lengths" || bad=1

for f in $(git ls-files | grep -E '\.(c|h|re|sh|def|awk)$|Makefile' |
    grep -v '^grammar/bootstrap'); do
    awk -v f="$f" '
        length($0) > 80 { print f ":" FNR ": over 80 columns"; b = 1 }
        END { if (NR > 700) { print f ": " NR " lines"; b = 1 } exit b }' \
        "$f" || bad=1
done
exit $bad
