#!/bin/sh
# SPDX-License-Identifier: MIT
# Behaviour: every program compiled, run and compared, over compilers and
# ports.  run.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin run

# compile CONFIG C-FILE PORT PROGRAM
compile()
{
    sanitize='-O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined'
    case $1 in
    O0) gcc -O0 "$2" "$(library "$3" release)" -o "$4" -Iruntime -g ;;
    O2 | poison) gcc -O2 "$2" "$(library "$3" release)" -o "$4" -Iruntime -g ;;
    clang) clang -O1 "$2" "$(library "$3" release)" -o "$4" -Iruntime -g ;;
    asan)
        # shellcheck disable=SC2086 # a list of options
        gcc $sanitize "$2" "$(library "$3" asan)" -o "$4" -Iruntime -g
        ;;
    esac
}

# run_one CONFIG PORT: what is compiled in $d/$c
run_one()
{
    what=$name:$1:$2
    p=$d/$1-$2
    if ! compile "$1" "$c" "$2" "$p" >"$p.log" 2>&1; then
        fail "$what" "its C does not compile"
        head -n 4 "$p.log"
        return
    fi
    timeout 20 "$p" >"$p.out" 2>"$p.err" </dev/null
    status=$?
    if [ $status != "$(marker "$f" exit 0)" ]; then
        fail "$what" "exit status $status"
        head -n 10 "$p.err"
    elif ! diff -u "${f%.aw}.out" "$p.out" >"$p.diff" 2>&1; then
        fail "$what" "prints something else"
        head -n 12 "$p.diff"
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
    if ! translate "$f" "$c" "$cc" $poison >"$d/$cc.log" 2>&1; then
        fail "$name:$cc" "awaitc fails"
        head -n 10 "$d/$cc.log"
        return
    fi
    for config in "$@"; do
        for port in $(ports "$f"); do
            run_one "$config" "$port"
        done
    done
}

if [ "${1:-}" = --one ]; then
    f=$2
    name=$(basename "$f" .aw)
    d=$work/$name
    mkdir -p "$d"
    configs gcc O0 O2 asan
    configs clang clang
    configs gcc poison
    exit
fi
each $(programs "$@")
finish
