#!/bin/sh
# SPDX-License-Identifier: MIT
# Replays the kept corpora: corpus/, what was found once, and corpus.tar.xz,
# what an hour of looking left (FUZZ_EVERY=n: an n-th of that, by turns). The
# whole tool is started TOOL_RUNS times at random (tool.py; TOOL_SEED). Then
# looks for new crashes for FUZZ_SECONDS, from these and from every input of the
# other tests on. A crash is left in build/fuzz/crashes; reduced and put into
# corpus/ it is replayed for ever.
. "$(dirname "$0")/../lib.sh"
begin fuzz
fuzzer=build/fuzz/fuzz_compile
FUZZ_SECONDS=${FUZZ_SECONDS:-60}
if [ "${1:-}" != --one ]; then
    TOOL_SEED=${TOOL_SEED:-$(date +%s)}
    if find_python && [ -x build/asan/awaitc ]; then
        check tool "see above" "$PYTHON" tests/fuzz/tool.py build/asan/awaitc \
            build/fuzz/tool "$TOOL_SEED" "${TOOL_RUNS:-200}"
    else
        skip tool "no python3, or no sanitized awaitc"
    fi
fi
[ -x $fuzzer ] || { skip fuzz "no libFuzzer"; finish; exit; }

FUZZ_EVERY=${FUZZ_EVERY:-1}
kept=build/fuzz/kept
mkdir -p build/fuzz/corpus build/fuzz/crashes build/fuzz/seeds
# own FILE: what it says itself, preprocessed, without its headers.
own()
{
    cc -E -Iruntime -x c "$1" 2>/dev/null |
        awk -v name="\"$1\"" '/^# [0-9]/ { own = $3 == name; next } own'
}

if [ "${1:-}" = --one ]; then
    seed=build/fuzz/seeds/$(echo "$2" | tr / _)
    [ "$(find "$seed" -newer "$2" 2>/dev/null)" ] || own "$2" >"$seed"
    exit
fi
each $(git ls-files '*.aw' 2>/dev/null || find . -name '*.aw')
tests/fuzz/dictionary.sh >build/fuzz/dictionary

fuzz()
{
    $fuzzer -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -entropic=0 \
        -artifact_prefix=build/fuzz/crashes/ "$@"
}

# replay FOLDER
replay()
{
    n=$(find "$1" -type f 2>/dev/null | wc -l)
    [ "$n" = 0 ] && return
    find "$1" -type f -print0 | xargs -0 $fuzzer -timeout=10 -runs=1 \
        -artifact_prefix=build/fuzz/crashes/ >"$work/replay" 2>&1
    check "replay-$1" "an input of $n in $1 breaks the compiler" [ $? = 0 ]
    grep -m 3 'ERROR\|SUMMARY\|^Test unit' "$work/replay"
}
replay tests/fuzz/corpus

# The share of the large one, unpacked.
rm -rf $kept
mkdir -p $kept
if have xz; then
    turn=$(($(date +%s) % FUZZ_EVERY))
    tar -C $kept -xJf tests/fuzz/corpus.tar.xz
    find $kept -type f | sort | awk -v n="$FUZZ_EVERY" -v turn="$turn" \
        'NR % n != turn' | xargs -r rm
    echo "    kept inputs $turn, $((turn + FUZZ_EVERY)), ..."
    replay $kept
else
    skip kept "no xz"
fi

fuzz -max_total_time="$FUZZ_SECONDS" -max_len=4096 \
    -dict=build/fuzz/dictionary build/fuzz/corpus build/fuzz/seeds \
    tests/fuzz/corpus $kept >"$work/log" 2>&1
check run "found something: $(grep -m 1 SUMMARY "$work/log")" [ $? = 0 ]
grep -h 'Test unit written' "$work/log"
sed -n 's/^stat::number_of_executed_units: *\(.*\)/    \1 inputs/p' "$work/log"
tests/fuzz/servers.sh
finish
