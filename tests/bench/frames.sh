#!/bin/sh
# SPDX-License-Identifier: MIT
# Bytes of frames: ours and, with their compilers here, those of Rust and of
# C++20 for the same functions; C++20's are the sum of all that a call takes.
#   frames.sh            CC=gcc
cd "$(dirname "$0")/../.." || exit 2
src=tests/bench/frames
out=build/bench/frames
CC=${CC:-gcc}
failed=0
rm -rf "$out"
mkdir -p "$out"

# measure VARIANT COMMAND ARGUMENT...
measure()
{
    program=$out/$1
    shift
    if ! command -v "$1" >/dev/null; then
        echo "left out: no $1 on this machine (make bench-deps)" >&2
    elif "$@" -o "$program" >"$program.log" 2>&1; then
        "$program" | sed "s/^/${program##*/} /" >>"$out/all"
    else
        echo "left out: ${program##*/} ($(grep -m 1 error "$program.log"))" >&2
        failed=1
    fi
}

build/release/awaitc --cc="$CC" -Iruntime -o "$out/ours.c" "$src/ours.aw" ||
    exit 1
cat "$src/main.c" >>"$out/ours.c"
measure ours "$CC" -w "$out/ours.c" build/release/libaw.a
measure rust rustc --edition 2021 -C opt-level=2 "$src/rust.rs"
measure g++ g++ -std=c++20 -O2 "$src/cpp.cpp"
measure clang++ clang++ -std=c++20 -O2 "$src/cpp.cpp"
awk '
    !($1 in seen) { seen[$1] = 1; names[++nnames] = $1 }
    { bytes[$2, $1] = $3 }
    $1 == "ours" { rows[++nrows] = $2 }
    END {
        printf "%-30s", "bytes"
        for (k = 1; k <= nnames; k++)
            printf " %8s", names[k]
        print ""
        for (r = 1; r <= nrows; r++) {
            printf "%-30s", rows[r]
            for (k = 1; k <= nnames; k++) {
                key = rows[r] SUBSEP names[k]
                printf " %8s", key in bytes ? bytes[key] : "-"
            }
            print ""
        }
    }' "$out/all" | tee "$out.txt"
exit $failed
