#!/bin/sh
# SPDX-License-Identifier: MIT
# Random programs print what their twins on Python's asyncio print
# (twins.py): TWINS of them (30) from seed TWINS_SEED (the time, printed) on,
# BATCH a file, each file by one of the CONFIGS in turn.  twins.sh [SEED...]
# runs single programs by all of them.  The programs KEPT once differed.
. "$(dirname "$0")/../lib.sh"
begin twins
CONFIGS=${CONFIGS:-O0 asan poison clang}
BATCH=${BATCH:-15}
export CONFIGS BATCH
KEPT='5416 1795826745'

# build CONFIG: $d.aw as $d.x
build()
{
    cc=gcc
    poison=
    options=-O0
    lib=build/release/libaw-sim.a
    case $1 in
    asan)
        options="-O1 -g $SANITIZE"
        lib=build/asan/libaw-sim.a
        ;;
    poison) poison=--poison ;;
    clang) have clang && cc=clang ;;
    esac
    # shellcheck disable=SC2086 # lists of options
    timeout 60 "$AWAITC" --cc=$cc $poison -Iruntime -o "$d.c" "$d.aw" &&
        $cc -w $options -Iruntime "$d.c" $lib -o "$d.x"
}

# program FILE: the number of the program that its first line of difference
# from $d.want is in
program()
{
    diff "$d.want" "$1" | sed -n '1s/[^0-9].*//p' | {
        read -r at
        head -n "$at" "$d.want" | sed -n 's/^program //p' | tail -n 1
    }
}

run_config()
{
    if ! build "$1" >"$d.log" 2>&1; then
        fail "$name:$1" "does not build, see $d"
        grep -m 3 -E 'error|undefined' "$d.log"
        return
    fi
    timeout 120 "$d.x" >"$d.got" 2>"$d.err" </dev/null
    status=$?
    if [ $status = 0 ] && cmp -s "$d.want" "$d.got"; then
        for _ in $(seq "$count"); do ok; done
    else
        fail "$name:$1" "program $(program "$d.got") differs ($status)"
        diff "$d.want" "$d.got" | head -n 6
        grep -m 3 -E 'runtime error|ERROR' "$d.err"
    fi
}

if [ "${1:-}" = --one ]; then
    name=$2
    d=$work/$name
    count=$BATCH
    if ! { "$PYTHON" -B tests/same/twins.py "$name" "$count" "$d" &&
        PYTHONPATH=tests/same timeout 120 "$PYTHON" -B "$d.py" >"$d.want"; } \
        2>"$d.log"; then
        fail "$name" "Python fails, see $d"
        tail -n 1 "$d.log"
        exit
    fi
    # shellcheck disable=SC2086 # a list of words
    set -- $CONFIGS
    [ "${TWINS_ALL:-}" ] || { shift $((name / BATCH % $#)); set -- "$1"; }
    for config in "$@"; do
        run_config "$config"
    done
    exit
fi

find_python || { skip all "no python3"; finish; exit; }
if [ $# = 0 ]; then
    seed=${TWINS_SEED:-$(date +%s)}
    echo "    TWINS_SEED=$seed"
    # shellcheck disable=SC2046 # a list of seeds
    set -- $(seq "$seed" "$BATCH" $((seed + ${TWINS:-30} - 1)))
    # shellcheck disable=SC2086 # a list of seeds
    (BATCH=1 && each $KEPT)
else
    BATCH=1
    export TWINS_ALL=y
fi
each "$@"
finish
