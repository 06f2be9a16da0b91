#!/bin/sh
# SPDX-License-Identifier: MIT
# Short functions and files: half of the functions at most 16 lines, nine in
# ten at most 40, none over 80 but a flat switch; no file over 700 lines, no
# line over 80 columns.
cd "$(dirname "$0")/../.." || exit 2
bad=0
files=$(git ls-files 'gen/*.c' 'runtime/*.c' 'samples/*.c' 'tests/*.c' |
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

git ls-files | grep -E '\.(c|h|re|sh|def|awk)$|Makefile' |
    grep -v '^grammar/bootstrap' | xargs awk '
    length($0) > 80 { print FILENAME ":" FNR ": over 80 columns"; bad = 1 }
    FNR == 701 { print FILENAME ": over 700 lines"; bad = 1 }
    END { exit bad }' || bad=1
exit $bad
