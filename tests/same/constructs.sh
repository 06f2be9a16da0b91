#!/bin/sh
# SPDX-License-Identifier: MIT
# Each construct of C means the same in an async function: tests/same/c/*.c
# and what constructs.py makes, each function of them a construct, plain and
# async (asyncify.py, a suspension after every statement and after some). The
# sanitizers compile as gcc -O0 does; `make constructs` is all of CONFIGS.
#   constructs.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
. tests/same/lib.sh
begin constructs

if [ "${1:-}" = --one ]; then
    case_name=$(basename "$2" .c)
    all=${CONFIGS_ALL:+O0 O2 clang asan poison}
    for sleeps in 100 35; do
        CONFIGS=${all:-O2 clang asan poison}
        [ $sleeps = 35 ] && CONFIGS=${all:-poison}
        d=$work/$case_name-$sleeps
        mkdir -p "$d"
        same "$case_name-$sleeps" "$2" "$d" --sleeps $sleeps
    done
    exit
fi

each $(pick tests/same/c .c "$@")
finish
