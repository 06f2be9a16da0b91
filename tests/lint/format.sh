#!/bin/sh
# SPDX-License-Identifier: MIT
# C as .clang-format wants it, but for what it cannot be told to leave alone:
# the column of a comment behind code. Headers are laid out by hand, as
# tables of members and what they mean. Samples and run cases are exactly as
# clang-format leaves them.
cd "$(dirname "$0")/../.." || exit 2
command -v clang-format >/dev/null || { echo "no clang-format"; exit 77; }
bad=0

squeeze()
{
    sed -e 's/\([^ ]\)  *\/\*/\1 \/*/' -e 's/  *\\$/ \\/'
}

same()
{
    [ "$(clang-format "$@" | squeeze)" = "$(cat "$@" | squeeze)" ]
}

aw=$(git ls-files 'samples/*.aw' 'tests/run/*.aw')
# shellcheck disable=SC2086 # a list of files
clang-format --dry-run -Werror $aw || bad=1

files=$(git ls-files 'gen/*.c' 'runtime/*.c' 'samples/*.c' 'tests/*.c')
# shellcheck disable=SC2086 # a list of files
same $files && exit $bad
for f in $files; do
    same "$f" && continue
    echo "$f: not as clang-format has it"
    bad=1
done
exit $bad
