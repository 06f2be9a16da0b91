#!/bin/sh
# SPDX-License-Identifier: MIT
# Knowledge goes down: each #include in gen/ against layers.txt. The runtime
# knows nothing of gen/, and includes its own files as siblings.
cd "$(dirname "$0")/../.." || exit 2
bad=0

# level MODULE: its line in the table; the first line that fits counts.
level()
{
    n=0
    while read -r line; do
        case $line in '#'* | '') continue ;; esac
        n=$((n + 1))
        set -f
        for pattern in $line; do
            # shellcheck disable=SC2254 # a pattern
            case $1 in $pattern) set +f; echo $n; return ;; esac
        done
        set +f
    done <tests/lint/layers.txt
    echo 0
}

complain()
{
    echo "$1"
    bad=1
}

for f in gen/*.[ch] gen/*.def; do
    module=$(basename "$f")
    module=${module%.*}
    mine=$(level "$module")
    [ "$mine" != 0 ] || complain "$f: not in layers.txt"
    for inc in $(sed -n 's|^#include "gen/\(.*\)\..*".*|\1|p' "$f"); do
        theirs=$(level "$inc")
        [ "$theirs" -le "$mine" ] ||
            complain "$f (layer $mine) includes $inc (layer $theirs)"
    done
    grep -n '#include "' "$f" | grep -v '"gen/\|"grammar/' |
        sed "s|^|$f: not root-relative: |"
    grep -q '#include "\(runtime\|tests\)/' "$f" &&
        complain "$f includes another room"
done
for f in runtime/*.[ch] runtime/port/*.[ch]; do
    [ -f "$f" ] || continue
    grep -q '#include "\(gen\|runtime\|grammar\|tests\)/' "$f" &&
        complain "$f: the runtime includes siblings only"
done
exit $bad
