# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by every test runner: where things are, and how results are kept.
# A runner prints a line for each failure and, through `finish`, its counts.
# It runs its cases in parallel by calling itself with `--one CASE`.
export LC_ALL=C
cd "${0%/*}/../.." || exit 2
root=$PWD
MODE=${MODE:-release}
B=build/$MODE
AWAITC=$root/$B/awaitc
JOBS=${JOBS:-$(nproc)}
export root MODE B AWAITC JOBS
# Git, which lists our files, may look at a tree of another user.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory \
    GIT_CONFIG_VALUE_0='*'
# Tests call make; that one is not part of the make that runs the tests.
unset MAKEFLAGS MFLAGS MAKELEVEL

# Options of gcc and clang; a finding ends the program.
# shellcheck disable=SC2034 # of the runners
SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=undefined'

# begin SUITE: a fresh folder $work for this run; parallel parts share it.
begin()
{
    suite=$1
    work=build/test/$MODE/$suite
    if [ "${RESULTS:-}" ]; then
        mkdir -p "$work"
        return
    fi
    rm -rf "$work"
    mkdir -p "$work"
    RESULTS=$root/$work/results
    : >"$RESULTS"
    export RESULTS
}

ok()
{
    echo ok >>"$RESULTS"
}

fail()
{
    echo fail >>"$RESULTS"
    echo "FAIL $suite/$1: ${2:-}"
}

# skip CASE REASON: not counted, but said.
skip()
{
    echo "skip $suite/$1: $2"
}

# check CASE MESSAGE COMMAND...: ok when the command succeeds.
check()
{
    check_name=$1
    check_message=$2
    shift 2
    if "$@"; then ok; else fail "$check_name" "$check_message"; fi
}

have()
{
    command -v "$1" >/dev/null 2>&1
}

# find_python: $PYTHON, or not. The shims of version managers take longer to
# start it than most of our scripts run.
find_python()
{
    [ "${PYTHON:-}" ] ||
        PYTHON=$(python3 -c 'import sys; print(sys.executable)' 2>/dev/null)
    export PYTHON
    [ "$PYTHON" ]
}

# each CASE...: runs them all, JOBS at a time.
each()
{
    [ $# = 0 ] && return
    printf '%s\n' "$@" | xargs -P "$JOBS" -n 1 "$0" --one
}

# pick PATTERN-PREFIX SUFFIX [NAME...]: the cases wanted, all without names.
pick()
{
    pick_dir=$1
    pick_ext=$2
    shift 2
    if [ $# = 0 ]; then
        find "$pick_dir" -maxdepth 1 -name "*$pick_ext" | sort
    else
        for pick_name in "$@"; do
            pick_name=$(basename "$pick_name" "$pick_ext")
            find "$pick_dir" -maxdepth 1 -name "$pick_name$pick_ext"
        done
    fi
}

finish()
{
    passed=$(grep -c '^ok' "$RESULTS")
    failed=$(grep -c '^fail' "$RESULTS")
    echo "$suite: $passed passed, $failed failed"
    [ "$failed" = 0 ]
}
