#!/bin/sh
# SPDX-License-Identifier: MIT
# External names say where they live: gen/ by module (prefixes.txt), the
# runtime by aw_ (public), awi_ (its own), awf_ (emitted by the compiler).
# And no file-scope state in gen/: no symbol in a writable section.
cd "$(dirname "$0")/../.." || exit 2
B=build/release
bad=0

# prefixes MODULE
prefixes()
{
    p=$(sed -n "s/^$1  *//p" tests/lint/prefixes.txt)
    [ "$p" ] || p=${1%%_*}
    echo "$p"
}

defined()
{
    nm -g --defined-only "$1" | awk 'NF == 3 { print $3 }'
}

# allowed NAME PREFIX...: `lex` allows lex and lex_anything
allowed()
{
    name=$1
    shift
    for p in "$@"; do
        p=${p%_}
        case $name in "$p" | "$p"_*) return 0 ;; esac
    done
    return 1
}

for o in "$B"/gen/*.o; do
    module=$(basename "$o" .o)
    for name in $(defined "$o"); do
        # shellcheck disable=SC2046 # a list of words
        allowed "$name" $(prefixes "$module") && continue
        echo "gen/$module.c: $name"
        bad=1
    done
    # Constant tables that hold addresses are in .data.rel.ro*.
    for name in $(objdump -t "$o" |
        awk '/[ \t](\.bss|\.data|\.data\.rel|\.data\.rel\.local|\*COM\*)\t/ &&
            $NF !~ /^\./ { print $NF }'); do
        echo "gen/$module.c: file-scope state: $name"
        bad=1
    done
done
for o in "$B"/runtime/*.o "$B"/runtime/port/*.o; do
    [ -f "$o" ] || continue
    for name in $(defined "$o"); do
        case $name in aw_* | awi_* | awf_* | awfd_*) continue ;; esac
        echo "$o: $name"
        bad=1
    done
done
exit $bad
