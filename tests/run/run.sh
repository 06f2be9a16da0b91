#!/bin/sh
# SPDX-License-Identifier: MIT
# Behaviour: every program translated, compiled, run and compared, over
# compilers and ports. Its C has no warnings where the input has none, and is
# the same bytes from another run, of the compiler under its sanitizers.
#   run.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin run
GCC_STRICT='-std=gnu11 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror'
# Layout notes aside; and what says that C99 is not C90 or C++, or not liked.
CLANG_STRICT='-std=gnu11 -Weverything -Wno-padded -Wno-c++98-compat -Wno-vla
    -Wno-declaration-after-statement -Wno-unsafe-buffer-usage
    -Wno-unknown-warning-option -Werror'

# compile CONFIG PORT: $c to $p, strictly where the case has no warnings.
compile()
{
    lib=$(library "$2" release)
    strict_gcc=-w
    strict_clang=-w
    [ "$warnings" = on ] && strict_gcc=$GCC_STRICT strict_clang=$CLANG_STRICT
    # shellcheck disable=SC2086 # lists of options
    case $1 in
    O2) gcc -O2 $strict_gcc -Iruntime "$c" "$lib" -o "$p" ;;
    poison) gcc -w -O0 -Iruntime "$c" "$lib" -o "$p" ;;
    clang) clang -O1 $strict_clang -Iruntime "$c" "$lib" -o "$p" ;;
    asan) gcc -O0 -g $SANITIZE -Iruntime "$c" "$(library "$2" asan)" -o "$p" ;;
    esac
}

# run_one CONFIG PORT: what is translated in $c
run_one()
{
    what=$name:$1:$2
    p=$d/$1-$2
    if ! compile "$1" "$2" >"$p.log" 2>&1; then
        fail "$what" "its C does not compile, or has warnings"
        head -n 10 "$p.log"
        return
    fi
    judge "$what" "$p" "$p"
}

# Neither a second run nor another folder changes a byte; nor is there
# anything that the compiler's sanitizers object to.
same_bytes()
{
    mkdir -p "$d/again"
    if ! AWAITC=build/asan/awaitc translate "$f" "$d/again/gcc.c" gcc \
        >"$d/again/log" 2>&1; then
        fail "$name" "a sanitizer objects to the compiler"
        head -n 20 "$d/again/log"
    elif ! cmp "$d/gcc.c" "$d/again/gcc.c" || grep -F "$root/" "$d/gcc.c"; then
        fail "$name" "two runs differ"
    else
        ok
    fi
}

# configs COMPILER CONFIG...: translates with one, runs the others. `poison`
# alone is translated so that the program overwrites what it does not need.
configs()
{
    cc=$1
    shift
    have "$cc" || { skip "$name" "no $cc"; return; }
    c=$d/$cc.c
    poison=
    [ "$*" = poison ] && c=$d/poison.c poison=--poison
    translated "$name:$cc" "$c" "$cc" $poison || return
    for config in "$@"; do
        for port in $ports; do
            run_one "$config" "$port"
        done
    done
}

if [ "${1:-}" = --one ]; then
    f=$2
    name=$(basename "$f" .aw)
    d=$work/$name
    mkdir -p "$d"
    ports=$(ports "$f")
    exit=$(marker "$f" exit 0)
    limit=20
    warnings=$(marker "$f" warnings on)
    configs gcc O2 asan
    configs clang clang
    configs gcc poison
    same_bytes
    exit
fi
each $(programs "$@")
finish
