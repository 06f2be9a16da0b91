#!/bin/sh
# SPDX-License-Identifier: MIT
# Rules of the house that a program can check: every other script here is one
# of them, prints what breaks it, and exits with 1 then.  run.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
begin lint
if [ "${1:-}" = --one ]; then
    log=$work/$(basename "$2" .sh)
    "$2" >"$log" 2>&1
    status=$?
    case $status in
    0) ok ;;
    77) skip "$(basename "$2" .sh)" "$(cat "$log")" ;;
    *)
        fail "$(basename "$2" .sh)" "$(wc -l <"$log") lines"
        head -n 40 "$log"
        ;;
    esac
    exit
fi
git ls-files >/dev/null 2>&1 ||
    { skip lint "no git, so no list of our files"; finish; exit; }
each $(pick tests/lint .sh "$@" | grep -v '/run\.sh$')
finish
