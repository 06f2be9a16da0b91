#!/bin/sh
# SPDX-License-Identifier: MIT
# What a try, a finally and a defer cost when there is no error: instructions
# a call of a function with two awaits (try.aw), by callgrind, with and
# without them; awaits that end at once, and that suspend.
#   try.sh            CC=gcc
cd "$(dirname "$0")/../.." || exit 2
out=build/bench
CC=${CC:-gcc}
few=1000
many=11000
mkdir -p "$out"
command -v valgrind >/dev/null || {
    echo "left out: valgrind is not on this machine" >&2
    exit 0
}

# instructions COUNT OPTION...: of a program that makes COUNT calls
instructions()
{
    count=$1
    shift
    build/release/awaitc --cc="$CC" -Iruntime -DCOUNT="$count" "$@" \
        -o "$out/try.c" tests/bench/try.aw &&
        "$CC" -w -O2 -DNDEBUG -Iruntime -o "$out/try" "$out/try.c" \
            build/release/libaw-sim.a &&
        valgrind --tool=callgrind --callgrind-out-file="$out/try.callgrind" \
            "$out/try" 2>&1 | sed -n 's/.*Collected : *//p'
}

# a_call OPTION...: instructions of one call
a_call()
{
    a=$(instructions $few "$@")
    b=$(instructions $many "$@")
    [ "$a" ] && [ "$b" ] || exit 1
    echo $((a)) $((b)) |
        awk -v n=$((many - few)) '{ printf "%.1f", ($2 - $1) / n }'
}

printf '%-22s %12s %12s\n' 'instructions a call' 'ends at once' suspends
while read -r name options; do
    # shellcheck disable=SC2086 # lists of options
    at_once=$(a_call $options) && suspends=$(a_call -DSUSPEND $options) ||
        exit 1
    printf '%-22s %12s %12s\n' "$name" "$at_once" "$suspends"
done <<TABLE
plain
try -DTRY
defer -DDEFER
finally -DFINALLY
try+finally+defer -DTRY -DFINALLY -DDEFER
TABLE
