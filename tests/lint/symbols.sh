#!/bin/sh
# SPDX-License-Identifier: MIT
# External names say where they live: gen/ by module (prefixes.txt), the
# runtime by aw_ (public), awi_ (its own), awfr_ and awfd_ (emitted by the
# compiler). And no file-scope state in gen/: no symbol in a writable section.
cd "$(dirname "$0")/../.." || exit 2
B=build/release
bad=0

# `FILE: ADDRESS TYPE NAME` of what the compiler defines, after the table.
nm -A -g --defined-only "$B"/gen/*.o | awk '
    # `lex_` as a prefix allows lex and lex_anything.
    function fits(name, prefix) {
        sub(/_$/, "", prefix)
        return name == prefix || index(name, prefix "_") == 1
    }
    FILENAME != "-" {
        if ($0 !~ /^(#|$)/) {
            module = $1
            sub(/^[^ ]+ +/, "")
            allowed[module] = $0
        }
        next
    }
    {
        module = $1
        sub(/.*\//, "", module)
        sub(/\.o:.*/, "", module)
        own = module
        sub(/_.*/, "", own)
        n = split(module in allowed ? allowed[module] : own, prefix, " ")
        for (i = 1; i <= n; i++)
            if (fits($NF, prefix[i]))
                next
        print "gen/" module ".c: " $NF
        bad = 1
    }
    END { exit bad }' tests/lint/prefixes.txt - || bad=1

# Constant tables that hold addresses are in .data.rel.ro*.
objdump -t "$B"/gen/*.o | awk '
    /file format/ { file = $1 }
    /[ \t](\.bss|\.data|\.data\.rel|\.data\.rel\.local|\*COM\*)\t/ {
        if ($NF !~ /^\./) {
            print file " file-scope state: " $NF
            bad = 1
        }
    }
    END { exit bad }' || bad=1

objects=$(find $B/runtime -name '*.o' 2>/dev/null)
# shellcheck disable=SC2086 # a list of files
[ -z "$objects" ] || nm -A -g --defined-only $objects |
    awk '$NF !~ /^(aw|awi|awf[dr]?)_/ { print; bad = 1 } END { exit bad }' ||
    bad=1
exit $bad
