#!/bin/sh
# SPDX-License-Identifier: MIT
# golden/PASS/NAME.aw: `awaitc --dump=PASS` prints what NAME.expect holds.
#   run.sh [--accept] [PASS/NAME...]
# --accept takes what is printed now as expected: read the diff of git first.
# An input that needs #include is preprocessed; others are read as they are.
. "$(dirname "$0")/../lib.sh"

dump()
{
    pass=$(basename "$(dirname "$1")")
    raw=--preprocessed
    grep -q '^ *#' "$1" && raw=-Iruntime
    timeout 20 "$AWAITC" $raw --dump="$pass" "$1"
}

if [ "${1:-}" = --accept ]; then
    shift
    for f in $(find tests/golden -name '*.aw' | sort); do
        name=${f#tests/golden/}
        case " $* " in
        '  ' | *" $name "* | *" ${name%.aw} "*) dump "$f" >"${f%.aw}.expect" ;;
        esac
    done
    exit
fi

begin golden
if [ "${1:-}" = --one ]; then
    f=$2
    name=${f#tests/golden/}
    out=$work/$(echo "$name" | tr / _)
    dump "$f" >"$out" 2>&1
    if diff -u "${f%.aw}.expect" "$out" >"$out.diff" 2>&1; then
        ok
    else
        fail "$name" "differs"
        head -n 20 "$out.diff"
    fi
    exit
fi

if [ $# = 0 ]; then
    set -- $(find tests/golden -name '*.aw' | sort)
else
    set -- $(printf "tests/golden/%s\n" "$@" | sed 's/\(\.aw\)*$/.aw/')
fi
each "$@"
finish
