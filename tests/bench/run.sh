#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures ours against the hand-written C and every peer whose compiler is
# here, in turns, and prints medians and ratios to the hand-written program.
#   run.sh [WORKLOAD...]      ROUNDS=5 CC=gcc
# A workload is a folder: hand.c, ours.aw (or ours.c, the runtime alone), and
# peers cpp.cpp, rust.rs, libuv.c. Results also go to build/bench/result.json, a
# plot to result.svg when gnuplot is here.
cd "$(dirname "$0")/../.." || exit 2
export LC_ALL=C
out=build/bench
ROUNDS=${ROUNDS:-5}
CC=${CC:-gcc}
AWAITC=build/release/awaitc
mkdir -p "$out"

# try WORKLOAD VARIANT COMMAND...: a program, or a line why not
try()
{
    variant=$1-$2
    shift 2
    "$@" >"$out/$variant.log" 2>&1 && return
    rm -f "$out/$variant"
    echo "left out: $variant ($(grep -m 1 -iE 'error|not found' \
        "$out/$variant.log" || echo "$1 fails"))" >&2
}

# build WORKLOAD
build()
{
    w=tests/bench/$1
    rm -f "$out/$1-"*
    try "$1" hand "$CC" -O2 -o "$out/$1-hand" "$w/hand.c"
    [ -f "$w/ours.aw" ] &&
        try "$1" ours "$AWAITC" --cc="$CC" -Iruntime -Itests/bench \
            -o "$out/$1-ours.c" "$w/ours.aw" &&
        try "$1" ours "$CC" -O2 -DNDEBUG -o "$out/$1-ours" "$out/$1-ours.c" \
            build/release/libaw.a -pthread
    [ -f "$w/ours.c" ] &&
        try "$1" ours "$CC" -O2 -I. -Iruntime -Itests/bench \
            -o "$out/$1-ours" "$w/ours.c" build/release/libaw.a -pthread
    [ -f "$w/libuv.c" ] &&
        try "$1" libuv "$CC" -O2 -o "$out/$1-libuv" "$w/libuv.c" -luv
    [ -f "$w/cpp.cpp" ] &&
        try "$1" c++20 g++ -std=c++20 -O2 -o "$out/$1-c++20" "$w/cpp.cpp"
    [ -f "$w/rust.rs" ] &&
        try "$1" rust rustc --edition 2021 -C opt-level=2 -C panic=abort \
            -C codegen-units=1 -o "$out/$1-rust" "$w/rust.rs"
    return 0
}

# measure WORKLOAD: lines `WORKLOAD METRIC VARIANT VALUE UNIT`
measure()
{
    for variant in hand ours c++20 rust libuv; do
        [ -x "$out/$1-$variant" ] || continue
        if "$out/$1-$variant" >"$out/last"; then
            sed "s/^\([^ ]*\) \([^ ]*\) /$1 \1 $variant \2 /" "$out/last"
        else
            echo "$1-$variant: $(cat "$out/last")" >&2
            exit 1
        fi
    done
}

[ $# = 0 ] && set -- $(cd tests/bench && echo w*)
for w in "$@"; do
    build "$w"
done
: >"$out/samples"
round=0
while [ $round -lt "$ROUNDS" ]; do
    for w in "$@"; do
        measure "$w" >>"$out/samples" || exit 1
    done
    round=$((round + 1))
done
awk -f tests/bench/table.awk -v json="$out/result.json" \
    -v plot="$out/result.dat" "$out/samples"
command -v gnuplot >/dev/null &&
    gnuplot -e "data='$out/result.dat'; image='$out/result.svg'" \
        tests/bench/plot.gp
exit 0
