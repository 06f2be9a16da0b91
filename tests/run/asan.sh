#!/bin/sh
# SPDX-License-Identifier: MIT
# The compiler itself under AddressSanitizer and UBSan: unit tests, and every
# input the tests have, the wrong ones too.  asan.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin asan
asan_awaitc=build/asan/awaitc

if [ "${1:-}" = --one ]; then
    f=$2
    log=$work/$(echo "$f" | tr / _).log
    # What the runner of errors/ reads there too.
    options=$(sed -n 's|.*options: *\(.*[^ ]\) *\*/.*|\1|p' "$f" | head -n 1)
    # shellcheck disable=SC2086 # a list of options
    timeout 60 $asan_awaitc -Iruntime $options -o - "$f" >/dev/null 2>"$log"
    status=$?
    case $f in tests/errors/*) expect=1 ;; *) expect=0 ;; esac
    if grep -q 'Sanitizer\|runtime error' "$log"; then
        fail "$f" "sanitizer report"
        head -n 20 "$log"
    elif [ $status != $expect ]; then
        fail "$f" "exit status $status"
    else
        ok
    fi
    exit
fi
# Its results count here.
[ $# = 0 ] && MODE=asan tests/unit/run.sh | grep '^FAIL'
each $(programs "$@") $(pick tests/errors .aw "$@")
finish
