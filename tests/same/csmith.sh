#!/bin/sh
# SPDX-License-Identifier: MIT
# Random C programs mean the same when every function is async, every call
# awaited and random statements are followed by a suspension: they print the
# checksum of the plain program. CSMITH programs (30) from seed CSMITH_SEED
# (the time, printed) on; those that do not end by themselves are left out.
# Each is compiled by CSMITH_CONFIGS (2) of CONFIGS in turn; by all of them when
# seeds are named. CSMITH_LIMITS (none) bound their size.
#   csmith.sh [SEED...]
. "$(dirname "$0")/../lib.sh"
. tests/same/lib.sh
begin csmith

# Options of csmith by seed: the defaults and what they leave out.
options()
{
    case $(($1 % 8)) in
    0) echo '--max-funcs 10' ;;
    1) echo '--bitfields --packed-struct --max-funcs 4' ;;
    2) echo '--inline-function --max-block-depth 3' ;;
    3) echo '--no-volatiles --jumps --max-block-size 8 --max-funcs 4' ;;
    4) echo '--unions --bitfields --no-packed-struct' ;;
    5) echo '--float --max-funcs 4' ;;
    6) echo '--math64 --max-expr-complexity 20 --max-funcs 3' ;;
    7) echo '--consts --const-pointers --volatile-pointers --max-funcs 5' ;;
    esac
}

# How asyncify.py changes it, by seed as well.
changes()
{
    case $(($1 % 7)) in
    0) echo '--sleeps 5' ;;
    1) echo '--sleeps 30 --wrap 2' ;;
    2) echo '--sleeps 30 --wrap 4 --pointers 30' ;;
    3) echo '--sleeps 100' ;;
    4) echo '--sleeps 5 --wrap 20' ;;
    5) echo '--sleeps 30 --pointers 100 --forms 20' ;;
    6) echo '--sleeps 50 --wrap 1 --forms 60' ;;
    esac
}

# As many of CONFIGS as CSMITH_CONFIGS says, by turns.
by_turns()
{
    seed=$1
    # shellcheck disable=SC2086 # a list of words
    set -- $CONFIGS
    turn=$((seed % $#))
    set -- "$@" "$@"
    shift $turn
    echo "$@" | cut -d ' ' -f "1-${CSMITH_CONFIGS:-2}"
}

if [ "${1:-}" = --one ]; then
    seed=$2
    [ "${CSMITH_ALL:-}" ] || CONFIGS=$(by_turns "$seed")
    LEAVE_OUT=y
    PLAIN_SECONDS=1
    d=$work/$seed
    mkdir -p "$d"
    # csmith leaves a file platform.info where it runs.
    # shellcheck disable=SC2046 # a list of options
    (cd "$d" && timeout 20 csmith --seed "$seed" $(options "$seed") \
        ${CSMITH_LIMITS:-} >plain.c)
    # shellcheck disable=SC2046 # a list of options
    same "$seed" "$d/plain.c" "$d" --seed "$seed" $(changes "$seed")
    exit
fi

have csmith && [ -f /usr/include/csmith/csmith.h ] ||
    { skip all "no csmith"; finish; exit; }
if [ $# = 0 ]; then
    seed=${CSMITH_SEED:-$(date +%s)}
    echo "    CSMITH_SEED=$seed"
    # shellcheck disable=SC2046 # a list of seeds
    set -- $(seq "$seed" $((seed + ${CSMITH:-30} - 1)))
else
    export CSMITH_ALL=y
fi
each "$@"
echo "    $(grep -c '^program' "$RESULTS") programs of $#," \
    "$(grep -c '^left' "$RESULTS") left out"
finish
