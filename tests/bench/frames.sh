#!/bin/sh
# SPDX-License-Identifier: MIT
# Bytes of frames: ours and, with rustc here, Rust's for the same functions.
#   frames.sh            CC=gcc
cd "$(dirname "$0")/../.." || exit 2
out=build/bench
CC=${CC:-gcc}
mkdir -p "$out"
build/release/awaitc --cc="$CC" -Iruntime -o "$out/frames.c" \
    tests/bench/frames/ours.aw || exit 1
cat tests/bench/frames/main.c >>"$out/frames.c"
"$CC" -w -o "$out/frames" "$out/frames.c" build/release/libaw.a || exit 1
"$out/frames" >"$out/frames.ours"
: >"$out/frames.rust"
if command -v rustc >/dev/null; then
    rustc --edition 2021 -C opt-level=2 -o "$out/frames-rust" \
        tests/bench/frames/rust.rs && "$out/frames-rust" >"$out/frames.rust"
else
    echo "left out: rustc is not on this machine" >&2
fi
awk 'FNR == NR { rust[$1] = $2; next }
    FNR == 1 { printf "%-32s %6s %6s\n", "bytes", "ours", "Rust" }
    { printf "%-32s %6d %6s\n", $1, $2, $1 in rust ? rust[$1] : "-" }' \
    "$out/frames.rust" "$out/frames.ours"
