#!/bin/sh
# SPDX-License-Identifier: MIT
# The C compiler agrees with our types and constants: `judge` writes static
# assertions into every body, gcc must accept them. Over expressions.inc, random
# programs (TYPING_SEED, printed) and real C where that was fetched; bodies of
# real C that are not asserted are read without a message.  run.sh [FILE...]
. "$(dirname "$0")/../lib.sh"
begin typing
JUDGE=$root/$B/judge

# The layout of the package says where its headers are.
flags()
{
    top=$(echo "$1" | cut -d/ -f1-4)
    for d in "$(dirname "$1")" "$top" "$top/include" "$top/src" "$top/lib" \
        "$top/library" /usr/include/csmith; do
        [ -d "$d" ] && printf '%s ' "-I$d"
    done
}

if [ "${1:-}" = --one ]; then
    f=$2
    t=$work/$(echo "$f" | tr -c 'a-zA-Z0-9\n' _)
    # shellcheck disable=SC2046 # a list of flags
    gcc -E -x c -D_GNU_SOURCE $(flags "$f") "$f" -o "$t.i" 2>/dev/null || exit 0
    # What gcc itself refuses proves nothing.
    case $f in
    build/real/*) gcc -w -fsyntax-only "$t.i" 2>/dev/null || exit 0 ;;
    esac
    if ! timeout 60 "$JUDGE" "$t.i" >"$t.c" 2>"$t.err"; then
        fail "$f" "a body is not read"
        head -n 5 "$t.err"
        exit
    fi
    cat "$t.err" >>"$work/counts"
    if gcc -w -fsyntax-only -x c -fpreprocessed "$t.c" 2>"$t.err"; then
        ok
        rm -f "$t.i" "$t.c" "$t.err"
    else
        fail "$f" "gcc sees other types"
        grep error "$t.err" | head -n 3
    fi
    exit
fi

have gcc || { skip all "no gcc"; finish; }
if [ $# = 0 ]; then
    set -- tests/typing/expressions.inc
    if have csmith && [ -f /usr/include/csmith/csmith.h ]; then
        seed=${TYPING_SEED:-$(date +%s)}
        echo "    TYPING_SEED=$seed"
        for i in 1 2 3; do
            (cd "$work" && csmith -s "$((seed + i))" >"random$i.c")
            set -- "$@" "$work/random$i.c"
        done
    fi
    if [ -d build/real/src ]; then
        # shellcheck disable=SC2046 # a list of files
        set -- "$@" $(find build/real/src -name '*.c' ! -path '*/win*' \
            ! -path '*/test*' | sort | awk 'NR % 8 == 0' | head -n 30)
    fi
fi
each "$@"
awk '{ n += $3 } END { print "    " n + 0 " assertions" }' "$work/counts"
finish
