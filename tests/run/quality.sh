#!/bin/sh
# SPDX-License-Identifier: MIT
# The C that awaitc writes: no warnings where the input has none, the same
# bytes every time.  quality.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin quality

gcc_strict()
{
    gcc -std=gnu11 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -O2 \
        -Iruntime -c -o /dev/null "$1"
}

# Layout notes aside; and what says that C99 is not C90 or C++, or not liked.
clang_strict()
{
    clang -std=gnu11 -Weverything -Wno-padded -Wno-c++98-compat -Wno-vla \
        -Wno-declaration-after-statement -Wno-unsafe-buffer-usage \
        -Wno-unknown-warning-option -Werror -Iruntime -c -o /dev/null "$1"
}

# strict COMPILER
strict()
{
    have "$1" || { skip "$name" "no $1"; return; }
    c=$d/$1.c
    if ! translate "$f" "$c" "$1" >"$d/$1.log" 2>&1; then
        fail "$name:$1" "awaitc fails"
    elif "$1_strict" "$c" >"$d/$1.log" 2>&1; then
        ok
    else
        fail "$name:$1" "warnings"
        head -n 10 "$d/$1.log"
    fi
}

# Neither a second run nor another folder changes a byte.
same_bytes()
{
    mkdir -p "$d/again"
    translate "$f" "$d/again/gcc.c" gcc >/dev/null 2>&1 &&
        cmp "$d/gcc.c" "$d/again/gcc.c" >/dev/null &&
        ! grep -qF "$root/" "$d/gcc.c"
}

if [ "${1:-}" = --one ]; then
    f=$2
    name=$(basename "$f" .aw)
    d=$work/$name
    mkdir -p "$d"
    if [ "$(marker "$f" warnings on)" = on ]; then
        strict gcc
        strict clang
    else
        translate "$f" "$d/gcc.c" gcc >/dev/null 2>&1
    fi
    check "$name" "two runs differ" same_bytes
    exit
fi
each $(programs "$@")
finish
