#!/bin/sh
# SPDX-License-Identifier: MIT
# What other threads and signal handlers do to a loop, and loops to each other,
# under ThreadSanitizer: FLAG_SETS times each (5000; `make flags`: a million).
#   tsan.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin tsan

if [ "${1:-}" = --one ]; then
    f=$2
    name=$(basename "$f" .aw)
    p=$work/$name
    tsan='-O1 -g -fsanitize=thread'
    # shellcheck disable=SC2086 # a list of options
    if ! "$AWAITC" --cc=gcc -DSETS="${FLAG_SETS:-5000}" -Iruntime \
        -Itests/net -o "$p.c" "$f" >"$p.log" 2>&1 ||
        ! gcc $tsan -Iruntime -o "$p" "$p.c" runtime/*.c \
            runtime/port/epoll.c runtime/port/posix.c >"$p.log" 2>&1; then
        fail "$name" "is not built"
        head -n 4 "$p.log"
        exit
    fi
    start=$(date +%s)
    timeout "${FLAG_SECONDS:-60}" "$p" >"$p.out" 2>"$p.err" </dev/null
    status=$?
    if [ $status != 0 ] || grep -q 'ThreadSanitizer' "$p.err" ||
        ! cmp -s "${f%.aw}.out" "$p.out"; then
        fail "$name" "exit status $status"
        head -n 30 "$p.err"
    else
        ok
        echo "$name: $(($(date +%s) - start)) s"
    fi
    exit
fi
echo 'int main(void) { return 0; }' >"$work/probe.c"
if gcc -fsanitize=thread -o "$work/probe" "$work/probe.c" 2>/dev/null &&
    "$work/probe"; then
    [ $# = 0 ] && set -- flag_threads flag_signals foreign_loop mailbox
    each $(pick tests/run .aw "$@"; pick tests/net .aw "$@")
else
    skip tsan "no ThreadSanitizer here"
fi
finish
