#!/bin/sh
# SPDX-License-Identifier: MIT
# What programs of samples read from a connection: each target of servers/ for
# FUZZ_SECONDS (5), from the kept inputs (servers/NAME.seeds, one a line, as of
# printf) and those of earlier runs on. A crash is left in build/fuzz/crashes;
# reduced it becomes a line there. A part of run.sh.  servers.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
part=${RESULTS:-}
begin fuzz

if [ "${1:-}" = --one ]; then
    name=$(basename "$2" .aw)
    fuzzer=build/fuzz/servers/$name
    [ -x "$fuzzer" ] || { skip "$name" "no libFuzzer"; exit; }
    corpus=build/fuzz/servers/$name.corpus
    seeds=build/fuzz/servers/$name.seeds
    rm -rf "$seeds"
    mkdir -p "$seeds" "$corpus" build/fuzz/crashes
    n=0
    grep -v '^#' "tests/fuzz/servers/$name.seeds" | while read -r line; do
        n=$((n + 1))
        # shellcheck disable=SC2059 # it is a format
        printf "$line" >"$seeds/$n"
    done
    # words of the seeds and of the program, for a dictionary
    grep -oh '"[A-Za-z0-9/:. -]*"' "samples/servers/$name"* -r \
        --include='*.aw' --include='*.c' | sort -u | grep -v '""' \
        >"$seeds.words"
    log=$work/$name.log
    "$fuzzer" -max_total_time="${FUZZ_SECONDS:-5}" -timeout=20 -max_len=6000 \
        -rss_limit_mb=2048 -print_final_stats=1 -close_fd_mask=1 \
        -dict="$seeds.words" -artifact_prefix="build/fuzz/crashes/$name-" \
        "$corpus" "$seeds" >"$log" 2>&1
    status=$?
    check "$name" "found something: $(grep 'SUMMARY\|unit written' "$log")" \
        [ $status = 0 ]
    sed -n "s/^stat::number_of_executed_units: */    inputs to $name: /p" "$log"
    exit
fi
each $(pick tests/fuzz/servers .aw "$@")
[ "$part" ] || finish
