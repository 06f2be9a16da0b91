#!/bin/sh
# SPDX-License-Identifier: MIT
# Every source says its licence: 0BSD in runtime/, MIT elsewhere.
cd "$(dirname "$0")/../.." || exit 2
bad=0
for f in $(git ls-files); do
    case $f in
    LICENSE | *.md | .gitignore | .clang-*) continue ;;
    *.expect | *.err | *.out) continue ;;
    grammar/bootstrap/* | tests/golden/* | tests/errors/*) continue ;;
    tests/fuzz/corpus/*) continue ;;
    *.in) continue ;;
    runtime/*) want=0BSD ;;
    *) want=MIT ;;
    esac
    head -n 3 "$f" | grep -q "SPDX-License-Identifier: $want" && continue
    case $f in *.txt) continue ;; esac
    echo "$f: no SPDX line with $want"
    bad=1
done
exit $bad
