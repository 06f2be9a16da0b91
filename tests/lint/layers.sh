#!/bin/sh
# SPDX-License-Identifier: MIT
# Knowledge goes down: each #include in gen/ against layers.txt. The runtime
# knows nothing of gen/, and includes its own files as siblings.
cd "$(dirname "$0")/../.." || exit 2
bad=0

# The table, then every include as `FILE:#include "..."`.
grep -H '^#include "' gen/*.[ch] | awk '
    # The layer of a module: the first line of the table with a pattern that
    # fits; a pattern is a name, or a beginning and `*`.
    function level(module,    i, j, n, p) {
        for (i = 1; i <= layers; i++) {
            n = split(layer[i], p, " ")
            for (j = 1; j <= n; j++) {
                if (p[j] == module)
                    return i
                if (sub(/\*$/, "", p[j]) && index(module, p[j]) == 1)
                    return i
            }
        }
        print module ": not in layers.txt"
        bad = 1
        return 0
    }
    function module_of(path) {
        sub(/.*\//, "", path)
        sub(/\..*/, "", path)
        return path
    }
    FILENAME != "-" {
        if ($0 !~ /^(#|$)/)
            layer[++layers] = $0
        next
    }
    {
        split($0, part, "\"")
        file = $0
        sub(/:.*/, "", file)
        if (part[2] ~ /^grammar\//)
            next
        if (part[2] !~ /^gen\//) {
            print file " includes " part[2]
            bad = 1
            next
        }
        mine = level(module_of(file))
        theirs = level(module_of(part[2]))
        if (theirs > mine) {
            print file " (" mine ") includes " part[2] " (" theirs ")"
            bad = 1
        }
    }
    END { exit bad }' tests/lint/layers.txt - || bad=1
grep -n '#include "\(gen\|runtime\|grammar\|tests\)/' \
    $(git ls-files 'runtime/*.[ch]') && bad=1
exit $bad
