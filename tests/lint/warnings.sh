#!/bin/sh
# SPDX-License-Identifier: MIT
# Our own C without a warning, by clang. The builds with sanitizers are without
# one (-Werror): build/asan by gcc, build/fuzz, of gen alone, by clang.
cd "$(dirname "$0")/../.." || exit 2
warn='-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes
    -Wmissing-prototypes -Werror -fsyntax-only'
command -v clang >/dev/null || { echo "no clang"; exit 77; }

# quiet STANDARD FILE...
quiet()
{
    std=$1
    shift
    # shellcheck disable=SC2086 # a list of options
    printf '%s\n' "$@" |
        xargs -P "${JOBS:-2}" -n 16 clang -std="$std" $warn -I.
}

[ -f build/fuzz/libgen.a ] || quiet c11 gen/*.c || exit
ports=$(find runtime/port -name '*.c')
pkg-config --exists libuv || ports=$(echo "$ports" | grep -v '/uv\.c$')
# shellcheck disable=SC2086 # a list of files
quiet c99 runtime/*.c $ports &&
    quiet gnu11 tests/unit/*.c
