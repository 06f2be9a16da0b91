#!/bin/sh
# SPDX-License-Identifier: MIT
# What stands in a recipe between our runtime and a library stays under 20
# lines: those of its part "the adapter", up to the heading of the next part,
# that are not blank or a comment.
cd "$(dirname "$0")/../.." || exit 2
bad=0
for f in samples/recipes/*.aw; do
    awk -v name="$f" '
        /^\/\* --- / {
            inside = /^\/\* --- the adapter -/
            parts += inside
            ended += parts && !inside
            next
        }
        !inside || !NF { next }
        comment || /^ *\/\*/ {
            comment = !/\*\/ *$/
            next
        }
        { lines++ }
        END {
            if (parts != 1 || !ended)
                print name ": no begin or no end of \"the adapter\""
            else if (lines >= 20)
                print name ": an adapter of " lines " lines"
            else
                exit
            exit 1
        }' "$f" || bad=1
done
exit $bad
