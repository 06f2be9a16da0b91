#!/bin/sh
# SPDX-License-Identifier: MIT
# The run cases and samples under valgrind: no access that is wrong, no value
# that was never set, nothing lost at the end. VALGRIND_EVERY (1): only each so
# many-th of them, by turns from day to day. alloc.c gives each piece of memory
# from malloc, so that valgrind can watch it.  valgrind.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin valgrind
have valgrind || { skip all "no valgrind"; finish; exit; }

if [ "${1:-}" = --one ]; then
    f=$2
    name=$(basename "$f" .aw)
    port=$(ports "$f" | cut -d ' ' -f 1)
    d=$work/$name
    mkdir -p "$d"
    if ! { translate "$f" "$d/gcc.c" gcc && gcc -w -g -O1 -Iruntime "$d/gcc.c" \
        tests/run/alloc.c "$(library "$port" release)" -o "$d/program"; } \
        >"$d/log" 2>&1; then
        fail "$name" "does not build"
        head -n 10 "$d/log"
        exit
    fi
    timeout 120 valgrind -q --leak-check=full \
        --show-leak-kinds=definite,indirect \
        --errors-for-leak-kinds=definite,indirect \
        --error-exitcode=99 --log-file="$d/valgrind" "$d/program" \
        >"$d/out" 2>"$d/err" </dev/null
    status=$?
    # Other lines are about system calls that this valgrind does not know.
    if grep -q "^==" "$d/valgrind"; then
        fail "$name" "valgrind objects, see $d/valgrind"
        head -n 12 "$d/valgrind"
    elif [ $status != "$(marker "$f" exit 0)" ]; then
        fail "$name" "exit status $status"
    else
        check "$name" "prints something else" cmp -s "${f%.aw}.out" "$d/out"
    fi
    exit
fi
each $(programs "$@" | awk -v every="${VALGRIND_EVERY:-1}" \
    -v today="$(date +%s)" 'NR % every == int(today / 86400) % every')
finish
