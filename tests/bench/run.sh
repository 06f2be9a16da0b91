#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures ours against the hand-written C and every peer whose compiler is
# here, in turns, and prints medians and ratios to the hand-written program.
#   run.sh [WORKLOAD...]      ROUNDS=5 CC=gcc
# A workload is a folder: hand.c, ours.aw (or ours.c, the runtime alone), and
# its peers (build.sh). The table is also build/bench/result.txt, as JSON
# result.json, as a plot result.svg when gnuplot is here.
. "$(dirname "$0")/../lib.sh"
out=build/bench
copies=$out/round
ROUNDS=${ROUNDS:-5}
CC=${CC:-gcc}
variants='hand heap ours g++ clang++ rust rust-box go libuv node python'

# The compilers that were used, for those who compare runs.
tools()
{
    "$CC" --version | head -n 1
    for tool in g++ clang++ rustc node; do
        have $tool && echo "$tool: $($tool --version | head -n 1)"
    done
    have go && go version
    pkg-config --exists libuv && echo "libuv $(pkg-config --modversion libuv)"
    find_python && "$PYTHON" --version
}

# measure WORKLOAD: lines `WORKLOAD METRIC VARIANT VALUE UNIT [WALL]`. Which
# pages a program is in can double the time of a short step for as long as its
# file is cached: each round runs a copy of its own.
measure()
{
    for variant in $variants; do
        [ -x "$out/$1-$variant" ] || continue
        cp "$out/$1-$variant" "$copies/$1-$variant"
        if "$copies/$1-$variant" >"$out/last"; then
            sed "s/^\([^ ]*\) \([^ ]*\) /$1 \1 $variant \2 /" "$out/last"
        else
            echo "$1-$variant: $(cat "$out/last")" >&2
            exit 1
        fi
    done
}

[ $# = 0 ] && set -- $(cd tests/bench && printf '%s\n' w* | sort -V)
tests/bench/build.sh "$out" "$@"
tools 2>/dev/null >"$out/tools"
: >"$out/samples"
round=0
while [ $round -lt "$ROUNDS" ]; do
    mkdir -p "$copies"
    for w in "$@"; do
        measure "$w" >>"$out/samples" || exit 1
    done
    rm -r "$copies"
    round=$((round + 1))
done
awk -f tests/bench/table.awk -v order="$variants" -v tools="$out/tools" \
    -v json="$out/result.json" -v plot="$out/result.dat" "$out/samples" |
    tee "$out/result.txt"
if have gnuplot; then
    gnuplot -e "data='$out/result.dat'; image='$out/result.svg'" \
        tests/bench/plot.gp
else
    echo 'left out: no gnuplot on this machine, so no plot' >&2
fi
