#!/bin/sh
# SPDX-License-Identifier: MIT
# Our own C without a warning, by gcc and by clang.
cd "$(dirname "$0")/../.." || exit 2
bad=0
warn='-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes
    -Wmissing-prototypes -Werror -fsyntax-only'

# quiet STANDARD FILE...
quiet()
{
    std=$1
    shift
    for cc in gcc clang; do
        command -v $cc >/dev/null || continue
        # shellcheck disable=SC2086 # a list of options
        $cc -std="$std" $warn -I. "$@" || bad=1
    done
}

quiet c11 gen/*.c
ls runtime/*.c >/dev/null 2>&1 && quiet c99 runtime/*.c
ls runtime/port/*.c >/dev/null 2>&1 && quiet c99 runtime/port/*.c
quiet gnu11 tests/unit/*.c
exit $bad
