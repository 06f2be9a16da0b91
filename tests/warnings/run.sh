#!/bin/sh
# SPDX-License-Identifier: MIT
# warnings/NAME.aw: awaitc says exactly NAME.err, exits with 0 and writes its
# output, the same under its own sanitizers; with -w it says nothing; with
# -Werror each warning is an error, and nothing is written. NAME.aw may carry
# options in a comment `options: ...`. Our samples and the programs of
# tests/run have no warnings (false-alarms).  run.sh [--accept] [NAME...]
. "$(dirname "$0")/../lib.sh"
. tests/errors/lib.sh

# The C that NAME.aw makes is complete: compiled, if only for its syntax.
complete()
{
    cc -fsyntax-only -w -I"$root/runtime" "$1"
}

# fatal NAME FILE: what is a warning is an error with -Werror
fatal()
{
    compile "$2" "$d/fatal.c" -Werror >"$d/fatal.err"
    status=$?
    sed 's/: warning: /: error: /' "${2%.aw}.err" |
        diff -u - "$d/fatal.err" >"$d/fatal.diff"
    check "$1" "says something else with -Werror, see $d/fatal.diff" \
        [ $? = 0 ]
    [ -s "$d/fatal.err" ] || return
    check "$1" "exit status $status with -Werror" [ $status = 1 ]
    check "$1" "writes its output with -Werror" [ ! -e "$d/fatal.c" ]
}

# alarms FILE...: those that have warnings
alarms()
{
    for alarm in "$@"; do
        (cd "$(dirname "$alarm")" && "$AWAITC" -Wall -I"$root/runtime" -o - \
            "$(basename "$alarm")" 2>&1 >/dev/null) |
            grep ': warning: ' | head -n 1
    done
}

if [ "${1:-}" = --accept ]; then
    shift
    accept tests/warnings "$@"
    exit
fi

begin warnings
if [ "${1:-}" = --one ]; then
    f=$2
    name=$(basename "$f" .aw)
    d=$work/$name
    mkdir -p "$d"
    compile "$f" "$d/new.c" >"$d/err"
    status=$?
    check "$name" "exit status $status" [ $status = 0 ]
    diff -u "${f%.aw}.err" "$d/err" >"$d/diff" 2>&1
    check "$name" "says something else: $(head -n 20 "$d/diff")" \
        [ ! -s "$d/diff" ]
    check "$name" "its output does not compile" complete "$d/new.c"
    AWAITC=$root/build/asan/awaitc compile "$f" "$d/asan.c" >"$d/err"
    check "$name" "not the same under sanitizers, see $d/err" \
        cmp -s "${f%.aw}.err" "$d/err"
    compile "$f" "$d/quiet.c" -w >"$d/err"
    check "$name" "speaks in spite of -w" [ ! -s "$d/err" ]
    check "$name" "the output depends on warnings" \
        cmp -s "$d/new.c" "$d/quiet.c"
    fatal "$name" "$f"
    exit
fi
each $(pick tests/warnings .aw "$@")
if [ $# = 0 ]; then
    alarms samples/*.aw tests/run/*.aw >"$work/alarms"
    check false-alarms "$(head -n 5 "$work/alarms")" [ ! -s "$work/alarms" ]
fi
finish
