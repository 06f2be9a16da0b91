#!/bin/sh
# SPDX-License-Identifier: MIT
# Each construct of C means the same in an async function: tests/same/c/*.c
# and what constructs.py makes, each function of them a construct, plain and
# async (asyncify.py, a suspension after every statement and after some).
#   constructs.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
. tests/same/lib.sh
begin constructs

if [ "${1:-}" = --one ]; then
    case_name=$(basename "$2" .c)
    for sleeps in 100 35; do
        d=$work/$case_name-$sleeps
        mkdir -p "$d"
        same "$case_name-$sleeps" "$2" "$d" --sleeps $sleeps
    done
    exit
fi

each $(pick tests/same/c .c "$@")
finish
