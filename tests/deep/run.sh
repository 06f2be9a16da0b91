#!/bin/sh
# SPDX-License-Identifier: MIT
# What nests deeper, and chains that are longer, than anybody writes: awaitc
# translates it or says too-deep, and never crashes, with a stack as small as
# 1 MiB too. What calls what may be a chain of any length.  run.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
begin deep
make=tests/deep/make.awk

# compile FILE STACK: under a stack of so many KiB that cannot be raised
compile()
{
    (
        ulimit -s "$2" && exec "$AWAITC" -Iruntime -o "${1%.aw}.c" "$1"
    ) 2>"${1%.aw}.err"
}

# one NAME COUNT STACK
one()
{
    file=$work/$1-$2-$3.aw
    awk -v what="$1" -v n="$2" -f $make >"$file"
    compile "$file" "$3"
    status=$?
    said="exit status $status with $2 of them, a stack of $3 KiB"
    case $status in
    0) check "$1" "$said, no output" [ -s "${file%.aw}.c" ] ;;
    1) check "$1" "$said, and $(head -n 1 "${file%.aw}.err")" \
        grep -q '\[too-deep\]\|\[unclosed\]' "${file%.aw}.err" ;;
    *) fail "$1" "$said" ;;
    esac
    rm -f "$file" "${file%.aw}.c"
}

# works NAME COUNT: it must be translated, into what grows as it does
works()
{
    file=$work/$1-$2.aw
    awk -v what="$1" -v n="$2" -f $make >"$file"
    compile "$file" 8192
    said="exit status $? with $2 of them"
    check "$1" "$said: $(head -n 1 "${file%.aw}.err")" [ -s "${file%.aw}.c" ]
    written=$(wc -c <"${file%.aw}.c")
    given=$(wc -c <"$file")
    check "$1" "$written bytes for $given" \
        [ "$written" -le $((1000000 + 100 * given)) ]
    rm -f "$file" "${file%.aw}.c"
}

if [ "${1:-}" = --one ]; then
    case $2 in
    unclosed) ;;
    chain) works chain 50000 ;;
    cycle | forward) works "$2" 20000 ;;
    awaits | locals) works "$2" 5000 ;;
    and | plus | comma | labels | cases | members) works "$2" 9000 ;;
    elif) works "$2" 3000 ;;
    *) works "$2" 120 ;;
    esac
    case $2 in
    chain | cycle | forward | locals) one "$2" 5000 1024 ;;
    *)
        one "$2" 20000 8192
        one "$2" 185 1024
        one "$2" 1200 1024
        ;;
    esac
    exit
fi
# shellcheck disable=SC2046 # a list of names
[ $# = 0 ] && set -- $(awk -v what=list -f $make)
each "$@"
finish
