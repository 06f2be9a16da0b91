#!/bin/sh
# SPDX-License-Identifier: MIT
# C as .clang-format wants it, but for what it cannot be told to leave alone:
# the column of a comment behind code. Headers are laid out by hand, as
# tables of members and what they mean.
cd "$(dirname "$0")/../.." || exit 2
command -v clang-format >/dev/null || { echo "no clang-format"; exit 77; }
bad=0

squeeze()
{
    sed -e 's/\([^ ]\)  *\/\*/\1 \/*/' -e 's/  *\\$/ \\/'
}

for f in $(git ls-files 'gen/*.c' 'runtime/*.c' 'tests/*.c'); do
    want=$(clang-format "$f" | squeeze)
    have=$(squeeze <"$f")
    [ "$want" = "$have" ] && continue
    echo "$f: $(clang-format "$f" | squeeze | {
        squeeze <"$f" >build/format.tmp
        diff - build/format.tmp
    } | grep -c '^[<>]') lines"
    bad=1
done
exit $bad
